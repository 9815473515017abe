"""What follows from early and late dates: floats, summaries rolled up, levels of effort, the longest path. Kernels."""

from typing import Final

from mainstay.engine.backward_pass import EFFORT, binds, has_begun
from mainstay.engine.calendar_table import Ints, add_working, next_working, previous_working, work_before
from mainstay.engine.compiled import inner_kernel, pure_kernel
from mainstay.engine.forward_pass import ALAP, FF, FS, SNLT, SS, SUMMARY
from mainstay.engine.plan_arrays import NONE, Flags
from mainstay.engine.plan_terms import SlackBasis
from mainstay.engine.schedule_arrays import BY_SUCCESSORS, FAR, Dates, Problem

BY_START: Final = int(SlackBasis.START)
BY_FINISH: Final = int(SlackBasis.FINISH)


@inner_kernel
def link_slack(problem: Problem, dates: Dates, link: int) -> int:
    """Return the working minutes, by the predecessor's calendar, by which it can slip before this link moves its successor."""
    links, calendar = problem.links, problem.activities.calendar[problem.owner[problem.links.source[link]]]
    source, target = links.source[link], problem.owner[links.target[link]]
    at = dates.start[target] if links.type[link] == FS or links.type[link] == SS else dates.finish[target]
    if has_begun(problem, target) and problem.projects.remaining_from_status_date[problem.activities.project[target]]:
        at = dates.remaining_start[target] if links.type[link] == FS or links.type[link] == SS else at
    if links.lag[link] != 0:
        at = add_working(problem.table, links.lag_calendar[link], at, -links.lag[link])
    own = dates.finish[source] if links.type[link] == FS or links.type[link] == FF else dates.start[source]
    return work_before(problem.table, calendar, at) - work_before(problem.table, calendar, own)


@inner_kernel
def free_float(problem: Problem, dates: Dates, node: int, end: int) -> int:
    """Return the smallest slack of the links out of an activity; without any, what lies between its finish and the end."""
    best = FAR
    for place in range(problem.outgoing_first[node], problem.outgoing_first[node + 1]):
        link = problem.outgoing[place]
        if problem.links.origin[link] >= 0 and binds(problem, link):
            best = min(best, link_slack(problem, dates, link))
    if best == FAR:
        calendar = problem.activities.calendar[node]
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


@pure_kernel
def span_efforts(problem: Problem, dates: Dates, predecessor: Ints, successor: Ints, types: Ints) -> None:
    """Stretch levels of effort over the activities they are linked to; those linked to each other settle in a few rounds."""
    activities = problem.activities
    for _ in range(8):
        changed = False
        for node in range(activities.kind.size):
            if activities.kind[node] != EFFORT:
                continue
            changed |= span_effort(problem, dates, node, predecessor, successor, types)
        if not changed:
            break


@inner_kernel
def span_effort(problem: Problem, dates: Dates, node: int, predecessor: Ints, successor: Ints, types: Ints) -> bool:
    """Stretch one level of effort: from the first instant that a link names for its start to the last one for its finish."""
    first, late_first = FAR, FAR
    last, late_last = -FAR, -FAR
    for link in range(predecessor.size):
        if successor[link] == node:
            other = predecessor[link]
            from_finish = types[link] == FS or types[link] == FF
            at_start = types[link] == FS or types[link] == SS
        elif predecessor[link] == node:
            other = successor[link]
            from_finish = types[link] >= FF
            at_start = types[link] == SS or types[link] > FF
        else:
            continue
        at = dates.finish[other] if from_finish else dates.start[other]
        late = dates.late_finish[other] if from_finish else dates.late_start[other]
        if at_start:
            first, late_first = min(first, at), min(late_first, late)
        else:
            last, late_last = max(last, at), max(late_last, late)
    return write_effort(problem, dates, node, (first, last, late_first, late_last))


@inner_kernel
def write_effort(problem: Problem, dates: Dates, node: int, span: tuple[int, int, int, int]) -> bool:
    """Fill in what the links leave open, and say whether anything changed."""
    activities = problem.activities
    calendar, length = activities.calendar[node], activities.duration[node]
    first, last, late_first, late_last = span
    if activities.actual_start[node] != NONE:
        first = activities.actual_start[node]
    elif first == FAR:
        first = problem.projects.start[activities.project[node]]
    first = next_working(problem.table, calendar, first)
    if activities.actual_finish[node] != NONE:
        last = activities.actual_finish[node]
    elif last == -FAR:
        last = add_working(problem.table, calendar, first, length)
    last = max(first, previous_working(problem.table, calendar, last))
    late_last = last if late_last == -FAR else max(last, previous_working(problem.table, calendar, late_last))
    late_first = first if late_first == FAR else max(first, next_working(problem.table, calendar, late_first))
    same = dates.start[node] == first and dates.finish[node] == last
    same = same and dates.late_start[node] == late_first and dates.late_finish[node] == late_last
    dates.start[node], dates.early_start[node], dates.remaining_start[node] = first, first, first
    dates.finish[node], dates.early_finish[node] = last, last
    dates.late_start[node], dates.late_finish[node] = late_first, late_last
    return not same


@pure_kernel
def roll_up(problem: Problem, dates: Dates) -> None:
    """Close every summary over the dates of its children; levels of effort count too."""
    activities, links = problem.activities, problem.links
    count = activities.kind.size
    for node in problem.order:
        if node >= count or activities.kind[node] != SUMMARY or links.first[node] == links.first[node + 1]:
            continue
        dates.start[node], dates.early_start[node], dates.late_start[node] = FAR, FAR, FAR
        dates.finish[node], dates.early_finish[node], dates.late_finish[node] = -FAR, -FAR, -FAR
        for link in range(links.first[node], links.first[node + 1]):
            stretch(dates, node, links.source[link])
    for node in range(count):
        above = activities.parent[node]
        while activities.kind[node] == EFFORT and above >= 0:
            stretch(dates, above, node)
            above = activities.parent[above]


@inner_kernel
def stretch(dates: Dates, summary: int, child: int) -> None:
    dates.start[summary] = min(dates.start[summary], dates.start[child])
    dates.early_start[summary] = min(dates.early_start[summary], dates.early_start[child])
    dates.late_start[summary] = min(dates.late_start[summary], dates.late_start[child])
    dates.finish[summary] = max(dates.finish[summary], dates.finish[child])
    dates.early_finish[summary] = max(dates.early_finish[summary], dates.early_finish[child])
    dates.late_finish[summary] = max(dates.late_finish[summary], dates.late_finish[child])


@inner_kernel
def total_float(problem: Problem, dates: Dates, node: int) -> int:
    """Return working minutes, by the activity's calendar, between its early and its late dates."""
    activities = problem.activities
    calendar = activities.calendar[node]
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
        if activities.actual_finish[node] != NONE or activities.kind[node] == EFFORT:
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
