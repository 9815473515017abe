"""Levelling a plan of one or many projects: before, search, after by the engine itself, and the check of what comes out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from mainstay.engine.calendar_table import Ints
from mainstay.engine.critical_path import ScheduleResult, schedule
from mainstay.engine.levelling.errors import LevellingError
from mainstay.engine.levelling.plan_bounds import even_problem, last_edge, least_value
from mainstay.engine.levelling.plan_checking import plan_faults
from mainstay.engine.levelling.plan_problem import PlanProblem, may_move, plan_problem
from mainstay.engine.levelling.pool import Pool, check_pool
from mainstay.engine.levelling.problem import PlainProblem
from mainstay.engine.levelling.proof import Limit, prove
from mainstay.engine.levelling.search import FIRST_SHARE, Limits, Search, Told
from mainstay.engine.levelling.within_float import level_within
from mainstay.engine.plan import Activity, ActivityKind, ConstraintType, PlanData

MOST_DOUBLINGS = 8
MONTH = 30 * 1440
HEAVIEST = 1_000
"""Largest priority of a project."""
UNPROVEN = -1
"""A bound that no search reaches."""


@dataclass(frozen=True, slots=True)
class PlanState:
    """How far a search is: instants of the last finish of what may move, and the gap in per cent of working slots."""

    finish: int
    bound: int
    gap: float
    lists: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Levelled:
    """The plan before and after. ``bound``: no levelling can finish what may move before this instant."""

    before: ScheduleResult
    after: ScheduleResult
    movable: frozenset[str]
    bound: int
    gap: float
    lists: int
    seconds: float
    stopped: bool
    overbooked: tuple[str, ...] = ()
    """Within float only: what is still asked for too much, one sentence each."""

    @property
    def moved(self) -> tuple[int, ...]:
        """Places of the activities that start at another instant, summaries left out."""
        kinds = self.before.plan.arrays.activities.kind
        return tuple(int(k) for k in np.flatnonzero((self.before.start != self.after.start) & (kinds < ActivityKind.SUMMARY)))


def level_plan(
    plan: PlanData,
    pool: Pool,
    limits: Limits,
    told: Callable[[PlanState], bool] = lambda _state: False,
    priorities: Mapping[str, int] | None = None,
) -> Levelled:
    """Level a plan: nothing that may move finishes later than it must, and no resource is asked for more than there is.

    Without ``priorities`` the last finish of all is to be early. With them (project id → weight, 1 where none is said) it is the sum of
    the projects' finishes, each by its weight: of two projects that want the same people, a slot of the heavier one counts more. The gap
    is then that of the sum.

    Raises
    ------
    LevellingError, EngineError
        With one sentence.
    """
    plan = without_delays(plan)
    before = schedule(plan)
    movable = frozenset(activity.id for activity in plan.activities if may_move(activity, pool))
    check_pool(plan, pool, movable)
    check_priorities(plan, priorities or {})
    made, search = begun(before, pool, movable, limits, told, priorities)
    search.evolve(FIRST_SHARE)
    plain = None if priorities else even_problem(made)
    if plain is not None and search.has_found and search.proof_share and not search.is_over():
        ask(search, plain)
    search.evolve()
    after = schedule(held_back(plan, made, search.room.best_start), before.network)
    if broken := plan_faults(after, pool, movable):
        raise LevellingError(f"The levelled plan does not pass its check ({broken[0]}); please report this with the plan.")
    found = plan_state(made, search)
    return Levelled(before, after, movable, found.bound, found.gap, found.lists, found.seconds, search.stopped)


def level_plan_within_float(
    plan: PlanData, pool: Pool, limits: Limits, told: Callable[[PlanState], bool] = lambda _state: False
) -> Levelled:
    """Level a plan as far as float allows: nothing starts later than its late date, and what cannot fit stays where its links put it.

    Raises
    ------
    LevellingError, EngineError
        With one sentence.
    """
    plan = without_delays(plan)
    before = schedule(plan)
    movable = frozenset(activity.id for activity in plan.activities if may_move(activity, pool))
    check_pool(plan, pool, movable)
    made = plan_problem(before, pool, movable, int(before.late_finish.max()) + MONTH)
    end = made.slots.end_of(last_edge(made))
    found = level_within(
        made.problem, latest_slots(before, made), UNPROVEN, limits, lambda now: told(PlanState(end, end, 0.0, now.lists, now.seconds))
    )
    after = schedule(held_back(plan, made, found.start, found.held), before.network)
    limit = np.maximum(before.late_start, before.early_start)
    moving = [plan.index[name] for name in movable]
    if (after.start[moving] > limit[moving]).any():
        raise LevellingError(
            "The levelled plan does not pass its check (something starts after its late date); please report this with the plan."
        )
    overbooked = tuple(plan_faults(after, pool, movable))
    finish = int(before.finish.max())
    return Levelled(before, after, movable, finish, 0.0, found.lists, found.seconds, found.stopped, overbooked)


def latest_slots(before: ScheduleResult, made: PlanProblem) -> Ints:
    """The last slot at which each task may start."""
    count = before.late_start.size
    late = [int(before.late_start[node]) if node < count else int(made.slots.edges[-1]) for node in made.nodes]
    return np.maximum(np.searchsorted(made.slots.edges, late, side="right") - 1, made.problem.release).astype(np.int64)


def check_priorities(plan: PlanData, priorities: Mapping[str, int]) -> None:
    """Refuse a project that is not there, and a weight that is none."""
    names = {project.id for project in plan.projects}
    for name, weight in priorities.items():
        if name not in names:
            raise LevellingError(f"There is no project {name} among the plans; give priorities to {', '.join(sorted(names)[:10])}.")
        if not 1 <= weight <= HEAVIEST:
            raise LevellingError(f"The priority of {name} is {weight}; give a whole number from 1 to {HEAVIEST:,}.")


def without_delays(plan: PlanData) -> PlanData:
    """Delays of an earlier levelling give way to this one."""
    if not any(activity.levelling_delay for activity in plan.activities):
        return plan
    return replace(plan, activities=tuple(replace(activity, levelling_delay=0) for activity in plan.activities))


def begun(
    before: ScheduleResult,
    pool: Pool,
    movable: frozenset[str],
    limits: Limits,
    told: Callable[[PlanState], bool],
    priorities: Mapping[str, int] | None = None,
) -> tuple[PlanProblem, Search]:
    """The search with its first list; time is made longer until that list fits into it."""
    first, last = int(before.start.min()), int(before.finish.max())
    span = last - first + MONTH
    for doubling in range(MOST_DOUBLINGS):
        made = plan_problem(before, pool, movable, last + span * (1 << doubling), priorities)
        search = Search(made.problem, least_value(made), limits)
        search.told = telling(made, search, told)
        search.evolve_once()
        if search.has_found:
            return made, search
    raise LevellingError(
        "Some activity finds no time at which its people are there, however late it is put; check calendars and availability."
    )


def telling(made: PlanProblem, search: Search, told: Callable[[PlanState], bool]) -> Told:
    return lambda _state: told(plan_state(made, search))


def plan_state(made: PlanProblem, search: Search) -> PlanState:
    """Whatever is to be small, finish and bound are told as those of everything that may move."""
    state, weighs = search.state, bool(made.problem.weight.size)
    best = int(search.room.best_finish.max(initial=0)) if weighs else state.best
    bound = last_edge(made) if weighs else state.bound
    return PlanState(made.slots.end_of(best), made.slots.end_of(bound), state.gap, state.lists, state.seconds)


def ask(search: Search, plain: PlainProblem) -> None:
    """Ask the solver for a proof on the even problem; its schedule counts by its order only, decoded with everything that holds."""
    limits, share = search.limits, FIRST_SHARE + search.proof_share
    most = limits.proof if limits.seconds is None else 2 * limits.seconds
    found = prove(plain, search.state.best, search.bound, limits.seed, Limit(most, lambda: search.is_over(share)))
    search.bound = max(search.bound, found.bound)
    if found.start is not None:
        search.take(np.lexsort((np.array(plain.order).argsort(), np.array(found.start))))


def held_back(plan: PlanData, made: PlanProblem, start: Ints, held: Ints | None = None) -> PlanData:
    """The plan with each activity that uses a resource starting no earlier than the search puts it; the others follow by their links."""
    uses = made.amounts.any(axis=1) if held is None else made.amounts.any(axis=1) & (held > 0)
    earliest = {int(made.nodes[task]): made.slots.start_of(int(start[task])) for task in np.flatnonzero(uses)}
    return replace(
        plan,
        activities=tuple(
            no_earlier(activity, earliest[place]) if place in earliest else activity for place, activity in enumerate(plan.activities)
        ),
    )


def no_earlier(activity: Activity, instant: int) -> Activity:
    """A start-no-earlier-than constraint in the first place that is free; two others leave the activity to its links."""
    kind = ConstraintType.START_NO_EARLIER_THAN
    if activity.constraint in (ConstraintType.AS_SOON_AS_POSSIBLE, ConstraintType.AS_LATE_AS_POSSIBLE, kind):
        return replace(activity, constraint=kind, constraint_date=max(instant, activity.constraint_date or instant))
    if activity.second_constraint in (ConstraintType.AS_SOON_AS_POSSIBLE, kind):
        return replace(activity, second_constraint=kind, second_constraint_date=max(instant, activity.second_constraint_date or instant))
    return activity
