"""What makes a return doubtful though nothing in it is late: contradictions between it, the registers, the plan and the last return.

A doubt never changes what was claimed. It is told with its evidence and a question that the office may put.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.accounts.models import Account
from mainstay.communications.action.register import ActionRegister
from mainstay.initiatives import scale as scales
from mainstay.organisation.models import Person
from mainstay.planning import earned_words, performed
from mainstay.planning.feeding import gone
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Activity
from mainstay.planning.plan.register import PlanRegister
from mainstay.register import words
from mainstay.register.access import below, may, visible_to
from mainstay.register.spec import REGISTERS, Register
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.gather import thresholds
from mainstay.reporting.board_pack.limits import Thresholds
from mainstay.reporting.cycle import supplier
from mainstay.reporting.cycle.asking import Asked
from mainstay.reporting.tolerance import reports
from mainstay.reporting.tolerance.measuring import positions
from mainstay.risk.risk.register import RiskRegister

SAME_WORDS = 0.9
"""From this likeness on, words count as those of the last time."""
SHORTEST_WORDS = 40
SPENT_AHEAD_POINTS = 20
"""How many percentage points the money may run before the work."""
OWNED = ("risk.risk", "risk.issue", "planning.milestone", "planning.dependency", "communications.action")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One contradiction: what was found, where it can be seen, and what the office may ask."""

    name: str
    text: str
    question: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What the doubts are looked for in."""

    asked: Asked
    account: Account | None
    today: date

    @property
    def place(self) -> Any:
        return self.asked.record.initiative

    def rows(self, register: type[Register]) -> QuerySet[Any]:
        """What lies at and below the initiative, as far as the account may see it."""
        return visible_to(self.account, register).filter(below("initiative__path", [self.place.path]), is_withdrawn=False)

    def answer(self, name: str) -> str:
        return next((answer.value or answer.before for answer in self.asked.answers if answer.question.name == name), "")


def doubts(asked: Asked, account: Account | None) -> list[Doubt]:
    """All doubts about a return, in a fixed order; a constant number of queries."""
    held = Held(asked, account, timezone.localdate())
    return [doubt for look in LOOKS for doubt in look(held)]


def same_words(held: Held) -> Iterator[Doubt]:
    for answer in held.asked.answers:
        if answer.question.kind != "text" or min(len(answer.value), len(answer.before)) < SHORTEST_WORDS:
            continue
        likeness = SequenceMatcher(None, answer.value.lower(), answer.before.lower(), autojunk=False).ratio()
        if likeness >= SAME_WORDS:
            text = _("“%(title)s” is %(share)s the same as for %(period)s")
            values = {"title": answer.question.title, "share": wording.share(likeness), "period": answer.before_period}
            yield Doubt("same words", text % values, _("What has happened since?"))


def over_budget(held: Held) -> Iterator[Doubt]:
    forecast, budget = held.answer("forecast_cost"), held.place.budget
    if forecast and budget and Decimal(forecast) > budget:
        text = _("Forecast cost %(forecast)s is over the approved budget %(budget)s") % {
            "forecast": wording.pounds(Decimal(forecast)),
            "budget": wording.pounds(budget),
        }
        yield Doubt("over budget", text, _("Who has approved the difference, or when is it asked for?"))


def spent_ahead(held: Held) -> Iterator[Doubt]:
    """Money against work: what was spent of the forecast, and what the live plan says is done, weighed by its days."""
    spent, forecast = held.answer("spent"), held.answer("forecast_cost")
    if not spent or not forecast or Decimal(forecast) <= 0 or not may(held.account, "view", PlanRegister):
        return
    plans = held.rows(PlanRegister).filter(is_live=True)
    rows = Activity.objects.filter(plan__in=plans, is_summary=False).values_list("start", "finish", "percent")
    spans = [(max((finish - start).days, 1), float(percent)) for start, finish, percent in rows if start and finish]
    if not spans:
        return
    progress = sum(days * percent for days, percent in spans) / sum(days for days, _percent in spans)
    share = float(Decimal(spent) / Decimal(forecast)) * 100
    if share - progress >= SPENT_AHEAD_POINTS:
        text = _("%(spent)s of the cost is spent, %(done)s of the work is done") % {
            "spent": wording.share(share / 100),
            "done": wording.share(progress / 100),
        }
        yield Doubt("spent ahead", text, _("What was paid for before it was done?"))


def earned_value(held: Held) -> Iterator[Doubt]:
    """A claim of green beside what the plan has earned; and a plan of which nobody can say what it has earned."""
    if not may(held.account, "view", PlanRegister):
        return
    plans = {plan.pk: plan for plan in held.rows(PlanRegister).filter(is_live=True).order_by("pk")}
    limits = thresholds(held.place, held.account) if plans else Thresholds()
    claimed = next((answer.value for answer in held.asked.answers if answer.question.kind == "rating"), "")
    told = False
    for pk, found in sorted(performed.of(plans.values()).items()):
        url = reverse("planning.earned", args=[pk])
        low = [
            f"{earned_words.NAMES[name]} {earned_words.index(value)}"
            for name, value, limit in (("cpi", found.cpi, limits.amber_cpi), ("spi_t", found.spi_t, limits.amber_spi))
            if value is not None and value < limit
        ]
        if low and claimed == "green" and scales.of(held.asked.record.scale).is_local:
            weight = earned_words.SHORT_WEIGHTS.get(found.weight, "")
            text = _("Claimed Green with %(indices)s %(weight)s") % {"indices": wording.listed(low), "weight": weight}
            yield Doubt("earned value", text, _("What is planned to be earned again, and by when?"), url)
        elif reason := found.unsaid.get("spi_t", ""):
            if not told:
                names = [name for name in earned_words.NAMES if found.unsaid.get(name) == reason]
                yield Doubt("no earned value", earned_words.unsaid(names, reason).rstrip("."), _("When does the plan say so?"), url)
            told = True


def beyond_tolerance(held: Held) -> Iterator[Doubt]:
    """A tolerance that is passed, or will be, of which no exception report tells a board."""
    open_ones = reports.open_reports(held.place, held.account)
    for one in positions(held.place, held.account):
        if one.is_breached and one.dimension not in open_ones:
            text = _("Beyond tolerance: %(what)s") % {"what": one.text}
            yield Doubt("beyond tolerance", text, _("When does the exception report go to the board?"), one.url)


def plan_untouched(held: Held) -> Iterator[Doubt]:
    if not may(held.account, "view", PlanRegister):
        return
    latest = held.rows(PlanRegister).filter(is_live=True).aggregate(at=Max("status_date"), received=Max("created_at"))
    first = held.asked.record.commission.period_from
    seen = [words.local(at).date() for at in (latest["at"], latest["received"]) if at is not None]
    if not seen:
        yield Doubt("no plan", _("No plan has been loaded"), _("When does the office get the plan?"))
    elif max(seen) < first:
        text = _("The plan is of %(day)s, from before the period") % {"day": words.day(max(seen))}
        yield Doubt("plan untouched", text, _("When is the plan brought up to date?"))


def feeder_gone(held: Held) -> Iterator[Doubt]:
    """A milestone of this initiative, or of one above it, waits for an activity of this project that its live plan no longer has."""
    if not may(held.account, "view", PlanRegister):
        return
    above = [int(step) for step in held.place.path.strip("/").split("/")]
    rows = visible_to(held.account, MilestoneRegister).filter(Q(initiative__in=above) | below("initiative__path", [held.place.path]))
    for told, names in gone(rows.filter(is_withdrawn=False, state="planned").select_related("initiative"), held.place):
        text = _("%(milestone)s waits for %(names)s, which no live plan has") % {"milestone": told, "names": wording.listed(names)}
        yield Doubt("feeder gone", text, _("What has taken its place in the plan?"), MilestoneRegister.url("detail", told))


def risks_untouched(held: Held) -> Iterator[Doubt]:
    if not may(held.account, "view", RiskRegister):
        return
    rows = held.rows(RiskRegister).filter(state__in=RiskRegister.states.open if RiskRegister.states else ())
    latest = rows.aggregate(at=Max("updated_at"))["at"]
    if latest is not None and words.local(latest).date() < held.asked.record.commission.period_from:
        text = _("No risk has been touched since %(day)s") % {"day": words.day(words.local(latest).date())}
        yield Doubt("risks untouched", text, _("Which risks were looked at in the period?"), f"{RiskRegister.url()}?in={held.place.pk}")


def closed_while_cause_is_open(held: Held) -> Iterator[Doubt]:
    """A risk that was closed in the last three months though what would set it off is still there."""
    if not may(held.account, "view", RiskRegister):
        return
    since = timezone.now() - timedelta(days=92)
    for row in held.rows(RiskRegister).filter(state="closed", shared_cause__state="open", updated_at__gte=since).order_by("pk")[:3]:
        text = _("%(risk)s is closed while its cause is open") % {"risk": row}
        yield Doubt("closed while its cause is open", text, _("What makes it impossible now?"), RiskRegister.url("detail", row))


def overdue_actions(held: Held) -> Iterator[Doubt]:
    if not may(held.account, "view", ActionRegister):
        return
    states = ActionRegister.states.open if ActionRegister.states else ()
    rows = list(held.rows(ActionRegister).filter(state__in=states, due_on__lt=held.today).order_by("due_on")[:50])
    if rows:
        text = ngettext("%(count)d action is overdue, longest %(first)s", "%(count)d actions are overdue, longest %(first)s", len(rows))
        values = {"count": len(rows), "first": rows[0]}
        yield Doubt("overdue actions", text % values, _("By when, and what stood in the way?"), ActionRegister.url("detail", rows[0]))


def supplier_gone(held: Held) -> Iterator[Doubt]:
    """Nobody answers what was asked of somebody who has left or lost the role since."""
    why = supplier.why_gone(held.asked.record) if held.asked.is_open else ""
    if why:
        yield Doubt("supplier gone", why.rstrip("."), _("Who supplies this return now?"))


def owners_gone(held: Held) -> Iterator[Doubt]:
    """Open records whose owner has left: nobody answers for them."""
    gone = Q(owner__left_on__lte=held.today)
    if not Person.objects.filter(left_on__lte=held.today).exists():
        return
    for key in OWNED:
        register = REGISTERS.get(key)
        if register is None or register.states is None or not may(held.account, "view", register):
            continue
        rows = list(held.rows(register).filter(gone, state__in=register.states.open).select_related("owner").order_by("pk")[:50])
        if rows:
            text = _("%(person)s has left and still owns %(count)d of %(register)s") % {
                "person": rows[0].owner,
                "count": len(rows),
                "register": register.title().lower(),
            }
            yield Doubt("owner gone", text, _("Who answers for them now?"), register.url("detail", rows[0]))


LOOKS: tuple[Callable[[Held], Iterator[Doubt]], ...] = (
    supplier_gone,
    over_budget,
    spent_ahead,
    earned_value,
    beyond_tolerance,
    plan_untouched,
    feeder_gone,
    risks_untouched,
    closed_while_cause_is_open,
    overdue_actions,
    owners_gone,
    same_words,
)
