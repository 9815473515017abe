"""Risks and shared causes of the registers as the simulation takes them, and why others are left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.engine.plan import NONE, ActivityKind, PlanData
from mainstay.engine.simulation import CostImpact, CostItem, Nature, RiskEvent, SharedCause, TimeImpact
from mainstay.engine.simulation.distributions import Distribution, Fixed, Triangular
from mainstay.engine.simulation.inputs import Window
from mainstay.engine.worktime import minute_of
from mainstay.forecasts.outlook import LeftOut
from mainstay.planning import lookup
from mainstay.planning.conversion import activity_key
from mainstay.planning.models import Activity
from mainstay.render.typography import day, money
from mainstay.risk.models import Cause, Risk
from mainstay.risk.risk.register import RiskRegister

MINUTES_A_DAY = 480


@dataclass(frozen=True, slots=True)
class Network:
    """What risks act upon: the joined plan, the rows of the activities that they name, and where each initiative's cost is counted."""

    plan: PlanData
    activities: Sequence[Activity]
    day_minutes: Mapping[str, float]
    accounts: Mapping[int, str]
    """Key of an initiative → project of the plan that carries its cost."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """The risks of a run, by the names that the engine calls them."""

    events: tuple[RiskEvent, ...]
    before: tuple[RiskEvent, ...]
    """The same risks before their responses."""
    causes: tuple[SharedCause, ...]
    risks: Mapping[str, Risk]
    shared: Mapping[str, Cause]
    left_out: tuple[LeftOut, ...]
    told: tuple[str, ...] = ()
    payments: Mapping[str, CostItem] = field(default_factory=dict)
    """Risk → what its response costs, certain."""


@dataclass(slots=True)
class Reading:
    """One risk on its way in: what was found of it, and what had to stay out."""

    risk: Risk
    after: bool
    at: date
    reasons: list[str] = field(default_factory=list)

    @property
    def probability(self) -> float | None:
        value = self.risk.probability_after if self.after and self.risk.probability_after is not None else self.risk.probability
        return None if value is None else float(value) / 100

    def points(self, what: str) -> Distribution | None:
        """The three points of cost or days as a triangle; after the response all of them in proportion to the likely one."""
        low, likely, high = (getattr(self.risk, f"{what}_{name}") for name in ("low", "likely", "high"))
        given = [float(value) for value in (low, likely, high) if value is not None]
        changed = getattr(self.risk, f"{what}_after") if self.after else None
        if not given:
            return Fixed(float(changed)) if changed else None
        middle = float(likely) if likely is not None else sum(given) / len(given)
        factor = 1.0
        if changed is not None:
            if not middle:
                return Fixed(float(changed)) if changed else None
            factor = float(changed) / middle
        first, last = given[0] * factor, given[-1] * factor
        if last <= 0:
            return None
        return Triangular(first, middle * factor, last) if first < last else Fixed(first)


def name_of(record: Risk | Cause) -> str:
    """How the engine calls it; references are unique within an initiative only."""
    return f"{record.initiative.code} {record.ref}"


def exposure(risks: Sequence[Risk], causes: Sequence[Cause], network: Network, *, after: bool, at: date) -> Exposure:
    """The risks that can be used, as they stand after or before their responses on a day."""
    events, before, left_out = [], [], []
    told: list[str] = []
    payments: dict[str, CostItem] = {}
    shared = {name_of(cause): cause for cause in causes if any(risk.shared_cause_id == cause.pk for risk in risks)}
    for risk in risks:
        reading = Reading(risk, after, at)
        event = event_of(reading, network, shared)
        if reading.reasons:
            left_out.append(LeftOut(ref=risk.ref, title=risk.title, reason=" ".join(reading.reasons), url=RiskRegister.url("detail", risk)))
        if event is None:
            continue
        events.append(event)
        before.append(event_of(Reading(risk, False, at), network, shared) or replace(event, probability=0.0, cause=None))
        told += rarer_than_cause(event, shared)
        if after and (paid := payment(risk, network)) is not None:
            payments[event.id] = paid
    return Exposure(
        tuple(events),
        tuple(before),
        tuple(SharedCause(name, float(cause.probability) / 100) for name, cause in shared.items()),
        {name_of(risk): risk for risk in risks},
        shared,
        tuple(left_out),
        (*told, *windows_told(events), *paid_for(payments)),
        payments,
    )


def payment(risk: Risk, network: Network) -> CostItem | None:
    """What a response costs, where the risk counts as after it; a response that changes nothing here is not paid for here."""
    answers = (risk.probability_after, risk.cost_after, risk.days_after)
    if not risk.response_cost or all(value is None for value in answers):
        return None
    return CostItem(f"response to {name_of(risk)}", network.accounts[risk.initiative_id], Fixed(float(risk.response_cost)))


def paid_for(payments: Mapping[str, CostItem]) -> Iterator[str]:
    if payments:
        total = sum(item.amount.mean for item in payments.values())
        yield ngettext(
            "%(count)d response is paid for, %(sum)s, certain and beyond the budgets.",
            "%(count)d responses are paid for, %(sum)s in all, certain and beyond the budgets.",
            len(payments),
        ) % {"count": len(payments), "sum": money(total, 2)}


def event_of(reading: Reading, network: Network, shared: Mapping[str, Cause]) -> RiskEvent | None:
    """The risk as the engine takes it, or None; reasons for what stays out are added to the reading."""
    risk = reading.risk
    if risk.window_to is not None and risk.window_to < reading.at:
        text = _("It could occur until %(day)s, which has passed. Close it, or move its window.")
        reading.reasons.append(text % {"day": day(risk.window_to)})
        return None
    probability = reading.probability
    if probability is None:
        reading.reasons.append(_("It has no probability. Give one in the register."))
        return None
    delays, cost = tuple(time_impacts(reading, network)), tuple(cost_impacts(reading, network))
    if not delays and not cost:
        if not reading.reasons:
            reading.reasons.append(_("It has no impact in days or pounds. Give low, likely and high in the register."))
        return None
    event = RiskEvent(name_of(risk), probability, Nature(risk.nature), delays, cost, window=window_of(risk))
    cause = shared.get(name_of(risk.shared_cause)) if risk.shared_cause else None
    if cause is None:
        return event
    fires = float(cause.probability) / 100
    given = probability if fires >= 1 else min(1.0, probability / fires) if fires else 1.0
    return replace(event, cause=name_of(cause), given_cause=given)


def window_of(risk: Risk) -> Window | None:
    """From the start of its first day to the end of its last."""
    if risk.window_from is None and risk.window_to is None:
        return None
    opens = minute_of(datetime.combine(risk.window_from, time())) if risk.window_from else None
    closes = minute_of(datetime.combine(risk.window_to + timedelta(days=1), time())) if risk.window_to else None
    return Window(opens, closes)


def windows_told(events: Sequence[RiskEvent]) -> Iterator[str]:
    count = sum(1 for event in events if event.window is not None)
    if count:
        yield ngettext(
            "%(count)d risk has a window: it acts on what is under way in it.",
            "%(count)d risks have a window: each acts on what is under way in its own.",
            count,
        ) % {"count": count}


def rarer_than_cause(event: RiskEvent, shared: Mapping[str, Cause]) -> Iterator[str]:
    if event.cause is not None and event.given_cause < 1 and shared[event.cause].probability < 100:
        yield _("%(risk)s is rarer than its shared cause: when the cause occurs it follows in %(share)d %% of cases.") % {
            "risk": event.id,
            "share": round(event.given_cause * 100),
        }


def time_impacts(reading: Reading, network: Network) -> Iterator[TimeImpact]:
    days = reading.points("days")
    names = reading.risk.activity_codes
    if days is None:
        return
    if not names:
        reading.reasons.append(_("Its delay is not used: it names no activity that would be held up."))
    taken: set[str] = set()
    for name in names:
        key = key_of(name, reading, network)
        if key and key not in taken:
            taken.add(key)
            project = network.plan.activities[network.plan.index[key]].project
            yield TimeImpact(key, days.scaled(network.day_minutes.get(project) or MINUTES_A_DAY))


def key_of(name: str, reading: Reading, network: Network) -> str:
    """The engine's name of an activity that a risk names; "" with the reason noted where it cannot be held up."""
    place = reading.risk.initiative
    own = [row for row in network.activities if row.plan.initiative.path.startswith(place.path)]
    found = lookup.one(name, own, place)
    if found.activity is None and ":" in name:
        found = lookup.one(name, list(network.activities), place)
    if found.activity is None:
        reading.reasons.append(found.fault)
        return ""
    key = activity_key(found.activity.plan.initiative.code, int(found.activity.uid))
    at = network.plan.index.get(key)
    columns = network.plan.arrays.activities
    if at is None:
        reading.reasons.append(_("%(name)s takes no part in the network: it is inactive or stands in for another plan's.") % {"name": name})
    elif columns.actual_finish[at] != NONE:
        reading.reasons.append(_("%(name)s is complete. Close the risk or name what it still threatens.") % {"name": name})
    elif columns.kind[at] not in (ActivityKind.TASK, ActivityKind.MILESTONE):
        reading.reasons.append(_("%(name)s is a summary. Name the activities below it.") % {"name": name})
    else:
        return key
    return ""


def cost_impacts(reading: Reading, network: Network) -> Iterator[CostImpact]:
    amount = reading.points("cost")
    if amount is not None:
        yield CostImpact(network.accounts[reading.risk.initiative_id], amount)
