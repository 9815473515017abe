"""Global search: the words of every record in one table, found through FTS5 or PostgreSQL's text search."""

from collections.abc import Iterable
from typing import Any

from mainstay.register.models import SearchText
from mainstay.register.spec import Register


def index(register: type[Register], records: Iterable[Any]) -> None:
    """Keep the words of `records`; called by the one write path, in its transaction."""
    rows = [
        SearchText(
            register=register.key,
            record_id=record.pk,
            path=register.path(record),
            label=str(record)[:240],
            text=" ".join(str(getattr(record, name, "") or "") for name in register.search),
        )
        for record in records
    ]
    SearchText.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["register", "record_id"], update_fields=["path", "label", "text"]
    )
