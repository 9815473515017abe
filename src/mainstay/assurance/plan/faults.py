"""What is wrong with an assurance plan: pure questions over its reviews and approvals, each answered with a sentence."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from mainstay.assurance import lists
from mainstay.assurance.review.steps import DONE, FOLLOWING
from mainstay.register import words

DUPLICATE_WITHIN = timedelta(days=90)
LEADER_BEFORE = timedelta(days=60)
ERROR, WARNING = "red", "amber"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and which reviews it is about."""

    tone: str
    lead: str
    text: str
    reviews: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is looked at; `led` are the reviews with a booked leader, `planned` the initiatives with a live plan."""

    reviews: Sequence[Any]
    approvals: Sequence[Any]
    today: date
    led: frozenset[int] = frozenset()
    planned: frozenset[int] = frozenset()
    red: frozenset[int] = field(default_factory=frozenset)
    """Reviews whose released rating is Red."""

    @property
    def live(self) -> list[Any]:
        return [review for review in self.reviews if review.state != "cancelled"]

    @property
    def open(self) -> list[Any]:
        return [review for review in self.live if review.state not in DONE]


def name(review: Any) -> str:
    return f"{review.short} {review.initiative.title}"


def after_decision(plan: Plan) -> Iterator[Fault]:
    for review in plan.open:
        if review.slack_days is not None and review.slack_days < 0:
            text = _("It ends on %(last)s, and %(decision)s is on %(day)s, %(days)s days earlier.") % {
                "last": words.day(review.last_day), "decision": review.decision or _("the decision it informs"),
                "day": words.day(review.decision_on), "days": -review.slack_days,
            }  # fmt: skip
            yield Fault(ERROR, _("%(review)s ends after its decision.") % {"review": name(review)}, text, (review.pk,))


def window_gone(plan: Plan) -> Iterator[Fault]:
    for review in plan.open:
        if review.state in FOLLOWING and not review.starts_on and review.window_to and review.window_to < plan.today:
            text = _("It was to be held by %(day)s and has no days.") % {"day": words.day(review.window_to)}
            yield Fault(ERROR, _("The window of %(review)s has passed.") % {"review": name(review)}, text, (review.pk,))
        elif review.starts_on and review.window_to and review.state in FOLLOWING and not inside(review):
            text = _("Days from %(first)s, window %(from)s to %(to)s: the plan has moved since the days were set.") % {
                "first": words.day(review.starts_on), "from": words.day(review.window_from), "to": words.day(review.window_to),
            }  # fmt: skip
            yield Fault(ERROR, _("%(review)s lies outside its window.") % {"review": name(review)}, text, (review.pk,))


def inside(review: Any) -> bool:
    begins = review.window_from is None or review.starts_on >= review.window_from
    return bool(begins and (review.ends_on or review.starts_on) <= review.window_to)


def missing(plan: Plan) -> Iterator[Fault]:
    """An approval ahead that a type of review informs, and no such review before it."""
    for approval in plan.approvals:
        if approval.state not in ("planned", "submitted") or approval.planned_on is None:
            continue
        types = [one for one in lists.review_types().values() if one.informs == approval.kind]
        for kind in types:
            held = [review for review in plan.live if review.kind == kind.code and review.initiative_id == approval.initiative_id]
            told = {"approval": approval, "day": words.day(approval.planned_on), "type": kind.title}
            lead = {"type": kind.short, "place": approval.initiative.title}
            if not held:
                text = _("%(approval)s is planned for %(day)s and no %(type)s informs it.") % told
                yield Fault(ERROR, _("%(type)s of %(place)s is missing.") % lead, text)
            elif all(review.last_day and review.last_day > approval.planned_on for review in held):
                text = _("%(approval)s is planned for %(day)s, before %(type)s ends.") % told
                late = tuple(review.pk for review in held)
                yield Fault(ERROR, _("%(type)s of %(place)s ends after its approval.") % lead, text, late)


def overlapping(plan: Plan) -> Iterator[Fault]:
    """Two reviews of one initiative on the same days ask the same people twice."""
    for one, other in combinations([review for review in plan.open if review.starts_on and review.ends_on], 2):
        if one.initiative_id == other.initiative_id and one.starts_on <= other.ends_on and other.starts_on <= one.ends_on:
            text = _("%(one)s %(first)s to %(last)s and %(other)s %(begins)s to %(ends)s ask the same people.") % {
                "one": one.short, "first": words.day(one.starts_on), "last": words.day(one.ends_on),
                "other": other.short, "begins": words.day(other.starts_on), "ends": words.day(other.ends_on),
            }  # fmt: skip
            yield Fault(ERROR, _("%(one)s overlaps %(other)s.") % {"one": name(one), "other": name(other)}, text, (one.pk, other.pk))


def duplicated(plan: Plan) -> Iterator[Fault]:
    """The same type twice within three months, or the same subject by the same line."""
    for one, other in combinations(plan.open, 2):
        if one.initiative_id != other.initiative_id or not near(one, other):
            continue
        shared = subjects(one) & subjects(other)
        if one.kind == other.kind and one.kind != lists.OWN:
            text = _("%(one)s and %(other)s lie within three months of each other.") % {"one": one.ref, "other": other.ref}
            yield Fault(WARNING, _("%(review)s is planned twice.") % {"review": name(one)}, text, (one.pk, other.pk))
        elif shared and lists.line_number(one.line) == lists.line_number(other.line):
            text = _("Both cover %(what)s, by the same line, within three months.") % {"what": "; ".join(sorted(shared))[:160]}
            lead = _("%(one)s and %(other)s look at the same.") % {"one": name(one), "other": name(other)}
            yield Fault(WARNING, lead, text, (one.pk, other.pk))


def near(one: Any, other: Any) -> bool:
    days = one.first_day, other.first_day
    return None not in days and abs(days[0] - days[1]) <= DUPLICATE_WITHIN


def subjects(review: Any) -> set[str]:
    return {line.strip().lower() for line in review.covers.splitlines() if line.strip()}


def unready(plan: Plan) -> Iterator[Fault]:
    """Assessment meeting out of time, no leader, no plan to take a window from."""
    for review in plan.open:
        span = review.meeting_span
        if review.state in ("proposed", "agreed") and span:
            if review.meeting_on and not span[0] <= review.meeting_on <= span[1]:
                text = _("It is set for %(day)s; 12 to 14 weeks before the review is %(first)s to %(last)s.") % {
                    "day": words.day(review.meeting_on), "first": words.day(span[0]), "last": words.day(span[1]),
                }  # fmt: skip
                lead = _("The assessment meeting of %(review)s is out of time.") % {"review": name(review)}
                yield Fault(WARNING, lead, text, (review.pk,))
            elif review.meeting_on is None and span[1] < plan.today:
                text = _("It was due by %(day)s, 12 weeks before the review.") % {"day": words.day(span[1])}
                yield Fault(WARNING, _("%(review)s has no assessment meeting.") % {"review": name(review)}, text, (review.pk,))
        if review.state in FOLLOWING and review.first_day and review.first_day - plan.today <= LEADER_BEFORE and review.pk not in plan.led:
            text = _("It begins on %(day)s at the earliest.") % {"day": words.day(review.first_day)}
            yield Fault(WARNING, _("%(review)s has no leader.") % {"review": name(review)}, text, (review.pk,))
        is_gate = review.type is not None and review.type.gate is not None and review.initiative.kind == "project"
        if is_gate and review.state in FOLLOWING and review.initiative_id not in plan.planned:
            text = _("Its initiative has no live plan, so that nothing says when it is due. Load the plan, or tie it to a milestone.")
            yield Fault(WARNING, _("%(review)s hangs in the air.") % {"review": name(review)}, text, (review.pk,))


def unanswered(plan: Plan) -> Iterator[Fault]:
    """A Red whose action plan nobody assures."""
    answered = {review.follows_id for review in plan.live if review.kind == "aap"}
    for review in plan.live:
        if review.pk in plan.red and review.pk not in answered:
            text = _("Plan an assurance of action plan that follows it.")
            yield Fault(ERROR, _("%(review)s was Red and nobody assures its action plan.") % {"review": name(review)}, text, (review.pk,))


QUESTIONS: tuple[Callable[[Plan], Iterable[Fault]], ...] = (
    after_decision, window_gone, unanswered, missing, overlapping, duplicated, unready,
)  # fmt: skip


def faults(plan: Plan) -> list[Fault]:
    """All faults, errors first."""
    found = [fault for question in QUESTIONS for fault in question(plan)]
    return sorted(found, key=lambda fault: fault.tone != ERROR)


def by_review(found: Iterable[Fault]) -> dict[int, list[Fault]]:
    held: dict[int, list[Fault]] = defaultdict(list)
    for fault in found:
        for pk in fault.reviews:
            held[pk].append(fault)
    return held
