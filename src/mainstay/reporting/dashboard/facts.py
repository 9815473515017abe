"""What the dashboard shows: counts over everything below an initiative, and for one page of projects what stands beside each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.initiatives import scale as scales
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.initiatives.scale import Scale
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.register import words
from mainstay.register.access import below, may, visible_to
from mainstay.register.document import DocumentError
from mainstay.register.spec import Register
from mainstay.register.store import StoreError
from mainstay.reporting.challenge.register import ChallengeRegister
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.commission.register import CommissionRegister
from mainstay.reporting.cycle import filling
from mainstay.reporting.definition.model import Cadence
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.project_return.register import ReturnRegister
from mainstay.reporting.scale.rating import Rating
from mainstay.reporting.tolerance.measuring import positions_of
from mainstay.risk.exception_report.register import ExceptionReportRegister
from mainstay.risk.issue.register import IssueRegister

PERIODS = 8
MOST_COMMISSIONS = 500
CADENCES = Cadence.values
PER_PAGE = 50
REPORTED = ("sent", "checked", "confirmed", "accepted")
ASKED = (*REPORTED, "asked", "started", "rejected")
RATINGS = (*Rating.values, "none")
Days = tuple[date, date]


@dataclass(slots=True)
class Period:
    """The ratings of one period on one scale, from all commissions that asked for them. No count joins two scales."""

    commissions: list[Commission]
    scale: Scale = field(default_factory=lambda: scales.of(scales.LOCAL))
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.counts = dict.fromkeys([*(step.value for step in self.scale.answers), "none"], 0)

    @property
    def days(self) -> Days:
        return self.commissions[0].period_from, self.commissions[0].period_to

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
    claims: list[tuple[str, str]]
    """Scale and rating of each period, oldest first."""
    latest: Return | None
    reported_on: date | None
    days_old: int | None
    overdue: Mapping[str, int]
    beyond: tuple[str, ...] = ()
    """What is, or will be, beyond its tolerance."""
    exceptions: int = 0
    """Exception reports that no board has decided yet."""

    @property
    def ratings(self) -> list[str]:
        return [rating for _scale, rating in self.claims]

    @property
    def strip(self) -> list[str]:
        """The ratings, with `break` where the scale changes."""
        return scales.with_breaks(self.claims)

    @property
    def rating(self) -> str:
        return self.ratings[-1] if self.claims else "none"

    @property
    def scale_label(self) -> str:
        return scales.label(self.claims[-1][0]) if self.claims and self.rating != "none" else ""


@dataclass(frozen=True, slots=True)
class Dashboard:
    periods: list[Period]
    lines: list[Line]
    total: int
    questions: int

    @property
    def latest(self) -> list[Period]:
        """The latest period on each of its scales, the one that most were asked on last."""
        return [period for period in self.periods if period.days == self.periods[-1].days]


def dashboard(place: Initiative, account: Account | None, *, rating: str = "", scale: str = "", page: int = 1) -> Dashboard:
    """The dashboard of `place`; a constant number of queries, whatever lies below."""
    found = in_order(counted(latest_periods(place, account), place, account))
    projects = visible_to(account, InitiativeRegister).filter(below("path", [place.path]), kind="project", is_withdrawn=False)
    projects = projects.exclude(state="closed")
    if rating in RATINGS and found:
        now = [period for period in found if period.days == found[-1].days]
        projects = projects.filter(rated(next((period for period in now if period.scale.key == scale), now[-1]), rating))
    shown = list(projects.order_by("code")[(page - 1) * PER_PAGE : page * PER_PAGE])
    return Dashboard(
        found,
        lines(shown, found, account),
        projects.count(),
        open_questions(place, account),
    )


def latest_periods(place: Initiative, account: Account | None, until: date | None = None) -> list[Period]:
    """The last periods for which projects below were asked for a rating, the oldest first; of one cadence, that of the highest place.

    With `until` those that had begun by that day.
    """
    rows = visible_to(account, CommissionRegister).filter(is_withdrawn=False).exclude(state="cancelled").order_by("-period_to", "-pk")
    rows = rows.filter(period_from__lte=until) if until is not None else rows
    inside = rows.filter(below("initiative__path", [place.path]) | Q(initiative__in=[int(step) for step in place.path.split("/") if step]))
    has_rating = Exists(Return.objects.filter(commission=OuterRef("pk"), rating__gt=""))
    begun = list(inside.filter(has_rating).select_related("initiative", "definition")[:MOST_COMMISSIONS])
    if not begun:
        return []
    cadence = min(begun, key=lambda one: (one.initiative.path.count("/"), CADENCES.index(one.definition.cadence))).definition.cadence
    days = list(dict.fromkeys((one.period_from, one.period_to) for one in begun if one.definition.cadence == cadence))[:PERIODS]
    made: dict[tuple[Days, str], Period] = {}
    # With those of the same periods that nobody has answered yet.
    asked = inside.filter(definition__cadence=cadence, period_to__in=[last for _first, last in days])
    for one in asked:
        if (one.period_from, one.period_to) in days:
            scale = scale_of(one)
            made.setdefault(((one.period_from, one.period_to), scale.key), Period([], scale)).commissions.append(one)
    return [made[key] for key in sorted(made, key=lambda key: (-days.index(key[0]), key[1]))]


def scale_of(commission: Commission) -> Scale:
    """The scale that a commission asks on; of one whose definition is damaged the local one, which was the first."""
    try:
        return filling.content_under(commission.content_digest).rating_scale
    except (StoreError, DocumentError):
        return scales.of(scales.LOCAL)


def in_order(periods: list[Period]) -> list[Period]:
    """The oldest first; of one period on several scales the one last that most were asked on."""
    days = list(dict.fromkeys(period.days for period in periods))
    return sorted(periods, key=lambda period: (days.index(period.days), period.asked))


def of_periods(periods: Sequence[Period], account: Account | None) -> QuerySet[Return]:
    commissions = [one.pk for period in periods for one in period.commissions]
    return visible_to(account, ReturnRegister).filter(commission__in=commissions, is_withdrawn=False, state__in=ASKED)


def counted(periods: list[Period], place: Initiative, account: Account | None) -> list[Period]:
    """The periods with how many claim what."""
    of = {one.pk: period for period in periods for one in period.commissions}
    rows = of_periods(periods, account).filter(below("initiative__path", [place.path], Return))
    for pk, rating, state, count in rows.order_by().values_list("commission", "rating", "state").annotate(count=Count("pk")):
        period = of[pk]
        name = rating if rating in period.counts and state in REPORTED else "none"
        period.counts[name] += count
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
    days = list(dict.fromkeys(period.days for period in periods))
    of = {one.pk: days.index(period.days) for period in periods for one in period.commissions}
    held: dict[int, dict[int, Return]] = {}
    for row in of_periods(periods, account).filter(initiative__in=ids):
        number = of[row.commission_id]
        if number not in held.setdefault(row.initiative_id, {}) or is_reported(row):
            held[row.initiative_id][number] = row
    late = {name: by_initiative(rows.filter(initiative__in=ids)) for name, rows in late_rows(account).items()}
    beyond, reported = positions_of(shown, account), exceptions(ids, account)
    made = [line(one, held.get(one.pk, {}), len(days), {name: counts.get(one.pk, 0) for name, counts in late.items()}) for one in shown]
    return [
        replace(
            one,
            beyond=tuple(position.text for position in beyond.get(one.initiative.pk, ()) if position.is_breached),
            exceptions=reported.get(one.initiative.pk, 0),
        )
        for one in made
    ]


def exceptions(ids: list[int], account: Account | None) -> dict[int, int]:
    """Open exception reports, by initiative."""
    if not may(account, "view", ExceptionReportRegister):
        return {}
    rows = visible_to(account, ExceptionReportRegister).filter(initiative__in=ids, is_withdrawn=False).exclude(state="decided")
    return by_initiative(rows)


def is_reported(row: Return | None) -> bool:
    return row is not None and bool(row.rating) and row.state in REPORTED


def line(one: Initiative, rows: Mapping[int, Return], periods: int, overdue: Mapping[str, int], day: date | None = None) -> Line:
    """`rows` by the number of their period; how old they are is counted to `day`, else to today."""
    claims = []
    reported = None
    for number in range(periods):
        row = rows.get(number)
        if row is not None and is_reported(row):
            reported = row
            claims.append((row.scale, row.rating))
        else:
            claims.append(("", "none"))
    on = words.local(reported.sent_at).date() if reported is not None and reported.sent_at else None
    latest = rows.get(periods - 1)
    return Line(one, claims, latest, on, ((day or timezone.localdate()) - on).days if on else None, overdue)


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
