"""What risk adds to the pages of its other registers, and to one's own work."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register import words
from mainstay.register.access import may_at_hand, visible_to
from mainstay.register.asat import Moment
from mainstay.register.panels import SIDE, WIDE, Panel, with_states
from mainstay.risk import drawing_down, reviewing
from mainstay.risk.assumption.register import AssumptionRegister
from mainstay.risk.drawdown.register import DrawdownRegister
from mainstay.risk.reading.register import IndicatorReadingRegister
from mainstay.risk.risk.register import RiskRegister
from mainstay.risk.turning import made_of

MOST_READINGS, MOST_DUE = 60, 12


def make_risk(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """An assumption that is open or has failed becomes a risk, once."""
    if moment is not None or record.is_withdrawn or record.state == "confirmed" or made_of(AssumptionRegister, record.pk, RiskRegister):
        return None
    if not may_at_hand(account, "change", AssumptionRegister, record) or not may_at_hand(account, "create", RiskRegister, record):
        return None
    return Panel("make-risk", _("Make it a risk"), "risk/parts/make_risk.html", {"assumption": record}, place=SIDE)


def readings(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    if moment is not None:
        return None
    rows = list(
        visible_to(account, IndicatorReadingRegister)
        .filter(indicator=record.pk, is_withdrawn=False)
        .order_by("-read_on", "-pk")[:MOST_READINGS]
    )
    context = {
        "indicator": record,
        "rows": [(row, str(record.level_of(row.value).label)) for row in rows],
        "chart": chart_of(record, rows[::-1]) if rows else None,
        "may_add": record.state == "watched" and may_at_hand(account, "create", IndicatorReadingRegister, record),
    }
    return Panel("readings", _("Readings"), "risk/parts/readings.html", context)


def chart_of(indicator: Any, rows: list[Any]) -> dict[str, Any]:
    """The readings over time with both thresholds, as the component `chart` takes it."""
    unit = f", {indicator.unit}" if indicator.unit else ""
    lines = [
        {"y": float(indicator.amber), "label": _("Amber %(value)s") % {"value": words.number(indicator.amber)}},
        {"y": float(indicator.red), "label": _("Red %(value)s") % {"value": words.number(indicator.red)}},
    ]
    values = [float(row.value) for row in rows] + [float(indicator.amber), float(indicator.red)]
    room = (max(values) - min(values)) * 0.1 or 1
    finding = _("%(title)s: %(value)s on %(day)s, %(level)s.") % {
        "title": indicator.title,
        "value": f"{words.number(rows[-1].value)} {indicator.unit}".strip(),
        "day": words.day(rows[-1].read_on),
        "level": str(indicator.level_of(rows[-1].value).label).lower(),
    }
    return {
        "id": f"indicator-{indicator.pk}",
        "kind": "lines",
        "finding": finding,
        "height": "short",
        "data": {
            "x": {"type": "time"},
            "y": {"name": f"{indicator.title}{unit}", "min": round(min(values) - room, 2), "max": round(max(values) + room, 2)},
            "series": [{"name": indicator.title, "points": [[row.read_on.isoformat(), float(row.value)] for row in rows]}],
            "lines": lines,
        },
        "table": {
            "heads": [_("Read on"), _("Value"), _("Level")],
            "rows": [[words.day(row.read_on), words.number(row.value), str(indicator.level_of(row.value).label)] for row in rows],
        },
    }


def due_for_review(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:  # noqa: ARG001  # the signature of a panel
    """On one's own work: the risks whose review is due, each with the button that says it was reviewed."""
    rows = reviewing.due(account, timezone.localdate()) if account is not None and moment is None else []
    if not rows:
        return None
    context = {"rows": rows[:MOST_DUE], "count": len(rows), "url": RiskRegister.url("list")}
    return Panel("reviews", _("Risks due for review"), "risk/parts/reviews.html", context)


def session(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:  # noqa: ARG001  # the signature of a panel
    if moment is not None or record.is_withdrawn:
        return None
    return Panel("session", _("Session"), "risk/parts/session.html", {"workshop": record}, place=WIDE)


def budget(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """What a risk budget holds, what has left it, and what it has to bear."""
    if moment is not None:
        return None
    held = drawing_down.standing(record, account)
    context = {
        "budget": record,
        "held": held,
        "base": record.price_base or _("price base not given"),
        "run": _("forecast %(ref)s of %(day)s, less the approved budget")
        % {"ref": held.forecast.ref, "day": words.day(words.local(held.forecast.made_at).date())}
        if held.forecast
        else "",
        "rows": with_states(DrawdownRegister, drawing_down.drawdowns_of(record, account)),
        "may_add": record.state == "held" and may_at_hand(account, "create", DrawdownRegister, record),
    }
    return Panel("standing", _("What remains"), "risk/parts/budget.html", context, place=WIDE)
