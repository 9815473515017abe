"""`verify`: every way in which a snapshot may have been altered is found and named."""

import pytest
from django.db import connection

from mainstay.register import store
from mainstay.reporting.freezing import freeze
from mainstay.reporting.models import Snapshot
from mainstay.reporting.snapshot import verify
from tests.contract.worlds import World, actor


@pytest.fixture
def made(world: World) -> Snapshot:
    return freeze(world.programme, "October 2026", actor(world.owner))


def texts() -> list[str]:
    return [fault.text for fault in verify()]


def test_what_was_frozen_is_found_whole(made: Snapshot) -> None:
    assert texts() == []


def test_a_document_that_is_missing(made: Snapshot) -> None:
    store.place(made.digest).unlink()
    assert texts() == [f"Snapshot October 2026 of SCR: The file {made.digest[:12]}… is missing from the store. Restore it from a backup."]


def test_a_document_that_was_altered(made: Snapshot) -> None:
    place = store.place(made.digest)
    content = place.read_bytes()
    place.write_bytes(content.replace(b"October", b"Oktober", 1))
    try:
        assert texts() == [
            f"Snapshot October 2026 of SCR: The file {made.digest[:12]}… has been altered in the store. Restore it from a backup."
        ]
    finally:
        place.write_bytes(content)


@pytest.mark.parametrize(
    ("column", "value"), [("digest", "f" * 64), ("sequence", 1), ("title", "Renamed"), ("marking", "OFFICIAL-SENSITIVE")]
)
def test_a_row_that_was_altered(made: Snapshot, column: str, value: object) -> None:
    Snapshot.objects.filter(pk=made.pk).update(**{column: value})
    assert len(texts()) == 1
    assert f"is not what was frozen: {column} differ from the history." in texts()[0]


def test_a_row_that_was_removed_or_put_in(made: Snapshot) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reporting_snapshot SET id = id + 1000")
    assert texts() == ["Snapshot October 2026 of SCR is not in the history.", "Snapshot October 2026 was frozen and is no longer there."]
