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
from mainstay.reporting.project_return.model import Rating, Return
from mainstay.reporting.project_return.register import ReturnRegister
from mainstay.risk.issue.register import IssueRegister

PERIODS = 8
PER_PAGE = 50
REPORTED = ("sent", "checked", "confirmed", "accepted")
ASKED = (*REPORTED, "asked", "started", "rejected")
RATINGS = (*Rating.values, "none")


@dataclass(slots=True)
class Period:
    """The ratings of one commission."""

    commission: Commission
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RATINGS, 0))

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
    commissions = latest_commissions(place, account)
    latest = commissions[-1] if commissions else None
    projects = visible_to(account, InitiativeRegister).filter(below("path", [place.path]), kind="project", is_withdrawn=False)
    projects = projects.exclude(state="closed")
    if rating in RATINGS and latest is not None:
        projects = projects.filter(rated(latest, rating))
    shown = list(projects.order_by("code")[(page - 1) * PER_PAGE : page * PER_PAGE])
    return Dashboard(
        periods(commissions, place, account),
        lines(shown, commissions, account),
        projects.count(),
        open_questions(place, account),
    )


def latest_commissions(place: Initiative, account: Account | None) -> list[Commission]:
    """The last commissions with ratings that reach what lies below, the oldest first; one definition, so that a scale is never mixed."""
    rows = visible_to(account, CommissionRegister).filter(is_withdrawn=False).exclude(state="cancelled")
    inside = rows.filter(below("initiative__path", [place.path]) | Q(initiative__in=[int(step) for step in place.path.split("/") if step]))
    rated_ones = inside.filter(Exists(Return.objects.filter(commission=OuterRef("pk"), rating__gt=""))).order_by("-period_to", "-pk")
    found = list(rated_ones.select_related("initiative")[: PERIODS * 3])
    kept = [one for one in found if one.definition_id == found[0].definition_id][:PERIODS]
    return kept[::-1]


def of_commission(commissions: Sequence[Commission], account: Account | None) -> QuerySet[Return]:
    return visible_to(account, ReturnRegister).filter(commission__in=commissions, is_withdrawn=False, state__in=ASKED)


def periods(commissions: Sequence[Commission], place: Initiative, account: Account | None) -> list[Period]:
    made = {commission.pk: Period(commission) for commission in commissions}
    rows = of_commission(commissions, account).filter(below("initiative__path", [place.path], Return))
    for pk, rating, state, count in rows.order_by().values_list("commission", "rating", "state").annotate(count=Count("pk")):
        name = rating if rating and state in REPORTED else "none"
        made[pk].counts[name] += count
    return list(made.values())


def rated(commission: Commission, rating: str) -> Q:
    rows = Return.objects.filter(commission=commission, is_withdrawn=False)
    chosen = (
        rows.filter(state__in=ASKED).exclude(Q(rating__gt="") & Q(state__in=REPORTED))
        if rating == "none"
        else rows.filter(rating=rating, state__in=REPORTED)
    )
    return Q(pk__in=chosen.values("initiative"))


def lines(shown: Sequence[Initiative], commissions: Sequence[Commission], account: Account | None) -> list[Line]:
    ids = [one.pk for one in shown]
    held: dict[int, dict[int, Return]] = {}
    for row in of_commission(commissions, account).filter(initiative__in=ids):
        held.setdefault(row.initiative_id, {})[row.commission_id] = row
    late = {name: by_initiative(rows.filter(initiative__in=ids)) for name, rows in late_rows(account).items()}
    return [line(one, held.get(one.pk, {}), commissions, {name: counts.get(one.pk, 0) for name, counts in late.items()}) for one in shown]


def line(one: Initiative, rows: Mapping[int, Return], commissions: Sequence[Commission], overdue: Mapping[str, int]) -> Line:
    ratings, reported = [], None
    for commission in commissions:
        row = rows.get(commission.pk)
        is_reported = row is not None and bool(row.rating) and row.state in REPORTED
        ratings.append(row.rating if row is not None and is_reported else "none")
        if row is not None and is_reported:
            reported = row
    on = words.local(reported.sent_at).date() if reported is not None and reported.sent_at else None
    latest = rows.get(commissions[-1].pk) if commissions else None
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
