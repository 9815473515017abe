"""Which early-warning indicators speak of a risk: its own, those of its shared cause, and those linked with it."""

from typing import Any

from django.db.models import Q

from mainstay.accounts.models import Account
from mainstay.register.access import visible_to
from mainstay.register.models import Link
from mainstay.risk.indicator.register import IndicatorRegister

MOST = 12


def indicators_of(risk: Any, account: Account | None) -> list[Any]:
    """Those that are watched and that the reader may see, the worst level first."""
    ends = Q(register="risk.risk", record_id=risk.pk, to_register="risk.indicator")
    ends |= Q(to_register="risk.risk", to_id=risk.pk, register="risk.indicator")
    linked = [
        link.to_id if link.register == "risk.risk" else link.record_id
        for link in Link.objects.filter(ends, is_withdrawn=False).order_by("pk")
    ]
    condition = Q(risk=risk.pk) | Q(risk=risk.escalated_from_id or 0) | Q(pk__in=linked)
    if risk.shared_cause_id:
        condition |= Q(shared_cause=risk.shared_cause_id)
    rows = visible_to(account, IndicatorRegister).filter(condition, is_withdrawn=False, state="watched")
    found = list(rows.select_related("initiative").order_by("pk")[:MOST])
    return sorted(found, key=lambda row: ("red", "amber", "clear", "").index(row.level))
