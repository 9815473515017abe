"""What one reader may see of an integrated plan: projects and agreements. The only way from its pages to rows, with `milestone.dating`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, F, QuerySet, When
from django.http import HttpRequest

from mainstay.accounts.models import Account
from mainstay.engine.worktime import EPOCH, datetime_of
from mainstay.initiatives.finding import initiative_for
from mainstay.initiatives.models import Initiative
from mainstay.planning.calculations import Calculated
from mainstay.planning.dependency.model import OVER
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency
from mainstay.planning.plan.register import PlanRegister
from mainstay.planning.programme import Line
from mainstay.planning.workdays import STANDARD, WorkDays
from mainstay.register import asat
from mainstay.register.access import below, visible_to
from mainstay.register.asat import Moment


def initiative_of(request: HttpRequest, pk: int) -> Initiative:
    """The initiative, where its reader may see plans; else it does not exist for them."""
    return initiative_for(request, pk, PlanRegister)


def visible_unresolved(account: Account | None, found: Calculated) -> list[str]:
    """The agreements that join nothing, as far as the reader may see their records."""
    keys = found.inputs.unresolved_keys
    allowed = set(visible_to(account, DependencyRegister).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    return [text for key, text in zip(keys, found.inputs.unresolved, strict=True) if key in allowed]


def visible_projects(account: Account | None, found: Calculated) -> tuple[int, ...]:
    """Places of the projects whose plans the reader may see."""
    keys = [project.plan for project in found.programme.projects]
    allowed = set(visible_to(account, PlanRegister).filter(pk__in=keys).values_list("pk", flat=True))
    return tuple(place for place, key in enumerate(keys) if key in allowed)


MOST = 100
"""Dependencies, and milestones, on one page; the lists hold the rest."""


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """A dependency with what the integrated plan says of it."""

    record: Dependency
    url: str
    give: str
    get: str
    forecast: date | None
    """When the giving activity finishes in the integrated plan; else what the record says."""
    wanted: date | None
    """When the getting activity would start without it; else the date needed."""

    days: WorkDays = STANDARD
    """The working days of the getter, who waits."""

    @property
    def given(self) -> date | None:
        return self.forecast or self.record.promised_by

    @property
    def buffer_days(self) -> int | None:
        """Working days between hand-over and need; negative is late."""
        return self.days.between(self.given, self.record.needed_by) if self.record.needed_by and self.given else None

    @property
    def drift_days(self) -> int | None:
        """Working days from the promise to the forecast."""
        return self.days.between(self.record.promised_by, self.forecast) if self.forecast and self.record.promised_by else None

    @property
    def is_late(self) -> bool:
        """By the day: what comes on the Sunday after is late, though by no working day."""
        return bool(self.record.needed_by and self.given and self.given > self.record.needed_by)

    @property
    def is_drifting(self) -> bool:
        return bool(self.forecast and self.record.promised_by and self.forecast > self.record.promised_by)

    @property
    def state(self) -> str:
        """The state of the record in words."""
        states = DependencyRegister.states
        return str(states.label(self.record.state)) if states else ""

    @property
    def standing(self) -> str:
        if self.record.state in OVER:
            return self.record.state
        if self.buffer_days is None:
            return "not dated"
        if self.is_late:
            return "late"
        return "at risk" if self.is_drifting or self.record.state != "agreed" else "on track"


def touching(account: Account | None, initiative: Initiative) -> QuerySet[Dependency]:
    """The dependencies that touch the initiative or anything below it, as far as the reader may see them."""
    touches = below("initiative__path", [initiative.path]) | below("giver__path", [initiative.path])
    return visible_to(account, DependencyRegister).filter(touches)


def agreements(account: Account | None, initiative: Initiative, found: Calculated, moment: Moment | None = None) -> list[AgreementLine]:
    """Those that join the plans and, of all others, `MOST`: the open ones first, the earliest need first."""
    ends = {bond.agreement: bond for bond in found.programme.bonds if bond.agreement is not None}
    held = touching(account, initiative).select_related("initiative", "giver", "owner", "giver_owner")
    others = (held if moment else held.filter(is_withdrawn=False)).exclude(pk__in=list(ends))
    ordered = others.order_by(Case(When(state__in=OVER, then=1), default=0), F("needed_by").asc(nulls_last=True), "pk")
    rows = [*held.filter(pk__in=list(ends)), *ordered[:MOST]]
    if moment is not None:
        rows = asat.roll_back(DependencyRegister, rows, asat.past_values(DependencyRegister, moment.sequence, [row.pk for row in rows]))
    rows = [row for row in rows if not row.is_withdrawn]
    lines = found.programme.lines
    days = {project.code: project.days for project in found.programme.projects}
    made = []
    for row in rows:
        bond = ends.get(row.pk)
        made.append(
            AgreementLine(
                record=row,
                url=DependencyRegister.url("detail", row),
                give=row.give_activity,
                get=row.get_activity,
                forecast=day_of(lines[bond.source].finish) if bond else row.forecast,
                wanted=day_of(lines[bond.target].start) if bond else row.needed_by,
                days=days.get(row.initiative.code, STANDARD),
            )
        )
    return sorted(made, key=lambda line: (line.record.needed_by or date.max, line.record.pk))


def day_of(instant: int | None) -> date | None:
    return datetime_of(instant).date() if instant is not None else None


def age_days(status: int | None, today: date) -> int | None:
    return (today - (EPOCH.date() + timedelta(minutes=status))).days if status is not None else None


def visible_lines(found: Calculated, visible: Sequence[int]) -> list[tuple[int, Line]]:
    allowed = set(visible)
    return [(place, line) for place, line in enumerate(found.programme.lines) if line.project in allowed]
