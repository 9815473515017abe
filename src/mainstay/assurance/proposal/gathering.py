"""What a calendar is proposed from: the reviews of a place that are not confirmed, the pool, and what is booked already."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.day_lists import days_in
from mainstay.assurance.member.availability import span
from mainstay.assurance.member.independence import parts
from mainstay.assurance.models import Review, Reviewer
from mainstay.assurance.proposal import bookings, pool, ties, windows
from mainstay.assurance.proposal.content import Asked, Left
from mainstay.assurance.proposal.foreseeing import foreseen
from mainstay.assurance.proposal.options import Options, rooms_in
from mainstay.assurance.review.steps import FOLLOWING
from mainstay.engine.assurance import inputs
from mainstay.initiatives.models import Initiative
from mainstay.initiatives.working_days import closed_days
from mainstay.register.access import below
from mainstay.register.errors import Refused
from mainstay.register.words import day

GATE_IMPORTANCE, IMPORTANCE = 20, 10


@dataclass(slots=True, kw_only=True)
class Inputs:
    """The problem in the engine's words, and the rows behind its ids."""

    place: Initiative
    first: date
    last: date
    problem: inputs.ReviewProblem
    reviews: dict[int, Any]
    reviewers: dict[int, Reviewer]
    whys: dict[int, str]
    standing: Mapping[int, tuple[int | None, tuple[int, ...]]]
    left: list[Left] = field(default_factory=list)
    fixed: int = 0
    beyond: int = 0
    forecasts: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Of the problem: the same rows give the same one."""
        return sha256(json.dumps(plain((self.problem, self.first, self.last))).encode()).hexdigest()


def gathered(place: Initiative, options: Options, account: Account | None, today: date) -> Inputs:
    """All of it in a number of queries that does not grow with the reviews. Raises Refused where there is nothing to place or nobody."""
    first, last = options.span(today)
    rows = below_place(place)
    if not any(touches(row, first, last, today) for row in rows):
        raise Refused(_("%(place)s has no review from %(first)s to %(last)s. Propose its reviews first.") % {
            "place": place, "first": day(first), "last": day(last),
        })  # fmt: skip
    people = bookings.pool()
    if not people:
        raise Refused(_("There are no reviewers. Enter the pool first: without them no review can be held."))
    fixed = [row for row in rows if is_fixed(row)]
    wanted = [row for row in rows if not is_fixed(row) and touches(row, first, last, today)]
    foretold = foreseen(place, options.basis, wanted, account)
    held = bookings.booked()
    found: dict[int, windows.Window] = {}
    left = []
    for row in wanted:
        looked = windows.window(row, today, options.notice_weeks, foretold.get(row.pk))
        if isinstance(looked, windows.Window):
            found[row.pk] = looked
        else:
            left.append(Left(review=asked(row), reasons=(looked.reason,), remedies=(looked.remedy,), was_first=row.starts_on))
    placed = [row for row in wanted if row.pk in found]
    made = Gathering(place, options, today, people, held, placed, found)
    return Inputs(
        place=place,
        first=first,
        last=last,
        problem=made.problem([row for row in fixed if span(row)]),
        reviews={row.pk: row for row in placed},
        reviewers={row.pk: row for row in people},
        whys={pk: one.why for pk, one in found.items()},
        standing=made.teams,
        left=left,
        fixed=sum(touches(row, first, last, today) for row in fixed),
        beyond=sum(not touches(row, first, last, today) for row in rows if not is_fixed(row)),
        forecasts=tuple(sorted({one.run for one in foretold.values()})),
    )


def below_place(place: Initiative) -> list[Any]:
    """The reviews at and below a place that are not closed or cancelled."""
    rows = Review.objects.filter(below("initiative__path", [place.path]), is_withdrawn=False).exclude(state="cancelled")
    return list(rows.select_related("initiative", "milestone__initiative", "follows", "owner").order_by("pk"))


def is_fixed(review: Any) -> bool:
    """Confirmed: its planning meeting was held and it has days, or it is further on."""
    return review.state not in FOLLOWING or (review.state == "planned" and bool(review.starts_on))


def touches(review: Any, first: date, last: date, today: date) -> bool:
    """Whether it can fall into these days; one without a window might, and one whose window is over needs another."""
    begin, end = review.first_day, review.last_day
    is_overdue = end is not None and end < today and review.state in FOLLOWING
    return is_overdue or ((begin is None or begin <= last) and (end is None or end >= first))


def asked(review: Any) -> Asked:
    return Asked(pk=review.pk, version=review.version, ref=review.ref, title=review.title, short=review.short, place=review.initiative.code)


class Gathering:
    """The parts of the engine's problem."""

    def __init__(
        self,
        place: Initiative,
        options: Options,
        today: date,
        people: Sequence[Reviewer],
        held: bookings.Held,
        rows: Sequence[Any],
        found: Mapping[int, windows.Window],
    ) -> None:
        self.place, self.options, self.today, self.people, self.rows, self.found = place, options, today, people, rows, found
        names = {row.pk for row in rows}
        self.rooms = rooms_in(options.rooms)
        self.spans = bookings.besides(held, names)
        self.before = ties.looked_at(held, names)
        self.ties = ties.Ties([row.initiative for row in rows], [one.person_id for one in people])
        self.teams = bookings.teams(one for places in held.values() for one in places if one.review_id in names)

    def problem(self, fixed: Sequence[Any]) -> inputs.ReviewProblem:
        days = [each for one in self.found.values() for each in (one.earliest, one.latest)] or [self.today]
        first, last = min(days), max(days)
        tied = {(one.pk, row.pk) for one in self.people for row in self.rows if self.ties.holds_role(one, row)}
        busy: dict[int, set[date]] = {}
        for row in fixed:
            busy.setdefault(row.initiative_id, set()).update(days_from(*span(row)))  # type: ignore[misc]  # those with days only
        return inputs.ReviewProblem(
            today=self.today,
            reviews=tuple(self.review(row, busy.get(row.initiative_id, set()), tied) for row in self.rows),
            reviewers=tuple(
                pool.reviewer(one, self.spans.get(one.pk, []), first, last, [tie(one.pk)] if any(pk == one.pk for pk, _r in tied) else [])
                for one in self.people
            ),
            rooms=self.rooms,
            rooms_used=self.rooms_used(fixed),
            in_a_row=ties.IN_A_ROW,
            before=ties.at_last(self.before),
            holidays=closed_days(self.place, range(first.year, last.year + 1)),
            agreed=tuple(self.agreed()),
        )

    def rooms_used(self, fixed: Iterable[Any]) -> dict[tuple[str, date], int]:
        """By the reviews that stay."""
        held = [(region(row), day) for row in fixed if region(row) in self.rooms for day in days_from(*span(row))]  # type: ignore[misc]  # those with days only
        return Counter(held)

    def review(self, row: Any, busy: set[date], tied: set[tuple[int, int]]) -> inputs.Review:
        window = self.found[row.pk]
        is_gate = row.type is not None and (row.type.gate is not None or row.kind == "aap")
        return inputs.Review(
            id=str(row.pk),
            earliest=window.earliest,
            latest=window.latest,
            preferred=window.preferred,
            days=row.days,
            lead_weeks=0 if windows.has_notice(row) else windows.lead_weeks(row, self.options.notice_weeks),
            members=min(row.members, 12),
            level=row.level,
            skills=frozenset(parts(row.skills)),
            region=region(row),
            needs_room=region(row) in self.rooms,
            turn="" if row.kind == "aap" else str(row.initiative_id),
            interests=frozenset({*self.ties.interests(row), *(tie(one.pk) for one in self.people if (one.pk, row.pk) in tied)}),
            barred=frozenset(map(str, ties.rotated(row, self.before.get(row.initiative_id, ())))),
            closed=days_in(row.unavailable) | busy,
            importance=GATE_IMPORTANCE if is_gate else IMPORTANCE,
            host=str(row.initiative_id),
        )

    def agreed(self) -> Iterable[inputs.Placement]:
        """The days that stand, with whoever is booked."""
        for row in self.rows:
            if row.starts_on:
                leader, members = self.teams.get(row.pk, (None, ()))
                yield inputs.Placement(str(row.pk), row.starts_on, str(leader or ""), tuple(map(str, members)))


def tie(reviewer: int) -> str:
    """The interest of one reviewer alone: a role at the place of a review, which no list of suppliers says."""
    return f"role of {reviewer}"


def region(review: Any) -> str:
    """Where it is held, as regions are compared."""
    return str(review.region).strip().lower()


def days_from(first: date, last: date) -> Iterable[date]:
    return (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))


def plain(value: Any) -> Any:
    """Lists and texts only, in an order that is the same wherever it is worked out: sets have none of their own."""
    if is_dataclass(value) and not isinstance(value, type):
        return [plain(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, Mapping):
        return [[plain(key), plain(value[key])] for key in sorted(value)]
    if isinstance(value, frozenset | set):
        return sorted(map(plain, value))
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
