"""The reviews of a place in a time, as far as their reader may see them, with teams and faults: a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.assurance.calendar.period import Period
from mainstay.assurance.member.register import MemberRegister
from mainstay.assurance.plan.drawing import Row
from mainstay.assurance.plan.faults import Plan, by_review, faults
from mainstay.assurance.review.register import ReviewRegister
from mainstay.assurance.review.steps import FOLLOWING
from mainstay.planning.models import Plan as LivePlan
from mainstay.register.access import below, visible_to

MOST = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A review of the calendar."""

    review: Any
    state: str
    leader: str
    members: tuple[str, ...]
    faults: tuple[Any, ...]

    @property
    def is_sure(self) -> bool:
        """Confirmed: its planning meeting was held, or it is further on."""
        return self.review.starts_on is not None and (self.review.state not in FOLLOWING or self.review.state == "planned")


@dataclass(slots=True)
class Gathered:
    """By the first day of a month; `undated` have neither days nor a window."""

    months: list[tuple[date, list[Entry]]] = field(default_factory=list)
    undated: list[Entry] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    today: date = field(default_factory=timezone.localdate)

    @property
    def entries(self) -> list[Entry]:
        return [entry for _month, entries in self.months for entry in entries]


def reviews_of(place: Any, account: Account | None) -> list[Any]:
    seen = visible_to(account, ReviewRegister).filter(below("initiative__path", [place.path]), is_withdrawn=False)
    return list(ReviewRegister.rows(seen.exclude(state="cancelled")).order_by("pk")[:MOST])


def gathered(place: Any, account: Account | None, period: Period) -> Gathered:
    rows = reviews_of(place, account)
    teams = teams_of(rows, account)
    today = timezone.localdate()
    live = LivePlan.objects.filter(initiative__in={one.initiative_id for one in rows}, is_live=True, is_withdrawn=False)
    planned = frozenset(live.values_list("initiative_id", flat=True)) | {one.initiative_id for one in rows if one.milestone_id}
    led = frozenset(pk for pk, (leader, _members) in teams.items() if leader)
    wrong = by_review(faults(Plan(reviews=rows, approvals=(), today=today, led=led, planned=planned)))
    entries = [entry(one, teams, wrong.get(one.pk, ())) for one in rows]
    found = Gathered(today=today)
    shown = sorted((one for one in entries if within(one.review, period)), key=lambda one: (at(one.review), one.review.pk))
    held: dict[date, list[Entry]] = defaultdict(list)
    for one in shown:
        held[max(at(one.review), period.first).replace(day=1)].append(one)
    found.months = sorted(held.items())
    found.undated = [one for one in entries if one.review.last_day is None]
    found.rows = rows_of([one.review for one in shown])
    return found


def entry(review: Any, teams: dict[int, tuple[str, tuple[str, ...]]], wrong: Sequence[Any]) -> Entry:
    states = ReviewRegister.states
    leader, members = teams.get(review.pk, ("", ()))
    return Entry(review, states.label(review.state) if states else "", leader, members, tuple(wrong))


def teams_of(reviews: Sequence[Any], account: Account | None) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Names of the booked leader and members, for whoever may look into teams."""
    rows = visible_to(account, MemberRegister).filter(review__in=[one.pk for one in reviews], state="booked", is_withdrawn=False)
    leaders: dict[int, str] = {}
    members: dict[int, list[str]] = defaultdict(list)
    for one in rows.select_related("reviewer").order_by("pk"):
        if one.part == "leader":
            leaders[one.review_id] = one.reviewer.title
        else:
            members[one.review_id].append(one.reviewer.title)
    return {pk: (leaders.get(pk, ""), tuple(members[pk])) for pk in {*leaders, *members}}


def at(review: Any) -> date:
    """The day by which it is put into the calendar: its first day, else the first of its window."""
    day: date = review.starts_on or review.window_from or review.last_day
    return day


def within(review: Any, period: Period) -> bool:
    """Whether its days, or its window where it has none, touch the period."""
    if review.last_day is None:
        return False
    last: date = (review.ends_on or review.starts_on) if review.starts_on else review.window_to
    return at(review) <= period.last and last >= period.first


def rows_of(reviews: Sequence[Any]) -> list[Row]:
    """A row for each initiative, in the order of the tree."""
    places = {one.initiative_id: one.initiative for one in reviews}
    held: dict[int, list[Any]] = defaultdict(list)
    for one in reviews:
        held[one.initiative_id].append(one)
    return [Row(places[pk], held[pk], ()) for pk in sorted(places, key=lambda pk: places[pk].path)]
