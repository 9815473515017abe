"""What promises add to pages: drift, dates and the giver's record on a dependency's page, drifts on the page of one's own work."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency
from mainstay.planning.promises import escalation, gathering
from mainstay.planning.promises.parties import giver_of
from mainstay.register import words
from mainstay.register.access import visible_to
from mainstay.register.asat import Moment
from mainstay.register.panels import Panel

MOST = 20


def promise(record: Dependency, account: Account | None, moment: Moment | None) -> Panel | None:
    """Working days by the getter's calendar; the drift is told as it is now, and not at a moment of the past."""
    party = giver_of(record)
    found = gathering.givers(account, [party], moment).get(party.key)
    around = visible_to(account, DependencyRegister).filter(replaced_by=record.pk)
    days = gathering.working_days(record.initiative)
    context = {
        "row": record,
        "drift": days.between(record.promised_by, record.forecast) if record.forecast and record.promised_by else None,
        "buffer": days.between(record.given, record.needed_by) if record.given and record.needed_by else None,
        "moved": days.between(record.first_promised, record.promised_by) if record.first_promised and record.promised_by else None,
        "ladder": [] if moment else escalation.ladder(record),
        "due_on": None if moment or record.escalated_on else escalation.due_on(record),
        "giver": found,
        "is_past": moment is not None,
        "chance": words.number(round(found.track.chance * 100)) if found else "",
        "replaces": [(row, DependencyRegister.url("detail", row)) for row in around.order_by("pk")[:MOST]],
    }
    return Panel("promise", _("The promise"), "planning/parts/promise.html", context)


def drifting(_record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """The promises that drift for which this account's person answers on either side."""
    if account is None or moment is not None:
        return None
    held = visible_to(account, DependencyRegister).filter(drifts_since__isnull=False, is_withdrawn=False)
    rows = list(
        (held.filter(owner__account=account) | held.filter(giver_owner__account=account))
        .select_related("initiative", "giver")
        .order_by("drifts_since", "pk")[:MOST]
    )
    if not rows:
        return None
    lines = [
        {
            "row": row,
            "url": DependencyRegister.url("detail", row),
            "days": gathering.working_days(row.initiative).between(row.promised_by, row.forecast)
            if row.promised_by and row.forecast
            else None,
            "ladder": escalation.ladder(row),
            "due_on": None if row.escalated_on else escalation.due_on(row),
        }
        for row in rows
    ]
    return Panel("drifting-promises", _("Promises that drift"), "planning/parts/drifting.html", {"lines": lines})
