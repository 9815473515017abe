"""The forward pass: earliest dates of every node, and what drives them. Kernels.

The conventions are in docs/explanation/critical-path.md.
"""

from typing import Final

from mainstay.engine.calendar_table import add_working, next_working, previous_working, work_before
from mainstay.engine.compiled import inner_kernel, pure_kernel
from mainstay.engine.network_kernels import LinkTable
from mainstay.engine.plan_arrays import NONE
from mainstay.engine.plan_terms import ActivityKind, ConstraintType, ProgressLogic
from mainstay.engine.schedule_arrays import (
    BY_ACTUAL,
    BY_CHILDREN,
    BY_CONSTRAINT,
    BY_HAND,
    BY_PROJECT_START,
    BY_STATUS_DATE,
    FAR,
    Dates,
    Problem,
)
from mainstay.engine.standing_lags import FF, SF, lagged, leading_instant, starts_at_start

# Kernels compare with plain integers.
TASK: Final = int(ActivityKind.TASK)
SUMMARY: Final = int(ActivityKind.SUMMARY)
ALAP: Final = int(ConstraintType.AS_LATE_AS_POSSIBLE)
SNET: Final = int(ConstraintType.START_NO_EARLIER_THAN)
SNLT: Final = int(ConstraintType.START_NO_LATER_THAN)
FNET: Final = int(ConstraintType.FINISH_NO_EARLIER_THAN)
FNLT: Final = int(ConstraintType.FINISH_NO_LATER_THAN)
MUST_START: Final = int(ConstraintType.MUST_START_ON)
MUST_FINISH: Final = int(ConstraintType.MUST_FINISH_ON)
START_ON: Final = int(ConstraintType.START_ON)
FINISH_ON: Final = int(ConstraintType.FINISH_ON)
MANDATORY_START: Final = int(ConstraintType.MANDATORY_START)
MANDATORY_FINISH: Final = int(ConstraintType.MANDATORY_FINISH)
RETAINED: Final = int(ProgressLogic.RETAINED_LOGIC)
ACTUAL_DATES: Final = int(ProgressLogic.ACTUAL_DATES)


@inner_kernel
def allowed_start(problem: Problem, dates: Dates, link: int, length: int, late_rule: bool) -> int:
    """Return the earliest start that a link allows its successor, not yet moved to working time.

    ``length`` is the work that the successor has still to do. With ``late_rule``, an activity that is to lie as late as possible holds
    its successors from its late dates, unless they are to lie late too.
    """
    links, activities = problem.links, problem.activities
    source = links.source[link]
    target = problem.owner[links.target[link]]
    late = late_rule and activities.constraint[problem.owner[source]] == ALAP and activities.constraint[target] != ALAP
    if late:
        at = dates.late_start[source] if starts_at_start(links.type[link]) else dates.late_finish[source]
    else:
        at = leading_instant(problem, dates, link)
    at = lagged(problem, link, at)
    if links.type[link] >= FF and target == links.target[link]:
        at = add_working(problem.table, activities.calendar[target], at, -length)
    return at


@inner_kernel
def snapped_start(problem: Problem, node: int, at: int, length: int) -> int:
    """Move a start to working time; without work to do, the end of a working period will do as well."""
    activities = problem.activities
    calendar = activities.calendar[node]
    if length == 0 and not activities.starts_work[node]:
        if problem.projects.milestones_keep_their_instant[activities.project[node]]:
            return at
        if previous_working(problem.table, calendar, at) == at:
            return at
    return next_working(problem.table, calendar, at)


@inner_kernel
def held_start(problem: Problem, node: int, kind: int, date: int, at: int, length: int) -> int:
    """Return the earliest start under one constraint, given the earliest start ``at`` without it."""
    table, calendar = problem.table, problem.activities.calendar[node]
    honoured = problem.projects.honour_constraints[problem.activities.project[node]]
    if kind in (SNET, START_ON) or (kind == MUST_START and not honoured):
        return max(at, date)
    if kind in (FNET, FINISH_ON) or (kind == MUST_FINISH and not honoured):
        return max(at, add_working(table, calendar, date, -length))
    if kind in (MUST_START, MANDATORY_START):
        return date
    if kind in (MUST_FINISH, MANDATORY_FINISH):
        return add_working(table, calendar, date, -length)
    if kind == SNLT and honoured:
        return min(at, date)
    if kind == FNLT and honoured:
        return min(at, add_working(table, calendar, date, -length))
    return at


@inner_kernel
def constrained_start(problem: Problem, node: int, at: int, length: int) -> int:
    """Return the earliest start under both constraints of an activity."""
    activities = problem.activities
    if activities.constraint[node] >= SNET:
        at = held_start(problem, node, activities.constraint[node], activities.constraint_date[node], at, length)
    if activities.second_constraint[node] >= SNET:
        at = held_start(problem, node, activities.second_constraint[node], activities.second_constraint_date[node], at, length)
    return at


@inner_kernel
def floor_of(problem: Problem, node: int) -> int:
    """Return the instant before which the remaining work of an activity cannot lie: project start, or status date."""
    projects, project = problem.projects, problem.activities.project[node]
    floor = projects.start[project]
    if projects.remaining_from_status_date[project]:
        floor = max(floor, projects.status_date[project])
    elif problem.activities.constraint[node] == SNET:
        # A planner may date an activity before the project.
        floor = min(floor, problem.activities.constraint_date[node])
    return int(floor)


@inner_kernel
def floor_under(problem: Problem, node: int, floor: int) -> int:
    """Return the floor where predecessors are: none in MS Project, except by finish to finish; they may lead before the project's start."""
    links = problem.links
    if problem.projects.remaining_from_status_date[problem.activities.project[problem.owner[node]]]:
        return floor
    for link in range(links.first[node], links.first[node + 1]):
        if links.type[link] == FF:
            return floor
    return floor if links.first[node] == links.first[node + 1] else -FAR


@inner_kernel
def pulled_start(problem: Problem, dates: Dates, node: int, floor: int, length: int, late_rule: bool) -> int:
    """Return the earliest start that floor and links allow, and note which link drives it."""
    links = problem.links
    calendar = problem.activities.calendar[problem.owner[node]]
    best = floor
    best_work = work_before(problem.table, calendar, floor)
    for link in range(links.first[node], links.first[node + 1]):
        at = allowed_start(problem, dates, link, length, late_rule)
        work = work_before(problem.table, calendar, at)
        if work > best_work or (work == best_work and (at > best or dates.driver[node] < 0)):
            dates.driver[node] = link
            best = max(at, best) if work == best_work else at
            best_work = work
    for link in range(links.first[node], links.first[node + 1]):
        at = allowed_start(problem, dates, link, length, late_rule)
        dates.driving[link] = work_before(problem.table, calendar, at) == best_work
    return best


@inner_kernel
def note_driver(dates: Dates, links: LinkTable, node: int, reason: int) -> None:
    """Say that not a link but something else sets the start."""
    dates.driver[node] = reason
    for link in range(links.first[node], links.first[node + 1]):
        dates.driving[link] = False


@inner_kernel
def place_unstarted(problem: Problem, dates: Dates, node: int, late_rule: bool) -> None:
    """Place an activity that has not begun."""
    activities = problem.activities
    length = activities.duration[node] + activities.pause[node]
    floor = floor_of(problem, node)
    dates.driver[node] = BY_PROJECT_START if floor <= problem.projects.start[activities.project[node]] else BY_STATUS_DATE
    at = pulled_start(problem, dates, node, floor_under(problem, node, floor), length, late_rule)
    at = max(at, activities.resumes[node], activities.external_start[node])
    held = constrained_start(problem, node, at, length)
    calendar = activities.calendar[node]
    if work_before(problem.table, calendar, held) != work_before(problem.table, calendar, at):
        note_driver(dates, problem.links, node, BY_CONSTRAINT)
    held += activities.levelling_delay[node]
    # MS Project leaves a milestone that nothing moves on the very start of its project, working time or not.
    stays = length == 0 and dates.driver[node] == BY_PROJECT_START and held == problem.projects.start[activities.project[node]]
    start = held if stays else snapped_start(problem, node, held, length)
    finish = expected_or(problem, node, start, add_working(problem.table, calendar, start, length))
    set_early(dates, node, start, start, finish_by_link(problem, dates, node, finish))
    dates.early_start[node] = start


@inner_kernel
def finish_by_link(problem: Problem, dates: Dates, node: int, finish: int) -> int:
    """Return the finish as MS Project writes it: where a start-to-finish link drives it, at the predecessor's start, even a morning."""
    link = dates.driver[node]
    project = problem.activities.project[node]
    if link < 0 or problem.links.type[link] != SF or problem.projects.remaining_from_status_date[project]:
        return finish
    at = lagged(problem, link, dates.start[problem.links.source[link]])
    calendar = problem.activities.calendar[node]
    same = work_before(problem.table, calendar, at) == work_before(problem.table, calendar, finish)
    return at if same and next_working(problem.table, calendar, at) == at else finish


@inner_kernel
def set_early(dates: Dates, node: int, start: int, remaining_start: int, finish: int) -> None:
    dates.start[node] = start
    dates.finish[node] = finish
    dates.remaining_start[node] = remaining_start
    dates.early_finish[node] = finish


@inner_kernel
def place_begun(problem: Problem, dates: Dates, node: int, late_rule: bool) -> None:
    """Place an activity that has begun, and perhaps ended."""
    activities, projects = problem.activities, problem.projects
    project = activities.project[node]
    start = activities.actual_start[node]
    calendar = activities.calendar[node]
    if activities.actual_finish[node] != NONE:
        place_ended(problem, dates, node, late_rule)
        return
    length = activities.remaining[node]
    if projects.remaining_from_status_date[project]:
        remaining_start = resumed_start(problem, dates, node, length, late_rule)
        finish = add_working(problem.table, calendar, remaining_start, length)
        dates.early_start[node] = remaining_start
    else:
        note_driver(dates, problem.links, node, BY_ACTUAL)
        span = activities.duration[node] + activities.pause[node]
        dates.early_start[node] = start
        if activities.resumes[node] != NONE:
            # The first of several resources to go on gives the resumption; the whole takes its duration all the same.
            left = length + activities.pause[node]
            finish = add_working(problem.table, calendar, next_working(problem.table, calendar, activities.resumes[node]), left)
            finish = max(finish, add_working(problem.table, calendar, start, activities.duration[node]))
            remaining_start = add_working(problem.table, calendar, finish, -left)
        else:
            finish = add_working(problem.table, calendar, start, span)
            remaining_start = add_working(problem.table, calendar, finish, -length)
        if activities.constraint[node] == FNET:
            finish = max(finish, activities.constraint_date[node])
    set_early(dates, node, start, remaining_start, expected_or(problem, node, remaining_start, finish))


@inner_kernel
def expected_or(problem: Problem, node: int, start: int, finish: int) -> int:
    """Return the finish that is expected, where one is: what remains is stretched or shortened to it, and to nothing where it is past."""
    expected = problem.activities.expected_finish[node]
    return finish if expected == NONE else max(expected, start)


@inner_kernel
def place_ended(problem: Problem, dates: Dates, node: int, late_rule: bool) -> None:
    """Place an activity that has ended; where the status date counts, its early dates are where its remaining no work lies."""
    activities = problem.activities
    start, finish = activities.actual_start[node], activities.actual_finish[node]
    if problem.projects.remaining_from_status_date[activities.project[node]]:
        at = resumed_start(problem, dates, node, 0, late_rule)
        set_early(dates, node, start, at, at)
        dates.finish[node] = finish
        dates.early_start[node] = at
        dates.driver[node] = BY_ACTUAL
        return
    note_driver(dates, problem.links, node, BY_ACTUAL)
    set_early(dates, node, start, finish, finish)
    dates.early_start[node] = start


@inner_kernel
def resumed_start(problem: Problem, dates: Dates, node: int, length: int, late_rule: bool) -> int:
    """Return where the remaining work of a begun activity starts when the status date counts (Primavera)."""
    activities, projects = problem.activities, problem.projects
    project = activities.project[node]
    dates.driver[node] = BY_STATUS_DATE
    at = max(projects.status_date[project], activities.resumes[node], projects.start[project], activities.external_start[node])
    if projects.progress[project] == ACTUAL_DATES:
        at = max(at, activities.actual_start[node])
    if projects.progress[project] == RETAINED:
        at = pulled_start(problem, dates, node, at, length, late_rule)
    if activities.kind[node] == TASK and activities.actual_finish[node] == NONE:
        return next_working(problem.table, activities.calendar[node], at)
    return snapped_start(problem, node, at, length)


@inner_kernel
def place_by_hand(problem: Problem, dates: Dates, node: int) -> None:
    """Place an activity where a person put it."""
    activities = problem.activities
    note_driver(dates, problem.links, node, BY_HAND)
    start = activities.actual_start[node] if activities.actual_start[node] != NONE else activities.fixed_start[node]
    finish = activities.actual_finish[node] if activities.actual_finish[node] != NONE else activities.fixed_finish[node]
    if finish == NONE:
        length, calendar = activities.duration[node] + activities.pause[node], activities.calendar[node]
        finish = add_working(problem.table, calendar, next_working(problem.table, calendar, start), length)
    set_early(dates, node, start, start, finish)
    dates.early_start[node] = start


@inner_kernel
def place_gate(problem: Problem, dates: Dates, node: int, late_rule: bool) -> None:
    """Place the gate of a summary: nothing below the summary starts before it."""
    summary = problem.owner[node]
    floor = floor_of(problem, summary)
    at = pulled_start(problem, dates, node, floor_under(problem, node, floor), 0, late_rule)
    held = constrained_start(problem, summary, at, 0)
    if held != at:
        note_driver(dates, problem.links, node, BY_CONSTRAINT)
    held += problem.activities.levelling_delay[summary]
    set_early(dates, node, held, held, held)
    dates.early_start[node] = held


@inner_kernel
def place_summary(problem: Problem, dates: Dates, node: int) -> None:
    """Close a summary over its children, which are all placed by now; one without children lies at its project's start."""
    links = problem.links
    start = FAR
    finish = -FAR
    dates.driver[node] = BY_CHILDREN
    for link in range(links.first[node], links.first[node + 1]):
        child = links.source[link]
        start = min(start, dates.start[child])
        if dates.finish[child] > finish:
            finish = dates.finish[child]
            dates.driver[node] = link
    if start == FAR:
        start = finish = floor_of(problem, node)
    for link in range(links.first[node], links.first[node + 1]):
        dates.driving[link] = dates.finish[links.source[link]] == finish
    set_early(dates, node, start, start, finish)
    dates.early_start[node] = start


@pure_kernel
def forward(problem: Problem, dates: Dates, late_rule: bool) -> None:
    """Place every node after its predecessors."""
    activities = problem.activities
    count = activities.kind.size
    for node in problem.order:
        if node >= count:
            place_gate(problem, dates, node, late_rule)
        elif activities.kind[node] == SUMMARY:
            place_summary(problem, dates, node)
        elif activities.manual[node] and (activities.fixed_start[node] != NONE or activities.actual_start[node] != NONE):
            place_by_hand(problem, dates, node)
        elif activities.actual_start[node] != NONE:
            place_begun(problem, dates, node, late_rule)
        else:
            place_unstarted(problem, dates, node, late_rule)
