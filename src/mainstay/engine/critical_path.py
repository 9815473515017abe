"""The critical path method: earliest and latest dates, floats, what is critical and what drives what, for a whole network of projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from mainstay.engine import network as networks
from mainstay.engine.backward_pass import EFFORT, backward
from mainstay.engine.calendar_table import NEVER, Ints
from mainstay.engine.errors import CalendarError, ConstraintError, UnknownActivityError
from mainstay.engine.floats import each_float, on_longest_path, put_late
from mainstay.engine.forward_pass import ALAP, SUMMARY, forward
from mainstay.engine.network import Network
from mainstay.engine.plan import NONE, PlanData
from mainstay.engine.plan_arrays import Flags
from mainstay.engine.schedule_arrays import BY_CHILDREN, BY_SUCCESSORS, FAR, Dates, Problem, empty_dates, problem_of
from mainstay.engine.spanning import roll_up, span_efforts, span_wbs, spans_of

__all__ = ["ScheduleResult", "schedule"]


@dataclass(frozen=True, slots=True)
class ScheduleResult:
    """The dates of one plan: one entry an activity, in the order of ``PlanData.activities``.

    Attributes
    ----------
    early_start, early_finish, late_start, late_finish : int64 arrays
        Instants. A finish lies at the end of working time, a start at its beginning.
    start, finish : int64 arrays
        Where the activity is scheduled: its actual dates, the early ones, or the late ones if it is to lie as late as possible.
    total_float, free_float : int64 arrays
        Working minutes of the activity's calendar. Total float is negative where a date cannot be met; free float never is.
    critical : bool array
        Total float within the project's limit, or on its longest path, as the project's options say; never what is finished.
    driver : int64 array
        Place in ``PlanData.links`` of the link that sets the start; less than 0 for another reason (``schedule_arrays.BY_…``).
    driving : bool array
        One entry a link of the plan: it sets its successor's date, alone or with others.
    ends : int64 array
        One entry a project: the instant that its late dates count from.
    """

    plan: PlanData = field(repr=False)
    network: Network = field(repr=False)
    early_start: Ints
    early_finish: Ints
    late_start: Ints
    late_finish: Ints
    start: Ints
    finish: Ints
    total_float: Ints
    free_float: Ints
    critical: Flags
    driver: Ints
    driving: Flags
    ends: Ints
    node_driver: Ints = field(repr=False)

    def project_finish(self, project: str) -> int:
        """Instant at which the last activity of a project finishes."""
        return int(self.finish[self.last_activity(project)])

    def last_activity(self, project: str) -> int:
        """Place of the activity that finishes a project last; of several, one on which others wait longest (the last in the plan)."""
        columns = self.plan.arrays.activities
        inside = (columns.project == self.plan.arrays.project_numbers[project]) & (columns.kind != SUMMARY) & (columns.kind < EFFORT)
        places = np.flatnonzero(inside)
        if not places.size:
            raise UnknownActivityError(f"Project {project} has no activity; add one.")
        return int(places[np.flatnonzero(self.finish[places] == self.finish[places].max())[-1]])

    def driving_path(self, end: str) -> tuple[str, ...]:
        """Ids of the activities that drive one activity, first to last, with itself at the end. Summaries on the way are left out.

        Raises
        ------
        UnknownActivityError
        """
        if end not in self.plan.index:
            raise UnknownActivityError(f"There is no activity {end} in the plan; name one that it holds.")
        kind = self.plan.arrays.activities.kind
        nodes = networks.driving_path(self.network.links, self.node_driver, self.plan.index[end])
        kept = [node for node in nodes if node < kind.size and (kind[node] != SUMMARY or node == nodes[-1])]
        return tuple(self.plan.activities[node].id for node in kept)


def schedule(plan: PlanData, network: Network | None = None) -> ScheduleResult:
    """Schedule a plan.

    Parameters
    ----------
    plan : PlanData
    network : Network, optional
        The plan's own network, where it has been built already.

    Raises
    ------
    CycleError
        When activities wait for each other.
    CalendarError
        When a calendar runs out of working time before the work does.

    Notes
    -----
    Time and memory grow with the number of activities and links. Conventions, with what they follow, are written down in
    ``docs/explanation/critical-path.md``.

    References
    ----------
    Kelley, J. E., *Critical-Path Planning and Scheduling: Mathematical Basis*, Operations Research 9 (1961) 296–320.

    Examples
    --------
    >>> from datetime import datetime
    >>> from mainstay.engine.plan import Activity, Link, Project
    >>> from mainstay.engine.worktime import Calendar, datetime_of, minute_of
    >>> office = Calendar("office", (((480, 720), (780, 1020)),) * 5 + ((),) * 2)
    >>> start = minute_of(datetime(2026, 11, 27, 8))
    >>> plan = PlanData(
    ...     (Project(id="P", calendar="office", start=start),), (office,),
    ...     (Activity(id="dig", project="P", duration=960), Activity(id="pour", project="P", duration=480)), (Link("dig", "pour"),))
    >>> result = schedule(plan)
    >>> datetime_of(result.finish[1]).isoformat(), result.critical.tolist(), result.driving_path("pour")
    ('2026-12-01T17:00:00', [True, True], ('dig', 'pour'))
    """
    network = networks.build(plan) if network is None else network
    problem = problem_of(plan, network)
    _check_finishes(plan, problem)
    dates = empty_dates(problem)
    forward(problem, dates, False)
    ends = _ends(problem, dates)
    backward(problem, dates, ends)
    problem, ends = _scheduled_backwards(problem, dates, ends)
    _as_late_as_possible(problem, dates, ends)
    _span(plan, network, problem, dates, ends)
    _check_reached(plan, dates)
    return _result(plan, network, problem, dates, ends)


def _check_finishes(plan: PlanData, problem: Problem) -> None:
    for project, open_end in zip(plan.projects, problem.projects.from_finish & (problem.projects.finish == NONE), strict=True):
        if open_end:
            raise ConstraintError(f"Project {project.id} is scheduled back from its finish but has none; give the date.")


def _ends(problem: Problem, dates: Dates) -> Ints:
    """Return the end of each project: the one it was given, else the last finish of its own or, by its options, of all activities."""
    projects, columns = problem.projects, problem.activities
    placed = np.flatnonzero((columns.kind < EFFORT) & (columns.kind != SUMMARY))
    last = np.where(
        projects.remaining_from_status_date[columns.project], dates.early_finish[: columns.kind.size], dates.finish[: columns.kind.size]
    )
    latest = np.full(projects.start.size, -FAR)
    np.maximum.at(latest, columns.project[placed], last[placed])
    latest = np.where(latest == -FAR, projects.start, latest)
    latest = np.where(projects.own_end, latest, latest.max(initial=latest[0]))
    return np.where(projects.finish != NONE, projects.finish, latest)


def _scheduled_backwards(problem: Problem, dates: Dates, ends: Ints) -> tuple[Problem, Ints]:
    """Let the projects that are scheduled from their finish begin as late as they may, and lie there."""
    from_finish, columns = problem.projects.from_finish, problem.activities
    if not from_finish.any():
        return problem, ends
    inside = np.flatnonzero(from_finish[columns.project] & (columns.kind < EFFORT) & (columns.kind != SUMMARY))
    start = problem.projects.start.copy()
    start[from_finish] = ends[from_finish]
    np.minimum.at(start, columns.project[inside], dates.late_start[inside])
    problem = problem._replace(projects=problem.projects._replace(start=start))
    forward(problem, dates, False)
    ends = _ends(problem, dates)
    backward(problem, dates, ends)
    _put_at_late_dates(dates, inside[(columns.actual_start[inside] == NONE) & ~columns.manual[inside]])
    return problem, ends


def _as_late_as_possible(problem: Problem, dates: Dates, ends: Ints) -> None:
    columns = problem.activities
    late = (columns.constraint == ALAP) & (columns.actual_start == NONE) & ~columns.manual & (columns.kind != SUMMARY)
    if not late.any():
        return
    keeps = problem.projects.alap_keeps_successors[columns.project]
    moved = np.flatnonzero(late & ~keeps & ~problem.projects.from_finish[columns.project])
    if moved.size:
        forward(problem, dates, True)
        _put_at_late_dates(dates, moved)
    if (late & keeps).any():
        put_late(problem, dates, ends)


def _put_at_late_dates(dates: Dates, nodes: Ints) -> None:
    dates.start[nodes] = dates.late_start[nodes]
    dates.finish[nodes] = dates.late_finish[nodes]
    dates.driver[nodes] = BY_SUCCESSORS


def _span(plan: PlanData, network: Network, problem: Problem, dates: Dates, ends: Ints) -> None:
    if network.spanning.size or (problem.activities.kind == EFFORT).any():
        span_efforts(problem, dates, spans_of(plan, network), ends)
    roll_up(problem, dates)
    if (problem.activities.kind > EFFORT).any():
        span_wbs(problem, dates)


def _check_reached(plan: PlanData, dates: Dates) -> None:
    count = len(plan.activities)
    for column in (dates.start, dates.finish, dates.late_start, dates.late_finish):
        lost = np.abs(column[:count]) >= NEVER // 2
        if lost.any():
            name = plan.activities[int(np.argmax(lost))].id
            raise CalendarError(f"The calendar of activity {name} runs out of working time; give it a working week or more working days.")


def _result(plan: PlanData, network: Network, problem: Problem, dates: Dates, ends: Ints) -> ScheduleResult:
    count = len(plan.activities)
    total, free = np.zeros(count, np.int64), np.zeros(count, np.int64)
    each_float(problem, dates, ends, total, free)
    return ScheduleResult(
        plan=plan,
        network=network,
        early_start=dates.early_start[:count],
        early_finish=dates.early_finish[:count],
        late_start=dates.late_start[:count],
        late_finish=dates.late_finish[:count],
        start=dates.start[:count],
        finish=dates.finish[:count],
        total_float=total,
        free_float=free,
        critical=_critical(problem, dates, total),
        driver=_drivers(problem, dates, count),
        driving=_driving(plan, problem, dates),
        ends=ends,
        node_driver=dates.driver,
    )


def _critical(problem: Problem, dates: Dates, total: Ints) -> Flags:
    columns, projects = problem.activities, problem.projects
    critical: Flags = total <= projects.critical_slack[columns.project]
    longest = projects.longest_path[columns.project]
    if longest.any():
        last = projects.start.copy()
        placed = np.flatnonzero((columns.kind < EFFORT) & (columns.kind != SUMMARY))
        np.maximum.at(last, columns.project[placed], dates.finish[placed])
        at_end = np.zeros(problem.order.size, np.bool_)
        at_end[placed] = longest[placed] & (dates.finish[placed] == last[columns.project[placed]])
        on_longest_path(problem, dates, at_end)
        critical = np.where(longest, at_end[: columns.kind.size], critical)
    unfinished: Flags = columns.actual_finish == NONE
    critical &= unfinished
    return critical


def _drivers(problem: Problem, dates: Dates, count: int) -> Ints:
    """Return the planner's link behind each activity; what hangs from the gate of a summary is driven by what drives the gate."""
    origin, source = problem.links.origin, problem.links.source
    driver = dates.driver.copy()
    if not driver.size:
        return driver
    for _ in range(problem.order.size):
        held = np.flatnonzero((driver >= 0) & (origin[np.maximum(driver, 0)] < 0)) if origin.size else np.empty(0, np.int64)
        through = held[source[driver[held]] >= count]
        if not through.size:
            break
        driver[through] = dates.driver[source[driver[through]]]
    by_link = driver >= 0
    found = np.where(by_link, origin[np.maximum(driver, 0)], driver) if origin.size else driver
    return np.where(by_link & (found < 0), BY_CHILDREN, found)[:count]


def _driving(plan: PlanData, problem: Problem, dates: Dates) -> Flags:
    driving = np.zeros(len(plan.links), np.bool_)
    planned = problem.links.origin >= 0
    np.logical_or.at(driving, problem.links.origin[planned], dates.driving[planned])
    return driving


def by_id(result: ScheduleResult, values: Ints) -> Mapping[str, int]:
    """Pair the ids of the activities with one of the result's arrays."""
    return dict(zip((activity.id for activity in result.plan.activities), values.tolist(), strict=True))


def path_through(result: ScheduleResult, ends: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Driving paths to several ends."""
    return {end: result.driving_path(end) for end in ends}
