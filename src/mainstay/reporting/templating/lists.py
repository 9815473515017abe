"""The lists that templates may show, made from the frozen facts: projects, milestones, risks and the rest, column by column."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mainstay.forecasts.outlook import Part
from mainstay.render.blocks import NOT_REPORTED, Cell, Kind
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import ClaimFact, Move, PackFacts, Place
from mainstay.reporting.board_pack.sections import moved
from mainstay.reporting.templating.naming import ColumnName, ListName, Looks, Source

WORST_FIRST = {"red": 0, "amber": 1, "none": 2, "green": 3, "done": 4}
Get = Callable[[Source, Any], Cell]


def column(name: str, head: StrOrPromise, get: Get | str = "", kind: Kind = "text", weight: float = 1.0, **more: Any) -> ColumnName:
    """A column; without a function it is the attribute of that name."""
    sorts, told = more.pop("sorts", None), more.pop("help", "")
    return ColumnName(name, Looks(head=head, kind=kind, weight=weight, **more), get if callable(get) else plain(get or name), sorts, told)


def plain(attribute: str) -> Get:
    """The attribute as it is; an empty text is nothing."""
    return lambda _source, row: getattr(row, attribute) or (None if getattr(row, attribute) == "" else getattr(row, attribute))


def spelt(attribute: str) -> Get:
    """A state or kind in words, its first letter large."""
    return lambda _source, row: wording.first_letter_up(str(getattr(row, attribute)).replace("_", " ")) or None


def percentage(attribute: str) -> Get:
    def get(_source: Source, row: Any) -> Cell:
        value = getattr(row, attribute)
        return None if value is None else Decimal(value) / 100

    return get


def part(row: Any) -> str:
    return str(row.part)


def code(row: Any) -> str:
    return str(row.code)


def projects(facts: PackFacts) -> Sequence[Place]:
    """The worst measured first, as the pack has them."""
    return [place for place, _status in wording.ranked(facts)]


def rating(source: Source, row: Place) -> str:
    return wording.status_of(source.facts, row.code).rating


def implied(source: Source, row: Place) -> Part | None:
    """What the forecast says of a part; of the initiative itself, what it says of the whole."""
    outlook = source.facts.outlook
    if outlook is None:
        return None
    return (
        outlook.programme if row.code == source.facts.initiative.code else next((p for p in outlook.projects if p.code == row.code), None)
    )


def finish_at(percent: int) -> Get:
    def get(source: Source, row: Place) -> Cell:
        found = implied(source, row)
        return found.finish.at(percent).day if found and found.finish else None

    return get


def cost_at(percent: int) -> Get:
    def get(source: Source, row: Place) -> Cell:
        found = implied(source, row)
        return Decimal(str(found.cost.at(percent).amount)) if found and found.cost else None

    return get


def claim_of(source: Source, row: Place) -> ClaimFact | None:
    return next((claim for claim in source.facts.claims if claim.code == row.code), None)


def claimed(source: Source, row: Place) -> Cell:
    claim = claim_of(source, row)
    return None if claim is None else wording.claimed(claim.rating, claim.scale) if claim.is_reported else NOT_REPORTED


def own_words(source: Source, row: Place) -> Cell:
    claim = claim_of(source, row)
    return (claim.summary or None) if claim and claim.is_reported else None


def plan_finish(source: Source, row: Place) -> Cell:
    """Of a project the latest finish of its plans; of the initiative that of the network whole, where it has no plan of its own."""
    dates = [plan.finishes_on for plan in source.facts.plans if plan.code == row.code and plan.finishes_on]
    found = implied(source, row)
    return max(dates) if dates else found.finish.plan if found and found.finish else None


def moves(facts: PackFacts) -> Sequence[Move]:
    return moved.told(facts.moves)


def move_value(attribute: str) -> Get:
    return lambda _source, move: wording.value(move, getattr(move, attribute)) or None


REF = column("ref", _("Ref."), weight=0.9)
TITLE = column("title", _("Title"), weight=3.2)
PROJECT = column("project", _("Project"), "part", weight=0.9)
OWNER = column("owner", _("Owner"), weight=1.3, missing=_("nobody"))
STATE = column("state", _("State"), spelt("state"))
AS_AT = column("as_at", _("As at"), kind="date")

PLACE = (
    column("code", _("Project"), weight=0.9, help=_("Its code.")),
    column("title", _("Title"), weight=2.6, help=_("Its name.")),
    column("kind", _("Kind"), spelt("kind"), help=_("Portfolio, programme, tranche, project or stage.")),
    column("state", _("State"), spelt("state"), help=_("Where it stands in its life, e.g. Delivery.")),
    column(
        "status",
        _("Measured"),
        lambda s, row: wording.rating(rating(s, row)),
        "status",
        1.1,
        sorts=lambda s, row: WORST_FIRST[rating(s, row)],
        help=_("The status that is measured, shape and word; sorted the worst first."),
    ),
    column(
        "why",
        _("Why"),
        lambda s, row: wording.why(wording.status_of(s.facts, row.code)),
        weight=3.4,
        help=_("Why it is measured so, with the numbers."),
    ),
    column(
        "claimed",
        _("Claimed"),
        claimed,
        "status",
        1.1,
        missing=_("not asked"),
        help=_("The rating in its return for the period; NOT REPORTED where none came."),
    ),
    column("own_words", _("In its own words"), own_words, weight=3.4, missing=_("nothing said"), help=_("The summary of its return.")),
    column("objectives", _("Objectives"), weight=3.0, help=_("What it is for.")),
    column("sponsor", _("Sponsor"), weight=1.3, missing=_("nobody")),
    column("manager", _("Manager"), weight=1.3, missing=_("nobody")),
    column("office", _("Office"), weight=1.3),
    column("starts_on", _("Start"), kind="date"),
    column("ends_on", _("Approved finish"), kind="date", help=_("The finish that was approved.")),
    column(
        "plan_finish",
        _("Plan finishes"),
        plan_finish,
        "date",
        missing=_("no plan"),
        help=_("Finish of the live plan; of a programme, of its plans joined."),
    ),
    column(
        "finish_p50",
        _("Finish P50"),
        finish_at(50),
        "date",
        missing=_("no forecast"),
        help=_("The day it makes with an even chance, by the simulation."),
    ),
    column(
        "finish_p80",
        _("Finish P80"),
        finish_at(80),
        "date",
        missing=_("no forecast"),
        help=_("The day it makes with four chances in five."),
    ),
    column("budget", _("Budget"), kind="money"),
    column("contingency", _("Contingency"), kind="money"),
    column(
        "cost_p50", _("Cost P50"), cost_at(50), "money", missing=_("no forecast"), help=_("The cost it keeps within with an even chance.")
    ),
    column(
        "cost_p80",
        _("Cost P80"),
        cost_at(80),
        "money",
        missing=_("no forecast"),
        help=_("The cost it keeps within with four chances in five."),
    ),
    column("marking", _("Marking")),
)

LISTS = (
    ListName("projects", "project", _("The projects below the initiative; the initiative itself where it has none."), projects, code, PLACE,
             ("code", "title", "status", "why", "manager", "finish_p50")),
    ListName("milestones", "milestone", _("Milestones with their dates."), lambda f: f.milestones, part, (
        REF, TITLE, PROJECT, OWNER, STATE, AS_AT, column("kind", _("Kind"), spelt("kind")),
        column("standing", _("Standing"), spelt("standing")),
        column("original", _("First baseline"), "baseline_original", "date"), column("baseline", _("Baseline"), "baseline_current", "date"),
        column("forecast", _("Forecast"), kind="date"), column("actual", _("Actual"), kind="date"),
        column("expected", _("Expected"), kind="date"),
        column("slip", _("Days late"), "slip_days", "delta"),
    ), ("ref", "project", "title", "baseline", "expected", "slip", "standing")),
    ListName("dependencies", "dependency", _("Promises between projects."), lambda f: f.dependencies, part, (
        REF, TITLE, PROJECT, OWNER, STATE, AS_AT, column("giver", _("Giver")), column("product", _("What"), weight=2.4),
        column("giver_owner", _("Giver's owner"), weight=1.3, missing=_("nobody")), column("needed_by", _("Needed by"), kind="date"),
        column("promised_by", _("Promised"), kind="date"), column("forecast", _("Promised now"), "given", "date"),
        column("buffer", _("Days to spare"), "buffer_days", "delta"), column("criticality", _("Criticality"), spelt("criticality")),
        column("impact", _("Impact"), weight=2.4), column("standing", _("Standing"), spelt("standing")),
    ), ("ref", "giver", "project", "title", "needed_by", "forecast", "buffer", "standing")),
    ListName("risks", "risk", _("Threats and opportunities."), lambda f: f.risks, part, (
        REF, TITLE, PROJECT, OWNER, STATE, AS_AT, column("nature", _("Nature"), spelt("nature")), column("category", _("Category")),
        column("cause", _("Cause"), weight=2.4), column("event", _("Event"), weight=2.4), column("effect", _("Effect"), weight=2.4),
        column("proximity", _("Proximity"), spelt("proximity")), column("probability", _("Chance"), percentage("probability"), "percent"),
        column("cost", _("Cost if it occurs"), "cost_likely", "money", places=2, missing=_("no price")),
        column("days", _("Delay, days"), "days_likely", "number"),
        column("expected_cost", _("Expected"), kind="money", places=2, missing=_("no price")), column("shared_cause", _("Shared cause")),
        column("response", _("Response"), spelt("response")), column("response_plan", _("Plan"), weight=2.6),
        column("review_on", _("Review"), kind="date"),
    ), ("ref", "project", "title", "owner", "probability", "expected_cost")),
    ListName("issues", "issue", _("Issues being handled."), lambda f: f.issues, part, (
        REF, TITLE, PROJECT, OWNER, STATE, column("kind", _("Kind"), spelt("kind")), column("priority", _("Priority"), spelt("priority")),
        column("severity", _("Severity"), spelt("severity")), column("raised_on", _("Raised"), kind="date"),
        column("due", _("Due"), "due_on", "date"), column("cost", _("Cost"), kind="money", places=2),
    ), ("ref", "project", "title", "owner", "priority", "due", "state")),
    ListName("decisions", "decision", _("Decisions asked and taken."), lambda f: f.decisions, part, (
        REF, TITLE, PROJECT, OWNER, STATE, column("question", _("Question"), weight=3.0), column("because", _("Because"), weight=2.4),
        column("options", _("Options"), weight=2.4), column("forum", _("Who decides"), weight=1.3),
        column("needed_by", _("Needed by"), kind="date"), column("cost", _("Cost"), kind="money", places=2),
        column("if_not", _("If not decided"), weight=2.4), column("outcome", _("Outcome"), weight=2.4),
        column("decided_on", _("Decided"), kind="date"),
    ), ("ref", "project", "title", "forum", "needed_by", "cost", "if_not")),
    ListName("exceptions", "exception", _("Tolerances that are or will be passed, as reported to a board."), lambda f: f.exceptions, part, (
        REF, TITLE, PROJECT, OWNER, STATE, column("dimension", _("Tolerance of")), column("deviation", _("Deviation"), weight=3.0),
        column("cause", _("Cause"), weight=2.4), column("consequences", _("Consequences"), weight=2.4),
        column("options", _("Options"), weight=3.0), column("recommendation", _("Recommended"), weight=2.4),
        column("lessons", _("Lessons"), weight=2.4), column("needed_by", _("Needed by"), kind="date"),
        column("decision", _("Decision"), "answer", weight=1.6, missing=_("none yet")), column("outcome", _("Outcome"), weight=2.4),
        column("decided_on", _("Decided"), kind="date"),
    ), ("ref", "project", "dimension", "deviation", "recommendation", "state", "decision")),
    ListName("actions", "action", _("Actions agreed."), lambda f: f.actions, part, (
        REF, TITLE, PROJECT, OWNER, STATE, column("origin", _("From"), weight=1.6),
        column("first_due", _("First due"), "original_due_on", "date"),
        column("due", _("Due"), "due_on", "date"), column("done", _("Done"), "done_on", "date"),
    ), ("ref", "project", "title", "owner", "due", "state")),
    ListName("moves", "move", _("What moved since the earlier snapshot, with the reason recorded; small differences are left out."),
             moves, lambda row: str(row.record.code), (
        column("project", _("Project"), lambda _s, move: move.record.code, weight=0.9),
        column("ref", _("Ref."), lambda _s, move: move.record.ref, weight=0.9), column("title", _("Title"), weight=2.8),
        column("item", _("Item"), lambda _s, move: wording.item(move), weight=1.4), column("before", _("Before"), move_value("before")),
        column("after", _("After"), move_value("after")), column("days", _("Days"), kind="delta"),
        column("amount", _("Amount"), kind="money", places=2), column("sense", _("Sense"), spelt("sense")),
        column("reason", _("Reason"), lambda s, move: wording.reason(move, s.facts) or None, weight=3.0, missing=_("no reason recorded")),
    ), ("project", "title", "item", "before", "after", "reason")),
    ListName("gaps", "gap", _("What is missing or old in the data."), lambda f: f.gaps, code, (
        column("project", _("Project"), "code", weight=0.9), column("title", _("Gap"), lambda _s, gap: wording.gap(gap), weight=4.0),
        column("count", _("Count"), kind="number"),
    ), ("project", "title")),
)  # fmt: skip


def heading(found: ListName) -> str:
    return wording.first_letter_up(_now("what moved") if found.name == "moves" else found.name)
