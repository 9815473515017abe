"""From which instant a link counts, and what of its lag is still to run, where its predecessor has begun. Kernels.

Where the status date counts (Primavera), links lead from one remaining piece of work to the next: what a begun predecessor has worked
counts towards the lag at its start, and the time since a finish towards the lag at that finish. A finished activity has no work left, but
still waits for its predecessors and lets its successors wait (*retained logic*).
"""

from mainstay.engine.calendar_table import Ints, add_working, work_before
from mainstay.engine.compiled import inner_kernel, pure_kernel
from mainstay.engine.plan_arrays import NONE
from mainstay.engine.plan_terms import LinkType
from mainstay.engine.schedule_arrays import Dates, Problem

# Kernels compare with plain integers.
FS, SS, FF, SF = int(LinkType.FS), int(LinkType.SS), int(LinkType.FF), int(LinkType.SF)


@inner_kernel
def has_begun(problem: Problem, node: int) -> bool:
    return bool(node < problem.activities.kind.size and problem.activities.actual_start[node] != NONE)


@inner_kernel
def has_ended(problem: Problem, node: int) -> bool:
    return bool(node < problem.activities.kind.size and problem.activities.actual_finish[node] != NONE)


@inner_kernel
def by_status_date(problem: Problem, node: int) -> bool:
    return bool(problem.projects.remaining_from_status_date[problem.activities.project[problem.owner[node]]])


@inner_kernel
def is_remainder(problem: Problem, node: int) -> bool:
    """Say whether only what remains of an activity counts for others: it has begun, in a project that looks ahead of its status date."""
    return bool(has_begun(problem, node) and by_status_date(problem, node))


@inner_kernel
def starts_at_start(kind: int) -> bool:
    """Say whether a link hangs from its predecessor's start."""
    return bool(kind in (SS, SF))


@inner_kernel
def from_actual_finish(problem: Problem, link: int) -> bool:
    """Say whether a link counts from when its predecessor really ended: finish to finish, while its successor has not ended."""
    links = problem.links
    return bool(links.type[link] == FF and has_ended(problem, links.source[link]) and not has_ended(problem, links.target[link]))


@inner_kernel
def standing_lag(problem: Problem, link: int) -> int:
    """Return the minutes of lag that still lie between the ends of a link."""
    links, activities = problem.links, problem.activities
    lag, source = links.lag[link], links.source[link]
    if lag == 0 or not is_remainder(problem, source):
        return int(lag)
    project = activities.project[source]
    at_start, ended = starts_at_start(links.type[link]), activities.actual_finish[source] != NONE
    if not ended and (not at_start or problem.projects.start_lag_from_actual[project]):
        return int(lag)
    status = problem.projects.status_date[project]
    if status == NONE or from_actual_finish(problem, link):
        return int(lag)
    calendar = links.lag_calendar[link] if ended else activities.calendar[source]
    since = activities.actual_start[source] if at_start else activities.actual_finish[source]
    passed = work_before(problem.table, calendar, status) - work_before(problem.table, calendar, since)
    return int(max(0, lag - max(0, passed)))


@pure_kernel
def each_standing_lag(problem: Problem, out: Ints) -> None:
    for link in range(problem.links.lag.size):
        out[link] = standing_lag(problem, link)


@inner_kernel
def leading_instant(problem: Problem, dates: Dates, link: int) -> int:
    """Return the instant of the predecessor that a link counts from."""
    links = problem.links
    source, kind = links.source[link], links.type[link]
    if not is_remainder(problem, source):
        return int(dates.start[source] if starts_at_start(kind) else dates.finish[source])
    if not starts_at_start(kind):
        return int(dates.finish[source] if from_actual_finish(problem, link) else dates.early_finish[source])
    if not has_ended(problem, source) and problem.projects.start_lag_from_actual[problem.activities.project[source]]:
        return int(dates.start[source])
    return int(dates.early_start[source])


@inner_kernel
def lagged(problem: Problem, link: int, at: int) -> int:
    """Return the instant that lies the link's standing lag after ``at``."""
    lag = standing_lag(problem, link)
    return at if lag == 0 else add_working(problem.table, problem.links.lag_calendar[link], at, lag)


@inner_kernel
def before_lag(problem: Problem, link: int, at: int) -> int:
    """Return the instant that lies the link's standing lag before ``at``; what has ended waits, but makes no lag be kept before it."""
    over = has_ended(problem, problem.links.target[link]) and by_status_date(problem, problem.links.target[link])
    lag = 0 if over else standing_lag(problem, link)
    return at if lag == 0 else add_working(problem.table, problem.links.lag_calendar[link], at, -lag)
