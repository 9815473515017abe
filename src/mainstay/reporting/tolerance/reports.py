"""From a breach to its exception report: the one that is open, else the form of a new one with what is measured filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.initiatives.initiative.model import Initiative
from mainstay.register.access import may, paths_for, visible_to
from mainstay.register.asat import Moment
from mainstay.register.panels import SIDE, Panel
from mainstay.reporting.tolerance.measuring import HAPPENED, Position, positions
from mainstay.risk.exception_report.model import Dimension, ExceptionReport
from mainstay.risk.exception_report.register import ExceptionReportRegister

DECIDE_WITHIN = timedelta(days=14)
STATES = {"within": "done", "forecast": "late", "happened": "late", "unsaid": ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One tolerance on the page: how far it is used, and what was begun about it."""

    position: Position
    label: str
    state: str
    tone: str
    report: ExceptionReport | None
    begin_url: str


def open_reports(place: Initiative, account: Account | None) -> Mapping[str, ExceptionReport]:
    """By dimension, those that no board has decided yet."""
    if not may(account, "view", ExceptionReportRegister):
        return {}
    rows = visible_to(account, ExceptionReportRegister).filter(initiative=place, is_withdrawn=False).exclude(state="decided")
    return {row.dimension: row for row in rows.order_by("pk")}


def lines(place: Initiative, account: Account | None) -> list[Line]:
    reports = open_reports(place, account)
    may_begin = any(place.path.startswith(path) for path in paths_for(account, ExceptionReportRegister, "create"))
    told = {
        "within": _("within tolerance"),
        "forecast": _("forecast to pass it"),
        "happened": _("passed"),
        "unsaid": _("cannot be said"),
    }
    made = []
    for one in positions(place, account):
        begin = begin_url(place, one) if one.is_breached and one.dimension not in reports and may_begin else ""
        label = str(Dimension(one.dimension).label)
        made.append(Line(one, label, told[one.state], STATES[one.state], reports.get(one.dimension), begin))
    return made


def prefilled(place: Initiative, one: Position) -> dict[str, Any]:
    """What is measured is there; why, and what now, is the project's to say."""
    title = _("%(what)s is beyond its tolerance") if one.state == HAPPENED else _("%(what)s is forecast beyond its tolerance")
    options = (
        _("Do nothing: %(percent)d %% of the tolerance is used.") % {"percent": round(one.used * 100)},
        _("Recover within the tolerance of %(limit)s: …") % {"limit": one.tolerance},
        _("Concession, a wider tolerance: …"),
    )
    return {
        "initiative": place.pk,
        "title": title % {"what": Dimension(one.dimension).label},
        "dimension": one.dimension,
        "deviation": f"{one.text[:1].upper()}{one.text[1:]}.",
        "options": "\n".join(options),
        "needed_by": (timezone.localdate() + DECIDE_WITHIN).isoformat(),
    }


def begin_url(place: Initiative, one: Position) -> str:
    """The form of a new report, filled as far as it can be."""
    return f"{ExceptionReportRegister.url('create')}?{urlencode(prefilled(place, one))}"


def panel(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """The tolerances of an initiative that has any; of the past the lists tell."""
    if moment is not None:
        return None
    found = lines(record, account)
    if not found:
        return None
    context = {"lines": found, "initiative": record}
    return Panel("tolerances", _("Tolerances"), "reporting/parts/tolerances.html", context, place=SIDE)
