"""What the dashboard shows: counts over everything below an initiative, and for one page of projects what stands beside each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.register import words
from mainstay.register.access import below, may, visible_to
from mainstay.register.spec import Register
from mainstay.reporting.challenge.register import ChallengeRegister
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.commission.register import CommissionRegister
from mainstay.reporting.definition.model import Cadence
from mainstay.reporting.project_return.model import Rating, Return
from mainstay.reporting.project_return.register import ReturnRegister
from mainstay.risk.issue.register import IssueRegister

PERIODS = 8
MOST_COMMISSIONS = 500
CADENCES = Cadence.values
PER_PAGE = 50
REPORTED = ("sent", "checked", "confirmed", "accepted")
ASKED = (*REPORTED, "asked", "started", "rejected")
RATINGS = (*Rating.values, "none")


@dataclass(slots=True)
class Period:
    """The ratings of one period, from all commissions that asked for them."""

    commissions: list[Commission]
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RATINGS, 0))

    @property
    def name(self) -> str:
        return self.commissions[0].period

    @property
    def only(self) -> Commission | None:
        """The one commission of the period, where there is one."""
        return self.commissions[0] if len(self.commissions) == 1 else None

    @property
    def asked(self) -> int:
        return sum(self.counts.values())

    @property
    def silent(self) -> int:
        return self.counts["none"]


@dataclass(frozen=True, slots=True)
class Line:
    """One project of the page."""

    initiative: Initiative
    ratings: list[str]
    latest: Return | None
    reported_on: date | None
    days_old: int | None
    overdue: Mapping[str, int]

    @property
    def rating(self) -> str:
        return self.ratings[-1] if self.ratings else "none"


@dataclass(frozen=True, slots=True)
class Dashboard:
    periods: list[Period]
    lines: list[Line]
    total: int
    questions: int


def dashboard(place: Initiative, account: Account | None, *, rating: str = "", page: int = 1) -> Dashboard:
    """The dashboard of `place`; a constant number of queries, whatever lies below."""
    found = latest_periods(place, account)
    projects = visible_to(account, InitiativeRegister).filter(below("path", [place.path]), kind="project", is_withdrawn=False)
    projects = projects.exclude(state="closed")
    if rating in RATINGS and found:
        projects = projects.filter(rated(found[-1], rating))
    shown = list(projects.order_by("code")[(page - 1) * PER_PAGE : page * PER_PAGE])
    return Dashboard(
        counted(found, place, account),
        lines(shown, found, account),
        projects.count(),
        open_questions(place, account),
    )


def latest_periods(place: Initiative, account: Account | None) -> list[Period]:
    """The last periods for which projects below were asked for a rating, the oldest first; of one cadence, that of the highest place."""
    rows = visible_to(account, CommissionRegister).filter(is_withdrawn=False).exclude(state="cancelled").order_by("-period_to", "-pk")
    inside = rows.filter(below("initiative__path", [place.path]) | Q(initiative__in=[int(step) for step in place.path.split("/") if step]))
    has_rating = Exists(Return.objects.filter(commission=OuterRef("pk"), rating__gt=""))
    begun = list(inside.filter(has_rating).select_related("initiative", "definition")[:MOST_COMMISSIONS])
    if not begun:
        return []
    cadence = min(begun, key=lambda one: (one.initiative.path.count("/"), CADENCES.index(one.definition.cadence))).definition.cadence
    days = list(dict.fromkeys((one.period_from, one.period_to) for one in begun if one.definition.cadence == cadence))[:PERIODS]
    made: dict[tuple[date, date], Period] = {key: Period([]) for key in reversed(days)}
    # With those of the same periods that nobody has answered yet.
    asked = inside.filter(definition__cadence=cadence, period_to__in=[last for _first, last in days])
    for one in asked:
        if (one.period_from, one.period_to) in made:
            made[one.period_from, one.period_to].commissions.append(one)
    return list(made.values())


def of_periods(periods: Sequence[Period], account: Account | None) -> QuerySet[Return]:
    commissions = [one.pk for period in periods for one in period.commissions]
    return visible_to(account, ReturnRegister).filter(commission__in=commissions, is_withdrawn=False, state__in=ASKED)


def counted(periods: list[Period], place: Initiative, account: Account | None) -> list[Period]:
    """The periods with how many claim what."""
    of = {one.pk: period for period in periods for one in period.commissions}
    rows = of_periods(periods, account).filter(below("initiative__path", [place.path], Return))
    for pk, rating, state, count in rows.order_by().values_list("commission", "rating", "state").annotate(count=Count("pk")):
        name = rating if rating and state in REPORTED else "none"
        of[pk].counts[name] += count
    return periods


def rated(period: Period, rating: str) -> Q:
    rows = Return.objects.filter(commission__in=[one.pk for one in period.commissions], is_withdrawn=False)
    chosen = (
        rows.filter(state__in=ASKED).exclude(Q(rating__gt="") & Q(state__in=REPORTED))
        if rating == "none"
        else rows.filter(rating=rating, state__in=REPORTED)
    )
    return Q(pk__in=chosen.values("initiative"))


def lines(shown: Sequence[Initiative], periods: Sequence[Period], account: Account | None) -> list[Line]:
    ids = [one.pk for one in shown]
    of = {one.pk: number for number, period in enumerate(periods) for one in period.commissions}
    held: dict[int, dict[int, Return]] = {}
    for row in of_periods(periods, account).filter(initiative__in=ids):
        held.setdefault(row.initiative_id, {})[of[row.commission_id]] = row
    late = {name: by_initiative(rows.filter(initiative__in=ids)) for name, rows in late_rows(account).items()}
    return [line(one, held.get(one.pk, {}), len(periods), {name: counts.get(one.pk, 0) for name, counts in late.items()}) for one in shown]


def line(one: Initiative, rows: Mapping[int, Return], periods: int, overdue: Mapping[str, int]) -> Line:
    """`rows` by the number of their period."""
    ratings, reported = [], None
    for number in range(periods):
        row = rows.get(number)
        is_reported = row is not None and bool(row.rating) and row.state in REPORTED
        ratings.append(row.rating if row is not None and is_reported else "none")
        if row is not None and is_reported:
            reported = row
    on = words.local(reported.sent_at).date() if reported is not None and reported.sent_at else None
    latest = rows.get(periods - 1)
    return Line(one, ratings, latest, on, (timezone.localdate() - on).days if on else None, overdue)


def late_rows(account: Account | None) -> dict[str, QuerySet[Any]]:
    """Open milestones and issues past their day, by the name of their register."""
    found: dict[str, QuerySet[Any]] = {}
    for name, register in (("milestones", MilestoneRegister), ("issues", IssueRegister)):
        if may(account, "view", register):
            found[name] = late_of(register, account)
    return found


def late_of(register: type[Register], account: Account | None) -> QuerySet[Any]:
    states = register.states.open if register.states else ()
    return visible_to(account, register).filter(is_withdrawn=False, state__in=states, **{f"{register.due}__lt": timezone.localdate()})


def by_initiative(rows: QuerySet[Any]) -> dict[int, int]:
    counted: Iterable[tuple[int, int]] = rows.order_by().values_list("initiative").annotate(count=Count("pk"))
    return dict(counted)


def open_questions(place: Initiative, account: Account | None) -> int:
    if not may(account, "view", ChallengeRegister):
        return 0
    rows = visible_to(account, ChallengeRegister).filter(state="asked", is_withdrawn=False)
    return rows.filter(below("initiative__path", [place.path], ChallengeRegister.model)).count()
