"""What if: the joined plan with some activities moved or made longer, scheduled again by the engine. Nothing of it is ever written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from mainstay.engine.critical_path import schedule
from mainstay.engine.errors import EngineError
from mainstay.engine.plan import NONE, Activity, ActivityKind, ConstraintType, PlanData
from mainstay.engine.worktime import EPOCH
from mainstay.formats.schedule import Schedule
from mainstay.planning import joining
from mainstay.planning.calculations import programme_of_files, with_dates
from mainstay.planning.comparison import called, in_words
from mainstay.planning.conversion import activity_key
from mainstay.planning.joining import Inputs
from mainstay.planning.programme import Programme
from mainstay.planning.receiving import schedule_of
from mainstay.planning.untangling import towards_one_end

MOST_CHANGES = 50
MOST_DAYS = 5000
MINUTES_A_DAY = 1440


@dataclass(frozen=True, slots=True)
class Change:
    """An activity that starts no earlier than a day, or lasts another number of working days; None leaves it as it is."""

    project: str
    uid: int
    start: date | None = None
    days: float | None = None

    @property
    def key(self) -> str:
        return activity_key(self.project, self.uid)

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"{self.project}:{self.uid}:{self.start or ''}:{'' if self.days is None else f'{self.days:g}'}"


class ScenarioError(ValueError):
    """A change that cannot be tried, with the sentence that says why."""


def change_of(text: str) -> Change:
    """What `Change.__str__` writes."""
    parts = text.split(":")
    try:
        project, uid, start, days = parts
        made = Change(project, int(uid), date.fromisoformat(start) if start else None, float(days) if days else None)
    except ValueError:
        raise ScenarioError(_("“%(text)s” is no change of an activity.") % {"text": text[:60]}) from None
    if made.days is not None and not 0 <= made.days <= MOST_DAYS:
        raise ScenarioError(_("A length is a number of working days from 0 to %(most)d.") % {"most": MOST_DAYS})
    if made.start is not None and not EPOCH.year <= made.start.year <= EPOCH.year + 200:
        raise ScenarioError(_("The start %(day)s lies outside what a plan can hold.") % {"day": made.start})
    return made


@dataclass(frozen=True, slots=True)
class Ready:
    """What every scenario of one input starts from."""

    files: Programme
    plan: PlanData
    schedules: Mapping[str, Schedule]


def ready(given: Inputs) -> Ready:
    """Read and join the plans; the last ones are kept, since each step of a drag asks for the same."""
    return _ready(given.digest, Given(given))


class Given:
    """Carries the inputs past the cache, whose key is their digest alone."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Given)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=2)
def _ready(_digest: str, given: Given) -> Ready:
    schedules = {plan.initiative.code: schedule_of(plan) for plan in given.inputs.plans}
    return Ready(programme_of_files(given.inputs, schedules), towards_one_end(joining.join(given.inputs, schedules)), schedules)


def tried(given: Inputs, changes: Sequence[Change]) -> Programme:
    """The integrated plan with the changes.

    Raises
    ------
    ScenarioError
        With one sentence, where a change cannot be tried or the plans make no network.
    """
    try:
        start = ready(given)
        return with_dates(given, start.files, schedule(changed(start, changes)), dict(start.schedules))
    except EngineError as error:
        names = {activity_key(plan.initiative.code, row.uid): called(row) for plan in given.plans for row in schedule_of(plan).activities}
        raise ScenarioError(str(in_words(error, names))) from error


def changed(start: Ready, changes: Sequence[Change]) -> PlanData:
    plan = start.plan
    wanted: dict[int, Activity] = {}
    for change in changes[:MOST_CHANGES]:
        at = plan.index.get(change.key)
        if at is None:
            raise ScenarioError(
                _("%(project)s has no activity %(uid)d that can be moved.") % {"project": change.project[:20], "uid": change.uid}
            )
        minutes = round(start.schedules[change.project].minutes_per_day or joining.MINUTES_A_DAY)
        wanted[at] = moved(wanted.get(at, plan.activities[at]), change, minutes)
    if not wanted:
        return plan
    return replace(plan, activities=tuple(wanted.get(at, activity) for at, activity in enumerate(plan.activities)))


def moved(activity: Activity, change: Change, minutes_a_day: int) -> Activity:
    """With another length, and held to start no earlier than the day; what has started or is finished keeps what has happened."""
    if activity.kind not in (ActivityKind.TASK, ActivityKind.MILESTONE):
        raise ScenarioError(_("Only activities and milestones can be moved; a summary follows what it holds."))
    if activity.actual_finish not in (None, NONE):
        raise ScenarioError(_("What is finished cannot be moved."))
    if change.days is not None:
        length = round(change.days * (MINUTES_A_DAY if activity.elapsed else minutes_a_day))
        left = None if activity.remaining is None else max(0, activity.remaining + length - activity.duration)
        activity = replace(activity, duration=length, remaining=left, fixed_finish=None)
    if change.start is not None:
        if activity.actual_start not in (None, NONE):
            raise ScenarioError(_("What has started cannot start on another day; change its length."))
        instant = (change.start - EPOCH.date()).days * MINUTES_A_DAY
        if activity.manual:
            return replace(activity, fixed_start=instant, fixed_finish=None)
        activity = replace(activity, constraint=ConstraintType.START_NO_EARLIER_THAN, constraint_date=instant)
    return activity
