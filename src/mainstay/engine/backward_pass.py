"""The backward pass: latest dates that do not put off the end. Kernels; the conventions are in docs/explanation/critical-path.md."""

from typing import Final

from mainstay.engine.calendar_table import ELAPSED, Ints, add_working, instant_before, next_working, previous_working, work_before
from mainstay.engine.compiled import inner_kernel, pure_kernel
from mainstay.engine.forward_pass import (
    FINISH_ON,
    FNLT,
    MANDATORY_FINISH,
    MANDATORY_START,
    MUST_FINISH,
    MUST_START,
    RETAINED,
    SNLT,
    START_ON,
    SUMMARY,
)
from mainstay.engine.plan_arrays import NONE
from mainstay.engine.plan_terms import ActivityKind
from mainstay.engine.schedule_arrays import FAR, Dates, Problem
from mainstay.engine.standing_lags import FS, SS, before_lag, by_status_date, has_begun, has_ended, starts_at_start

EFFORT: Final = int(ActivityKind.LEVEL_OF_EFFORT)


@inner_kernel
def binds(problem: Problem, link: int) -> bool:
    """Say whether a link still holds anything back.

    Where the status date counts, all do but those that progress overrides; else those do not whose ends have happened.
    """
    links = problem.links
    source, target = links.source[link], links.target[link]
    if by_status_date(problem, target):
        return bool(not has_begun(problem, target) or problem.projects.progress[problem.activities.project[target]] == RETAINED)
    if has_ended(problem, target) or (links.type[link] == SS and has_begun(problem, target)):
        return False
    return bool(not (starts_at_start(links.type[link]) and has_begun(problem, source)))


@inner_kernel
def late_limit(problem: Problem, dates: Dates, link: int) -> int:
    """Return the latest instant at which a link allows the end of its predecessor that it hangs from."""
    links = problem.links
    target = links.target[link]
    at = dates.late_finish[target]
    if links.type[link] == FS or links.type[link] == SS:
        at = dates.late_remaining_start[target] if has_begun(problem, target) else dates.late_start[target]
    elif problem.owner[target] == target and dates.late_start[target] != at and at != FAR and links.origin[link] >= 0:
        # The forward pass takes any instant up to the next start of work for the same finish; Primavera counts from the finish itself.
        by_clock = links.lag[link] != 0 and links.lag_calendar[link] == ELAPSED
        if by_clock or not by_status_date(problem, target):
            at = next_working(problem.table, problem.activities.calendar[target], at)
    return int(at) if at == FAR else before_lag(problem, link, at)


@inner_kernel
def remaining_length(problem: Problem, dates: Dates, node: int) -> int:
    """Return the work that lies between the start of what remains and the finish, as the forward pass placed it."""
    activities = problem.activities
    if node >= activities.kind.size or activities.kind[node] == SUMMARY:
        return 0
    calendar = activities.calendar[node]
    if activities.expected_finish[node] != NONE and activities.actual_finish[node] == NONE:
        start = dates.remaining_start[node]
        return work_before(problem.table, calendar, dates.finish[node]) - work_before(problem.table, calendar, start)
    if activities.actual_start[node] != NONE:
        return int(activities.remaining[node] + (activities.pause[node] if activities.resumes[node] != NONE else 0))
    if activities.manual[node] and activities.fixed_start[node] != NONE:
        start = dates.start[node]
        return max(0, work_before(problem.table, calendar, dates.finish[node]) - work_before(problem.table, calendar, start))
    return int(activities.duration[node] + activities.pause[node])


@inner_kernel
def held_finish(problem: Problem, node: int, kind: int, date: int, at: int, length: int) -> int:
    """Return the latest finish under one constraint, given the latest finish ``at`` without it."""
    table, calendar = problem.table, problem.activities.calendar[node]
    honoured = problem.projects.honour_constraints[problem.activities.project[node]]
    if kind == MANDATORY_START or (kind == MUST_START and honoured):
        return add_working(table, calendar, date, length)
    if kind == MANDATORY_FINISH or (kind == MUST_FINISH and honoured):
        return date
    if kind in (SNLT, START_ON, MUST_START):
        return min(at, add_working(table, calendar, date, length))
    if kind in (FNLT, FINISH_ON, MUST_FINISH):
        return min(at, date)
    return at


@inner_kernel
def constrained_finish(problem: Problem, node: int, at: int, length: int) -> int:
    """Return the latest finish under both constraints and the deadline of an activity."""
    activities = problem.activities
    if not has_begun(problem, node) or activities.constraint[node] == FNLT or activities.constraint[node] == MUST_FINISH:
        at = held_finish(problem, node, activities.constraint[node], activities.constraint_date[node], at, length)
        at = held_finish(problem, node, activities.second_constraint[node], activities.second_constraint_date[node], at, length)
    if activities.external_finish[node] != NONE:
        at = min(at, activities.external_finish[node])
    if activities.deadline[node] != NONE:
        at = min(at, activities.deadline[node])
    return at


@inner_kernel
def pulled_finish(problem: Problem, dates: Dates, node: int, at: int, length: int) -> int:
    """Return the latest finish that the successors allow an activity, no later than ``at``."""
    links, calendar = problem.links, problem.activities.calendar[node]
    work = work_before(problem.table, calendar, at)
    best = at
    by_hand = problem.activities.manual[node]
    for place in range(problem.outgoing_first[node], problem.outgoing_first[node + 1]):
        link = problem.outgoing[place]
        if not binds(problem, link):
            continue
        limit = late_limit(problem, dates, link)
        if by_hand and links.origin[link] >= 0:
            limit = late_limit_by_hand(problem, dates, link, limit)
        if limit == FAR:
            continue
        found = work_before(problem.table, calendar, limit)
        if starts_at_start(links.type[link]) and not by_hand:
            found += length
            limit = limit if length == 0 else instant_before(problem.table, calendar, found)
        elif links.origin[link] < 0 and dates.summary_late_start[links.target[link]] < FAR:
            found, limit = held_by_summary(problem, dates, node, links.target[link], found, limit, length)
        if found < work or (found == work and limit < best):
            work = found
            best = limit
    return best


@inner_kernel
def late_limit_by_hand(problem: Problem, dates: Dates, link: int, limit: int) -> int:
    """Return how late MS Project lets the finish of an activity be that a person placed: no link at its start holds it but the last one."""
    target = problem.links.target[link]
    if starts_at_start(problem.links.type[link]):
        open_end = problem.outgoing_first[target] == problem.outgoing_first[target + 1]
        return int(dates.late_finish[target]) if open_end else FAR
    return next_working(problem.table, problem.activities.calendar[problem.links.source[link]], limit)


@inner_kernel
def held_by_summary(problem: Problem, dates: Dates, node: int, summary: int, work: int, limit: int, length: int) -> tuple[int, int]:
    """Hold the first activity of a summary by what successors allow the summary's start."""
    if dates.start[node] != dates.start[summary] or has_begun(problem, node):
        return work, limit
    calendar = problem.activities.calendar[node]
    found = work_before(problem.table, calendar, dates.summary_late_start[summary]) + length
    if found >= work:
        return work, limit
    return found, dates.summary_late_start[summary] if length == 0 else instant_before(problem.table, calendar, found)


@inner_kernel
def place_late(problem: Problem, dates: Dates, node: int, end: int) -> None:
    """Find the latest dates of one activity."""
    activities = problem.activities
    calendar = activities.calendar[node]
    if activities.actual_finish[node] != NONE and by_status_date(problem, node):
        at = pulled_finish(problem, dates, node, end, 0)
        dates.late_start[node], dates.late_finish[node], dates.late_remaining_start[node] = at, at, at
        return
    if activities.actual_finish[node] != NONE:
        dates.late_finish[node] = activities.actual_finish[node]
        dates.late_start[node] = activities.actual_start[node]
        dates.late_remaining_start[node] = activities.actual_finish[node]
        return
    length = remaining_length(problem, dates, node)
    at = constrained_finish(problem, node, pulled_finish(problem, dates, node, end, length), length)
    if length > 0:
        at = at if activities.manual[node] and at < end else previous_working(problem.table, calendar, at)
    elif next_working(problem.table, calendar, at) != at:
        # A milestone that lies outside working time, as on its project's start, is not pushed before its own early date for that.
        at = max(previous_working(problem.table, calendar, at), min(at, dates.finish[node]))
    dates.late_finish[node] = at
    start = add_working(problem.table, calendar, at, -length)
    dates.late_remaining_start[node] = start
    stays = activities.actual_start[node] != NONE and not by_status_date(problem, node)
    dates.late_start[node] = activities.actual_start[node] if stays else start


@inner_kernel
def place_summary_late(problem: Problem, dates: Dates, node: int, end: int) -> None:
    """Find how late a summary may end, and start where its start holds up others; its children take both over."""
    links = problem.links
    best = end
    start = FAR
    for place in range(problem.outgoing_first[node], problem.outgoing_first[node + 1]):
        link = problem.outgoing[place]
        if links.origin[link] < 0:
            above = links.target[link]
            if dates.start[node] == dates.start[above]:
                start = min(start, dates.summary_late_start[above])
            best = min(best, dates.late_finish[above])
        elif starts_at_start(links.type[link]):
            start = min(start, late_limit(problem, dates, link))
        else:
            best = min(best, late_limit(problem, dates, link))
    dates.late_finish[node] = constrained_finish(problem, node, best, 0)
    dates.late_start[node] = dates.late_finish[node]
    dates.summary_late_start[node] = start


@inner_kernel
def place_gate_late(problem: Problem, dates: Dates, node: int, end: int) -> None:
    """Find how late the work below a summary may begin."""
    best = end
    for place in range(problem.outgoing_first[node], problem.outgoing_first[node + 1]):
        target = problem.links.target[problem.outgoing[place]]
        best = min(best, dates.late_start[target])
    dates.late_start[node] = best
    dates.late_finish[node] = best


@pure_kernel
def backward(problem: Problem, dates: Dates, ends: Ints) -> None:
    """Find the latest dates of every node, successors first; ``ends`` has the end of each project."""
    activities, projects = problem.activities, problem.projects
    count = activities.kind.size
    for k in range(problem.order.size - 1, -1, -1):
        node = problem.order[k]
        project = activities.project[problem.owner[node]]
        end = ends[project]
        dates.summary_late_start[node] = FAR
        if node >= count:
            place_gate_late(problem, dates, node, end)
        elif activities.kind[node] == SUMMARY:
            place_summary_late(problem, dates, node, end)
        else:
            if projects.open_ends_are_critical[project] and is_open(problem, node):
                end = dates.finish[node]
            place_late(problem, dates, node, end)


@inner_kernel
def is_open(problem: Problem, node: int) -> bool:
    """Say whether nobody waits for an activity, nor for a summary above it."""
    links = problem.links
    while True:
        above = -1
        for place in range(problem.outgoing_first[node], problem.outgoing_first[node + 1]):
            link = problem.outgoing[place]
            if links.origin[link] >= 0:
                return False
            above = links.target[link]
        if above < 0:
            return True
        node = above
