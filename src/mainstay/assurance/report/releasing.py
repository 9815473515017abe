"""Who releases: the senior responsible owner, to whom the report belongs."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.report.model import Report
from mainstay.register.access import may
from mainstay.register.spec import register_of


def by_its_owner(record: Any, account: Account | None) -> Iterator[tuple[str, str]]:
    """Asked once it is written. What belongs to a report that has been released may be added by the programme office as well."""
    register = register_of(type(record))
    if not record.is_released or register is None or account is None:
        return
    is_known = Report.objects.filter(review=record.review_id, is_released=True, state="issued", is_withdrawn=False).exclude(pk=record.pk)
    if not may(account, "decide", register, record) and (register.key == "assurance.report" or not is_known.exists()):
        yield "is_released", _("Only the senior responsible owner, to whom the report belongs, releases it.")
