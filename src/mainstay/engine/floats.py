"""What follows from early and late dates: floats and the longest path. Kernels."""

from typing import Final

from mainstay.engine.backward_pass import EFFORT, binds
from mainstay.engine.calendar_table import Ints, add_working, next_working, previous_working, work_before
from mainstay.engine.compiled import inner_kernel, pure_kernel
from mainstay.engine.forward_pass import ALAP, SNLT, SUMMARY
from mainstay.engine.plan_arrays import NONE, Flags
from mainstay.engine.plan_terms import SlackBasis
from mainstay.engine.schedule_arrays import BY_SUCCESSORS, FAR, Dates, Problem
from mainstay.engine.standing_lags import FS, SS, before_lag, has_begun, is_remainder, leading_instant, starts_at_start

BY_START: Final = int(SlackBasis.START)
BY_FINISH: Final = int(SlackBasis.FINISH)


@inner_kernel
def link_slack(problem: Problem, dates: Dates, link: int) -> int:
    """Return the working minutes, by the predecessor's calendar, by which it can slip before this link moves its successor."""
    links, calendar = problem.links, problem.activities.base_calendar[problem.owner[problem.links.source[link]]]
    target = problem.owner[links.target[link]]
    to_start = links.type[link] == FS or links.type[link] == SS
    if is_remainder(problem, target):
        at = dates.early_start[target] if to_start else dates.early_finish[target]
    else:
        at = dates.start[target] if to_start else dates.finish[target]
    at = before_lag(problem, link, at)
    return work_before(problem.table, calendar, at) - work_before(problem.table, calendar, leading_instant(problem, dates, link))


@inner_kernel
def free_float(problem: Problem, dates: Dates, node: int, end: int) -> int:
    """Return the smallest slack of the links out of an activity; without any, what lies between its finish and the end."""
    best = FAR
    for place in range(problem.outgoing_first[node], problem.outgoing_first[node + 1]):
        link = problem.outgoing[place]
        if problem.links.origin[link] >= 0 and binds(problem, link):
            slack = link_slack(problem, dates, link)
            best = min(best, 0 if is_remainder(problem, node) and starts_at_start(problem.links.type[link]) else slack)
    if best == FAR:
        calendar = problem.activities.base_calendar[node]
        best = work_before(problem.table, calendar, end) - work_before(problem.table, calendar, dates.finish[node])
    return max(0, best)


@pure_kernel
def put_late(problem: Problem, dates: Dates, ends: Ints) -> None:
    """Move activities that are to lie as late as possible into their free float (Primavera), successors first."""
    activities = problem.activities
    for k in range(problem.order.size - 1, -1, -1):
        node = problem.order[k]
        if node >= activities.kind.size or activities.kind[node] == SUMMARY or activities.constraint[node] != ALAP:
            continue
        if has_begun(problem, node) or not problem.projects.alap_keeps_successors[activities.project[node]]:
            continue
        moved = free_float(problem, dates, node, ends[activities.project[node]])
        if moved > 0:
            calendar = activities.calendar[node]
            finish = add_working(problem.table, calendar, dates.finish[node], moved)
            length = activities.duration[node] + activities.pause[node]
            dates.finish[node] = previous_working(problem.table, calendar, finish) if length else finish
            dates.start[node] = next_working(problem.table, calendar, add_working(problem.table, calendar, finish, -length))
            dates.driver[node] = BY_SUCCESSORS


@inner_kernel
def total_float(problem: Problem, dates: Dates, node: int) -> int:
    """Return working minutes, by the activity's own calendar, between its early and its late dates."""
    activities = problem.activities
    calendar = activities.base_calendar[node]
    if activities.actual_finish[node] != NONE:
        return 0
    early, late = dates.early_finish[node], dates.late_finish[node]
    at_finish = work_before(problem.table, calendar, late) - work_before(problem.table, calendar, early)
    if activities.actual_start[node] != NONE and activities.kind[node] != SUMMARY:
        return at_finish
    early, late = dates.early_start[node], dates.late_start[node]
    at_start = work_before(problem.table, calendar, late) - work_before(problem.table, calendar, early)
    basis = problem.projects.slack[activities.project[node]]
    if basis == BY_START:
        return at_start
    return at_finish if basis == BY_FINISH else min(at_start, at_finish)


@inner_kernel
def overlap(problem: Problem, dates: Dates, node: int) -> int:
    """Return how far a constraint holds an activity before its links allow it, as a negative number; else a large one."""
    activities, links = problem.activities, problem.links
    worst = FAR
    if activities.kind[node] == SUMMARY or activities.actual_start[node] != NONE:
        return worst
    if activities.constraint[node] < SNLT or not problem.projects.honour_constraints[activities.project[node]]:
        return worst
    for link in range(links.first[node], links.first[node + 1]):
        slack = link_slack(problem, dates, link)
        if slack < 0:
            worst = min(worst, slack)
    return worst


@pure_kernel
def each_float(problem: Problem, dates: Dates, ends: Ints, total: Ints, free: Ints) -> None:
    activities = problem.activities
    for node in range(activities.kind.size):
        total[node] = min(total_float(problem, dates, node), overlap(problem, dates, node))
        if activities.actual_finish[node] != NONE or activities.kind[node] >= EFFORT:
            free[node] = 0
        else:
            free[node] = min(free_float(problem, dates, node, ends[activities.project[node]]), max(0, total[node]))


@pure_kernel
def on_longest_path(problem: Problem, dates: Dates, ends: Flags) -> None:
    """Widen ``ends``, which marks nodes, by the nodes from which driving links lead to one of them."""
    for k in range(problem.order.size - 1, -1, -1):
        node = problem.order[k]
        if ends[node]:
            for link in range(problem.links.first[node], problem.links.first[node + 1]):
                if dates.driving[link]:
                    ends[problem.links.source[link]] = True
