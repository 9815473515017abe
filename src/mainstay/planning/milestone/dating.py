"""Milestones beside the integrated plan: what feeds each, what each feeder leaves to the approved date, and which one drives it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.planning.calculations import Calculated
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Milestone
from mainstay.planning.programme import Line, ProjectLine
from mainstay.planning.viewing import MOST, day_of
from mainstay.planning.workdays import STANDARD, WorkDays
from mainstay.register import asat
from mainstay.register.access import below, visible_to
from mainstay.register.asat import Moment


@dataclass(frozen=True, slots=True)
class FeederLine:
    """One activity of the integrated plan that a milestone waits for. Without `line` it is not there, or not for this reader."""

    name: str
    wanted: date | None
    """The approved date of the milestone."""
    place: int = -1
    line: Line | None = None
    project: ProjectLine | None = None
    is_hidden: bool = False
    is_driver: bool = False

    @property
    def finish(self) -> date | None:
        return day_of(self.line.finish) if self.line else None

    @property
    def baseline(self) -> date | None:
        return day_of(self.line.baseline_finish) if self.line else None

    @property
    def slack_days(self) -> int | None:
        """Working days of its own calendar from its finish to the approved date; negative: it comes after it."""
        if self.finish is None or self.wanted is None:
            return None
        return (self.project.days if self.project else STANDARD).between(self.finish, self.wanted)


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone of the register with its date in the integrated plan."""

    record: Milestone
    url: str
    calculated: date | None
    """The latest finish of its feeders, whoever may see them."""
    feeders: tuple[FeederLine, ...] = ()
    days: WorkDays = STANDARD

    @property
    def driver(self) -> FeederLine | None:
        return next((feeder for feeder in self.feeders if feeder.is_driver), None)

    @property
    def missing(self) -> list[str]:
        return [feeder.name for feeder in self.feeders if feeder.line is None and not feeder.is_hidden]

    @property
    def slip_days(self) -> int | None:
        """Working days of the project's calendar from the baseline."""
        at = self.record.actual or self.calculated or self.record.forecast
        return self.days.between(self.record.baseline_current, at) if at and self.record.baseline_current else None


def milestones(
    account: Account | None, initiative: Initiative, found: Calculated, visible: Sequence[int], moment: Moment | None = None
) -> list[MilestoneLine]:
    """The milestones of the initiative and all below it that the reader may see, by date; `MOST`, the open ones first."""
    held = visible_to(account, MilestoneRegister).filter(below("initiative__path", [initiative.path])).select_related("initiative", "owner")
    is_over = Case(When(state="planned", then=Value(0)), default=Value(1))
    by_date = Coalesce("actual", "forecast", "baseline_current").asc(nulls_last=True)
    rows: list[Any] = list((held if moment else held.filter(is_withdrawn=False)).order_by(is_over, by_date, "pk")[:MOST])
    if moment is not None:
        rows = asat.roll_back(MilestoneRegister, rows, asat.past_values(MilestoneRegister, moment.sequence, [row.pk for row in rows]))
    rows = [row for row in rows if not row.is_withdrawn and row.state != "cancelled"]
    names = Names(found, plan_paths(found), {name for row in rows for name in row.feeders})
    made = [line_of(row, names, frozenset(visible)) for row in rows]
    return sorted(
        made, key=lambda line: (line.calculated or line.record.expected or line.record.baseline_current or date.max, line.record.pk)
    )


def line_of(record: Milestone, names: "Names", visible: frozenset[int]) -> MilestoneLine:
    places = [(name, names.place(name, record.initiative)) for name in record.feeders]
    lines = names.found.programme.lines
    dated = [(finish, place) for _name, place in places if place >= 0 and (finish := lines[place].finish) is not None]
    last = max(dated, key=lambda pair: pair[0], default=(None, -1))
    projects = names.found.programme.projects
    feeders = tuple(
        feeder_line(name, place, record.baseline_current, names.found, visible, is_driver=place >= 0 and place == last[1])
        for name, place in places
    )
    own = next((project.days for project in projects if project.code == record.initiative.code), None)
    return MilestoneLine(
        record=record,
        url=MilestoneRegister.url("detail", record),
        calculated=day_of(last[0]),
        feeders=feeders,
        days=own or (projects[lines[last[1]].project].days if last[1] >= 0 else STANDARD),
    )


def feeder_line(name: str, place: int, wanted: date | None, found: Calculated, visible: frozenset[int], *, is_driver: bool) -> FeederLine:
    if place < 0:
        return FeederLine(name, wanted)
    line = found.programme.lines[place]
    if line.project not in visible:
        return FeederLine(name, wanted, is_hidden=True, is_driver=is_driver)
    return FeederLine(name, wanted, place, line, found.programme.projects[line.project], is_driver=is_driver)


class Names:
    """Places of the activities that `wanted` names, as people name them, in the whole of an integrated plan."""

    def __init__(self, found: Calculated, paths: Sequence[str], wanted: Collection[str]) -> None:
        self.found, self.paths = found, paths
        self.by_word: dict[str, list[int]] = {name.rpartition(":")[2].strip(): [] for name in wanted}
        for place, line in enumerate(found.programme.lines if wanted else ()):
            for word in {line.code, str(line.uid), line.name}:
                if word in self.by_word:
                    self.by_word[word].append(place)

    def place(self, name: str, initiative: Initiative) -> int:
        """The one activity of that name in the plans below `initiative`; -1 where there is none, or more than one."""
        project, _colon, bare = name.rpartition(":")
        lines, projects = self.found.programme.lines, self.found.programme.projects
        own = [
            place
            for place in self.by_word.get(bare.strip(), ())
            if self.paths[lines[place].project].startswith(initiative.path)
            and (not project or projects[lines[place].project].code.lower() == project.strip().lower())
        ]
        for word in ("code", "uid", "name"):
            matches = [place for place in own if str(getattr(lines[place], word)) == bare.strip()]
            if matches:
                return matches[0] if len(matches) == 1 else -1
        return -1


def plan_paths(found: Calculated) -> list[str]:
    """The path of each project's initiative, in the order of the programme's projects."""
    paths = {plan.initiative_id: plan.initiative.path for plan in found.inputs.plans}
    return [paths.get(project.initiative, "") for project in found.programme.projects]
