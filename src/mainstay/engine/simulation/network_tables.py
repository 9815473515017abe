"""From a plan and its forward pass to what holds each node: bounds, durations and links in working minutes of the node's own calendar."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import ELAPSED, Ints
from mainstay.engine.network import Network
from mainstay.engine.plan import NONE, ActivityKind, ConstraintType, LinkType, PlanData, ProgressLogic
from mainstay.engine.schedule_arrays import Dates, Problem
from mainstay.engine.standing_lags import each_standing_lag
from mainstay.engine.worktime import WorkingTime

Flags = NDArray[np.bool_]

LOW: Final = -(1 << 30)
"""Stands for: no lower bound."""
HIGH: Final = 1 << 30
"""Stands for: no upper bound."""


class Clock:
    """Counts instants in working minutes of any calendar of the plan since one origin, a midnight."""

    def __init__(self, plan: PlanData, origin: int) -> None:
        self.origin = origin
        self._table = plan.calendar_table
        self._calendars = plan.calendars
        self._zero: dict[int, int] = {}

    def working(self, calendar: int) -> WorkingTime:
        return WorkingTime(None if calendar == ELAPSED else self._calendars[calendar], self._table, max(calendar, 0))

    def count(self, calendars: Ints, instants: Ints) -> Ints:
        """Working minutes from the origin to each instant, each in its own calendar; `NONE` stays far below everything."""
        out = np.full(instants.shape, LOW, np.int64)
        known = instants != NONE
        for calendar in np.unique(calendars[known]).tolist():
            here = known & (calendars == calendar)
            working = self.working(calendar)
            out[here] = working.work_before_each(instants[here]) - working.work_before(self.origin)
        return np.clip(out, LOW, HIGH)

    def instants(self, calendar: int, minutes: Ints) -> Ints:
        """Instants at which work of a calendar finishes, given minutes since the origin."""
        working = self.working(calendar)
        return working.finish_instants(np.asarray(minutes, np.int64) + working.work_before(self.origin))


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """One entry a node of the network (activities, then gates); minutes of the node's calendar since the origin.

    ``remaining`` is the certain work still to do (what uncertainty varies), ``extra`` what the node lasts beyond it (pauses, a start put
    off by levelling, of which ``front`` lies before its start). ``is_held`` nodes stay where they are whatever their predecessors do;
    ``is_over`` nodes have ended and yet wait, with no work left, for those before them (retained logic); links at the start of
    ``is_started`` nodes count from an actual start.
    """

    calendar: Ints
    project: Ints
    floor: Ints
    ceiling: Ints
    finish_floor: Ints
    known_start: Ints
    remaining: Ints
    extra: Ints
    front: Ints
    is_held: Flags
    is_over: Flags
    is_started: Flags
    is_left_out: Flags
    starts_work: Flags


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """One entry a link between nodes that is kept; see ``tables.EdgeTable``."""

    source: Ints
    target: Ints
    from_start: Flags
    holds_finish: Flags
    lag: Ints
    lag_calendar: Ints


def node_facts(network: Network, problem: Problem, dates: Dates, clock: Clock) -> NodeFacts:
    """Read off a plan, and the forward pass over it, what holds each node.

    Notes
    -----
    Differences from the critical path method, all of them without effect where a plan has one calendar: work that is to lie as late as
    possible is taken as soon as possible, a plan scheduled from its finish as though from its start, and a milestone that lands on the
    first minute of a working day as on the last of the day before. An activity placed by hand stays where it was put.
    """
    owner, columns, projects = problem.owner, problem.activities, problem.projects
    kind, project = columns.kind[owner], columns.project[owner]
    is_summary = kind == ActivityKind.SUMMARY
    drifts = (kind == ActivityKind.MILESTONE) & projects.milestones_keep_their_instant[project]
    begun, done = columns.actual_start[owner] != NONE, columns.actual_finish[owner] != NONE
    # By the clock, so that their instants are kept even outside of their own working time.
    calendar = np.where(is_summary | drifts | done, ELAPSED, columns.calendar[owner])
    by_hand = columns.manual[owner] & ((columns.fixed_start[owner] != NONE) | begun) & ~is_summary
    from_status = projects.remaining_from_status_date[project]
    over = done & ~_all_done(problem)[project]
    waits = begun & (~done | over) & ~by_hand & from_status & (projects.progress[project] == ProgressLogic.RETAINED_LOGIC) & ~is_summary
    is_held = (done | by_hand | begun) & ~waits & ~is_summary
    start, finish = clock.count(calendar, dates.start), clock.count(calendar, dates.finish)
    rest = clock.count(calendar, dates.remaining_start)
    expects = columns.expected_finish[owner] != NONE
    work = np.where(begun, columns.remaining[owner], columns.duration[owner])
    remaining = np.where(is_summary | done, 0, np.where(by_hand | expects, np.maximum(finish - rest, 0), work))
    closed = has_children(network)
    front = np.where(is_held | closed, 0, _delays(columns.levelling_delay[owner], calendar, dates, clock))
    resumes = begun & ~done & ~from_status & (columns.resumes[owner] != NONE)
    pause = np.where((is_held | begun | is_summary) & (by_hand | ~resumes), 0, columns.pause[owner])
    floor = clock.count(calendar, _floors(network, problem))
    for moments in (columns.resumes[owner], columns.external_start[owner]):
        floor = np.maximum(floor, clock.count(calendar, moments))
    floor, ceiling, finish_floor = _constrained(problem, floor, remaining + pause, calendar, clock)
    # The remaining work of a held activity starts where the forward pass put it; that of one that waits has no bound but the status date.
    held_floor = np.where(done, finish, rest)
    floor = np.where(is_held, held_floor, np.where(waits, _resumed(problem, owner, calendar, clock), floor))
    unbound = is_held | waits | closed
    later = begun & ~done & ~by_hand & ~from_status & (columns.constraint[owner] == ConstraintType.FINISH_NO_EARLIER_THAN)
    finish_floor = np.where(later, clock.count(calendar, columns.constraint_date[owner]), np.where(unbound | is_summary, LOW, finish_floor))
    is_started = begun & ~(from_status & ~projects.start_lag_from_actual[project]) & ~is_summary
    after_start, after_finish = _after_the_past(network, problem, is_started, waits & done, calendar, clock)
    floor, finish_floor = np.where(is_held, floor, np.maximum(floor, after_start)), np.maximum(finish_floor, after_finish)
    return NodeFacts(
        calendar=calendar,
        project=project,
        floor=np.where(closed, LOW, floor),
        ceiling=np.where(unbound, HIGH, ceiling),
        finish_floor=finish_floor,
        known_start=np.where(closed | is_started, start, LOW),
        remaining=remaining,
        extra=pause + front,
        front=front,
        is_held=is_held,
        is_over=waits & done,
        is_started=is_started,
        is_left_out=kind >= ActivityKind.LEVEL_OF_EFFORT,
        starts_work=columns.starts_work[owner] | (waits & ~done & (kind == ActivityKind.TASK) & (remaining == 0)),
    )


def has_children(network: Network) -> Flags:
    """Summaries that something lies below; each is the end of its children."""
    closed = np.zeros(network.nodes, np.bool_)
    closed[network.links.target[(network.links.origin < 0) & (network.links.type == LinkType.FF)]] = True
    return closed


def _floors(network: Network, problem: Problem) -> Ints:
    """Project start or status date of each node; a planner may date an activity before its project, and links may pull it there."""
    columns, projects, owner = problem.activities, problem.projects, problem.owner
    project = columns.project[owner]
    start, status = projects.start[project], projects.status_date[project]
    from_status = projects.remaining_from_status_date[project]
    counts = from_status & (status > start)
    early = ~from_status & (columns.constraint[owner] == ConstraintType.START_NO_EARLIER_THAN)
    floor = np.where(counts, status, np.where(early, np.minimum(start, columns.constraint_date[owner]), start))
    pulled = np.zeros(network.nodes, np.bool_)
    pulled[network.links.target] = True
    pulled[network.links.target[network.links.type == LinkType.FF]] = False
    return np.where(pulled & ~from_status, NONE, floor)


def _all_done(problem: Problem) -> Flags:
    """Projects in which every activity has ended."""
    columns = problem.activities
    is_open = (columns.actual_finish == NONE) & (columns.kind != ActivityKind.SUMMARY) & (columns.kind < ActivityKind.LEVEL_OF_EFFORT)
    done = np.ones(problem.projects.start.size, np.bool_)
    done[columns.project[is_open]] = False
    return done


def _after_the_past(network: Network, problem: Problem, started: Flags, over: Flags, calendar: Ints, clock: Clock) -> tuple[Ints, Ints]:
    """Earliest start and earliest finish by the links that count from what has happened: actual starts, and actual finishes."""
    links, columns = network.links, problem.activities
    start, finish = np.full(network.nodes, LOW, np.int64), np.full(network.nodes, LOW, np.int64)
    for link in np.flatnonzero(from_the_past(network, started, over)).tolist():
        source, target, kind = int(links.source[link]), int(links.target[link]), int(links.type[link])
        moment = columns.actual_finish[source] if kind == LinkType.FF else columns.actual_start[source]
        at = clock.working(int(links.lag_calendar[link])).add(int(moment), int(links.lag[link]))
        bound = int(clock.count(calendar[target : target + 1], np.array([at], np.int64))[0])
        if kind == LinkType.SS or target >= network.activities:
            start[target] = max(start[target], bound)
        else:
            finish[target] = max(finish[target], bound)
    return start, finish


def from_the_past(network: Network, started: Flags, over: Flags) -> Flags:
    """The planner's links that count from an actual date."""
    links = network.links
    at_start = ((links.type == LinkType.SS) | (links.type == LinkType.SF)) & started[links.source]
    at_finish = (links.type == LinkType.FF) & over[links.source] & ~over[links.target]
    found: Flags = (at_start | at_finish) & (links.origin >= 0)
    return found


def _resumed(problem: Problem, owner: Ints, calendar: Ints, clock: Clock) -> Ints:
    """Earliest place of the remaining work of a begun activity where the status date counts."""
    columns, projects = problem.activities, problem.projects
    project = columns.project[owner]
    at = np.maximum(np.maximum(projects.status_date[project], columns.resumes[owner]), projects.start[project])
    return clock.count(calendar, at)


def _delays(delay: Ints, calendar: Ints, dates: Dates, clock: Clock) -> Ints:
    """Minutes by which levelling puts off each start, in working time of the node where the plan has it."""
    if not delay.any():
        return np.zeros_like(delay)
    return clock.count(calendar, dates.start) - clock.count(calendar, dates.start - delay)


def _constrained(problem: Problem, floor: Ints, length: Ints, calendar: Ints, clock: Clock) -> tuple[Ints, Ints, Ints]:
    """Earliest start, latest start and earliest finish under both constraints.

    Notes
    -----
    A constraint on the finish that would pull the start back holds the start where the planned duration has it: a longer duration then
    ends later, instead of being hidden by the constraint.
    """
    columns, owner = problem.activities, problem.owner
    honoured = problem.projects.honour_constraints[columns.project[owner]]
    ceiling, finish_floor = np.full_like(floor, HIGH), np.full_like(floor, LOW)
    for kinds, moments in (
        (columns.constraint[owner], columns.constraint_date[owner]),
        (columns.second_constraint[owner], columns.second_constraint_date[owner]),
    ):
        at = clock.count(calendar, moments)
        must_start = (kinds == ConstraintType.MANDATORY_START) | ((kinds == ConstraintType.MUST_START_ON) & honoured)
        must_finish = (kinds == ConstraintType.MANDATORY_FINISH) | ((kinds == ConstraintType.MUST_FINISH_ON) & honoured)
        no_earlier = np.isin(kinds, (ConstraintType.START_NO_EARLIER_THAN, ConstraintType.START_ON))
        no_earlier |= (kinds == ConstraintType.MUST_START_ON) & ~honoured
        finish_later = np.isin(kinds, (ConstraintType.FINISH_NO_EARLIER_THAN, ConstraintType.FINISH_ON))
        finish_later |= (kinds == ConstraintType.MUST_FINISH_ON) & ~honoured
        no_later = (kinds == ConstraintType.START_NO_LATER_THAN) & honoured
        finish_no_later = (kinds == ConstraintType.FINISH_NO_LATER_THAN) & honoured
        floor = np.where(no_earlier, np.maximum(floor, at), floor)
        finish_floor = np.where(finish_later, np.maximum(finish_floor, at), finish_floor)
        ceiling = np.where(no_later, np.minimum(ceiling, at), ceiling)
        ceiling = np.where(finish_no_later, np.minimum(ceiling, at - length), ceiling)
        held = np.where(must_finish, at - length, at)
        floor = np.where(must_start | must_finish, held, floor)
        ceiling = np.where(must_start | must_finish, held, ceiling)
    return floor, ceiling, finish_floor


def link_facts(network: Network, problem: Problem, facts: NodeFacts, needed: Flags) -> tuple[LinkFacts, Flags]:
    """Return the links that move something, and which nodes are kept.

    Links that count from the past are bounds of their successors already. Links into a held node are left out, and so are levels
    of effort and summaries whose end moves nothing, unless ``needed``.
    """
    links, count = network.links, network.activities
    closed = has_children(network)
    wanted = _wanted(network, facts, closed, needed)
    kept = wanted[links.source] & wanted[links.target] & moving(network, facts)
    lags = standing_lags(problem)
    source, target, kinds = links.source[kept], links.target[kept], links.type[kept]
    gate_source, gate_target = source >= count, target >= count
    from_start = ((kinds == LinkType.SS) | (kinds == LinkType.SF)) & ~gate_source
    return LinkFacts(
        source=source,
        target=target,
        from_start=from_start,
        holds_finish=(kinds >= LinkType.FF) & ~gate_target & ~closed[target],
        lag=lags[kept] + np.where(from_start, facts.front[source], 0),
        lag_calendar=links.lag_calendar[kept],
    ), wanted


def moving(network: Network, facts: NodeFacts) -> Flags:
    """Links that can move their successor."""
    moved: Flags = ~facts.is_held[network.links.target] & ~from_the_past(network, facts.is_started, facts.is_over)
    return moved


def standing_lags(problem: Problem) -> Ints:
    """The lag of every link that is still to run."""
    out = np.empty_like(problem.links.lag)
    each_standing_lag(problem, out)
    return out


def _wanted(network: Network, facts: NodeFacts, closed: Flags, needed: Flags) -> Flags:
    links = network.links
    wanted = ~facts.is_left_out & (~closed | needed)
    for node in network.order[::-1].tolist():
        if closed[node] and not wanted[node]:
            out = network.outgoing[network.outgoing_first[node] : network.outgoing_first[node + 1]]
            wanted[node] = bool(wanted[links.target[out]].any())
    return wanted
