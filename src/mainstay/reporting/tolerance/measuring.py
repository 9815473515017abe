"""How many initiatives stand against their tolerances, in a number of queries that does not grow with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.accounts.models import Account
from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.standard.register import StandardRegister
from mainstay.initiatives.standards import resolve_many
from mainstay.planning.models import Activity
from mainstay.planning.plan.register import PlanRegister
from mainstay.register import words
from mainstay.register.access import may, visible_to
from mainstay.reporting.board_pack import wording
from mainstay.reporting.project_return.register import ReturnRegister
from mainstay.risk.risk.register import RiskRegister

KIND, NAME = "threshold", "tolerance"
WITHIN, FORECAST, HAPPENED, UNSAID = "within", "forecast", "happened", "unsaid"


@dataclass(frozen=True, slots=True)
class Position:
    """Where an initiative stands against one tolerance."""

    dimension: str
    state: str
    text: str
    url: str = ""
    tolerance: str = ""
    used: float = 0.0
    """The share of the tolerance that is used; beyond 1 it is passed."""

    @property
    def is_breached(self) -> bool:
        return self.state in (FORECAST, HAPPENED)


def positions(place: Initiative, account: Account | None) -> list[Position]:
    return list(positions_of([place], account).get(place.pk, ()))


def positions_of(places: Sequence[Initiative], account: Account | None) -> Mapping[int, list[Position]]:
    """The positions of each place that has tolerances, by its key."""
    limits = tolerances(places, account)
    held = [place for place in places if limits.get(place.pk)]
    if not held:
        return {}
    today = timezone.localdate()
    finishes, costs, exposed = finishes_of(held, account), costs_of(held, account), exposures_of(held, account)
    found: dict[int, list[Position]] = {}
    for place in held:
        told = limits[place.pk]
        rows = [
            time_position(place, finishes.get(place.pk), told["time_days"], today) if "time_days" in told else None,
            cost_position(place, costs.get(place.pk), told["cost_percent"]) if "cost_percent" in told else None,
            risk_position(place, exposed.get(place.pk), told["risk_percent"]) if "risk_percent" in told else None,
        ]
        found[place.pk] = [row for row in rows if row is not None]
    return found


def tolerances(places: Sequence[Initiative], account: Account | None) -> Mapping[int, Mapping[str, float]]:
    """The tolerances that hold for each place: those of its standard, inherited like any."""
    if not places or not may(account, "view", StandardRegister):
        return {}
    told = resolve_many(places, KIND, NAME).items()
    return {pk: {name: float(limit) for name, limit in value.items()} for pk, value in told if isinstance(value, dict)}


def finishes_of(places: Iterable[Initiative], account: Account | None) -> Mapping[int, tuple[date, date | None, str]]:
    """The finish of the live plan, its baseline finish and its page."""
    if not may(account, "view", PlanRegister):
        return {}
    plans = list(visible_to(account, PlanRegister).filter(initiative__in=[one.pk for one in places], is_live=True, is_withdrawn=False))
    rows = Activity.objects.filter(plan__in=plans, is_summary=False).order_by().values_list("plan").annotate(last=Max("baseline_finish"))
    baseline = {plan: words.local(last).date() if last else None for plan, last in rows}
    found: dict[int, tuple[date, date | None, str]] = {}
    for plan in plans:
        if plan.finishes_on and (plan.initiative_id not in found or found[plan.initiative_id][0] < plan.finishes_on):
            found[plan.initiative_id] = (plan.finishes_on, baseline.get(plan.pk), PlanRegister.url("detail", plan))
    return found


def costs_of(places: Iterable[Initiative], account: Account | None) -> Mapping[int, tuple[Decimal, Decimal | None, str]]:
    """What the last return forecast and had spent, and its page."""
    if not may(account, "view", ReturnRegister):
        return {}
    rows = visible_to(account, ReturnRegister).filter(initiative__in=[one.pk for one in places], sent_at__isnull=False, is_withdrawn=False)
    found: dict[int, tuple[Decimal, Decimal | None, str]] = {}
    for row in rows.order_by("commission__period_to", "pk"):
        if (forecast := amount(row.answers, "forecast_cost")) is not None:
            found[row.initiative_id] = (forecast, amount(row.answers, "spent"), ReturnRegister.url("detail", row))
    return found


def amount(answers: Mapping[str, Any], name: str) -> Decimal | None:
    try:
        return Decimal(str(answers[name])) if answers.get(name) else None
    except InvalidOperation:
        return None


def exposures_of(places: Iterable[Initiative], account: Account | None) -> Mapping[int, Decimal]:
    """The expected cost of the open threats."""
    if not may(account, "view", RiskRegister):
        return {}
    found: dict[int, Decimal] = {}
    for row in visible_to(account, RiskRegister).filter(
        initiative__in=[one.pk for one in places], state="open", nature="threat", is_withdrawn=False
    ):
        found[row.initiative_id] = found.get(row.initiative_id, Decimal(0)) + (row.expected_cost or 0)
    return found


def time_position(place: Initiative, told: tuple[date, date | None, str] | None, days: float, today: date) -> Position:
    limit = ngettext("%(n)d day", "%(n)d days", int(days)) % {"n": int(days)}
    approved = place.ends_on or (told[1] if told else None)
    if told is None or approved is None:
        reason = _("no live plan") if told is None else _("no approved finish and no baseline")
        return Position("time", UNSAID, _("cannot be said: %(reason)s") % {"reason": reason}, tolerance=limit)
    finish, _baseline, url = told
    late = (finish - approved).days
    over = today > approved + timedelta(days=int(days)) and finish > today
    text = _("finish forecast %(finish)s, %(late)s on %(approved)s; tolerance %(limit)s") % {
        "finish": words.day(finish),
        "late": wording.late(late),
        "approved": words.day(approved),
        "limit": limit,
    }
    state = HAPPENED if over else FORECAST if late > days else WITHIN
    return Position("time", state, text, url, limit, share_of(late, days))


def cost_position(place: Initiative, told: tuple[Decimal, Decimal | None, str] | None, percent: float) -> Position:
    limit = f"{percent:g} %"
    if told is None or not place.budget:
        reason = _("no budget") if not place.budget else _("no return has forecast a cost")
        return Position("cost", UNSAID, _("cannot be said: %(reason)s") % {"reason": reason}, tolerance=limit)
    forecast, spent, url = told
    over = float((forecast - place.budget) / place.budget) * 100
    text = _("cost forecast %(forecast)s, budget %(budget)s: %(over)s %% over; tolerance %(limit)s") % {
        "forecast": wording.pounds(forecast),
        "budget": wording.pounds(place.budget),
        "over": f"{over:.1f}",
        "limit": limit,
    }
    is_spent = spent is not None and float((spent - place.budget) / place.budget) * 100 > percent
    return Position("cost", HAPPENED if is_spent else FORECAST if over > percent else WITHIN, text, url, limit, share_of(over, percent))


def risk_position(place: Initiative, expected: Decimal | None, percent: float) -> Position:
    limit = f"{percent:g} %"
    if not place.budget:
        return Position("risk", UNSAID, _("cannot be said: %(reason)s") % {"reason": _("no budget")}, tolerance=limit)
    share = float((expected or Decimal(0)) / place.budget) * 100
    text = _("open threats are expected to cost %(amount)s, %(share)s %% of the budget; tolerance %(limit)s") % {
        "amount": wording.pounds(expected or Decimal(0)),
        "share": f"{share:.1f}",
        "limit": limit,
    }
    url = f"{RiskRegister.url()}?in={place.pk}"
    return Position("risk", FORECAST if share > percent else WITHIN, text, url, limit, share_of(share, percent))


def share_of(value: float, limit: float) -> float:
    return max(value, 0.0) / limit if limit > 0 else float(value > 0)
