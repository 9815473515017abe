"""What the passes of the critical path method read and write, as tuples of arrays that kernels take."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import CalendarTable, Ints
from mainstay.engine.network import Network
from mainstay.engine.network_kernels import LinkTable
from mainstay.engine.plan import NONE, PlanData
from mainstay.engine.plan_arrays import ActivityArrays, Bytes, Flags

FAR = 1 << 55
"""Later than any instant."""

# Why an activity starts when it does, where no link makes it (``ScheduleResult.driver``).
BY_PROJECT_START = -1
BY_CONSTRAINT = -2
BY_ACTUAL = -3
BY_HAND = -4
BY_STATUS_DATE = -5
BY_CHILDREN = -6
BY_SUCCESSORS = -7


class ProjectArrays(NamedTuple):
    """One entry a project; see ``plan_terms.Options``."""

    start: Ints
    finish: Ints
    status_date: Ints
    calendar: Ints
    progress: Bytes
    from_finish: Flags
    honour_constraints: Flags
    remaining_from_status_date: Flags
    own_end: Flags
    open_ends_are_critical: Flags
    alap_keeps_successors: Flags
    milestones_keep_their_instant: Flags
    start_lag_from_actual: Flags
    slack: Bytes
    critical_slack: Ints
    longest_path: Flags


class Problem(NamedTuple):
    """All that the passes read."""

    table: CalendarTable
    activities: ActivityArrays
    projects: ProjectArrays
    links: LinkTable
    order: Ints
    outgoing_first: Ints
    outgoing: Ints
    owner: Ints
    """The activity of each node: itself, or the summary of a gate."""


class Dates(NamedTuple):
    """All that the passes write: one entry a node, except ``driving`` (a link). Instants.

    ``start`` and ``finish`` are what links count from; ``remaining_start`` is where work that is not done yet starts, and
    ``late_remaining_start`` the latest such instant. ``summary_late_start`` is the latest start that successors allow a summary.
    """

    start: Ints
    finish: Ints
    early_start: Ints
    early_finish: Ints
    remaining_start: Ints
    late_start: Ints
    late_finish: Ints
    late_remaining_start: Ints
    summary_late_start: Ints
    driver: Ints
    driving: NDArray[np.bool_]


def problem_of(plan: PlanData, network: Network) -> Problem:
    owner = np.arange(network.nodes, dtype=np.int64)
    owner[network.activities :] = np.flatnonzero(network.gate >= 0)
    return Problem(
        plan.calendar_table,
        plan.arrays.activities,
        _project_arrays(plan),
        network.links,
        network.order,
        network.outgoing_first,
        network.outgoing,
        owner,
    )


def empty_dates(problem: Problem) -> Dates:
    nodes = problem.order.size
    return Dates(
        start=np.zeros(nodes, np.int64),
        finish=np.zeros(nodes, np.int64),
        early_start=np.zeros(nodes, np.int64),
        early_finish=np.zeros(nodes, np.int64),
        remaining_start=np.zeros(nodes, np.int64),
        late_start=np.zeros(nodes, np.int64),
        late_finish=np.zeros(nodes, np.int64),
        late_remaining_start=np.zeros(nodes, np.int64),
        summary_late_start=np.full(nodes, FAR, np.int64),
        driver=np.full(nodes, BY_PROJECT_START, np.int64),
        driving=np.zeros(problem.links.source.size, np.bool_),
    )


def _project_arrays(plan: PlanData) -> ProjectArrays:
    projects = plan.projects
    options = [project.options for project in projects]
    return ProjectArrays(
        start=np.array([project.start for project in projects], np.int64),
        finish=np.array([NONE if project.finish is None else project.finish for project in projects], np.int64),
        status_date=np.array([NONE if project.status_date is None else project.status_date for project in projects], np.int64),
        calendar=plan.arrays.project_calendar,
        progress=np.array([o.progress for o in options], np.int8),
        from_finish=np.array([o.from_finish for o in options], np.bool_),
        honour_constraints=np.array([o.honour_constraints for o in options], np.bool_),
        remaining_from_status_date=np.array([o.remaining_from_status_date for o in options], np.bool_),
        own_end=np.array([o.each_project_has_own_end for o in options], np.bool_),
        open_ends_are_critical=np.array([o.open_ends_are_critical for o in options], np.bool_),
        alap_keeps_successors=np.array([o.as_late_as_possible_keeps_successors for o in options], np.bool_),
        milestones_keep_their_instant=np.array([o.milestones_keep_their_instant for o in options], np.bool_),
        start_lag_from_actual=np.array([o.start_lag_from_actual for o in options], np.bool_),
        slack=np.array([o.slack for o in options], np.int8),
        critical_slack=np.array([o.critical_slack_minutes for o in options], np.int64),
        longest_path=np.array([o.longest_path_is_critical for o in options], np.bool_),
    )
