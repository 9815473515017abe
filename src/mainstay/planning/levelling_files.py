"""Levelling of files as plain documents: what `plan level --json` prints. No database."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mainstay.engine.levelling.plain_levelling import level_plain
from mainstay.engine.levelling.plan_levelling import Levelled, PlanState, level_plan, level_plan_within_float
from mainstay.engine.levelling.problem import PlainProblem
from mainstay.engine.levelling.search import Limits, Told
from mainstay.engine.worktime import datetime_of
from mainstay.formats.schedule import Schedule
from mainstay.formats.scheduling_problems import SchedulingProblem
from mainstay.planning.checking import distinct
from mainstay.planning.conversion.network import FilePlan, activity_key, plan_of_files
from mainstay.planning.conversion.pool import pool_of


def problem_document(found: SchedulingProblem, limits: Limits, told: Told, best_known: int | None = None) -> dict[str, Any]:
    """One problem of a test library: makespans before and after, bound, gap, starts by job number. Raises EngineError."""
    links = tuple((place, after) for place, row in enumerate(found.successors) for after in row)
    made = level_plain(PlainProblem(found.durations, found.demands, found.capacities, links), limits, told)
    document: dict[str, Any] = {
        "problem": found.name,
        "makespan_before": made.path,
        "makespan": made.state.best,
        "bound": made.state.bound,
        "gap": round(made.state.gap, 3),
        "optimal": made.state.best <= made.state.bound,
        "schedules": made.state.lists,
        "cpu_seconds": round(made.state.seconds, 3),
        "seed": limits.seed,
        "starts": {str(place + 1): start for place, start in enumerate(made.start)},
    }
    if best_known is not None:
        document |= {"best_known": best_known, "gap_to_best_known": round(100 * (made.state.best - best_known) / best_known, 3)}
    return document


def plans_document(
    files: Sequence[tuple[Path, Schedule]],
    limits: Limits,
    told: Callable[[PlanState], bool] = lambda _state: False,
    *,
    within_float: bool = False,
    priorities: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Plans that share one pool of resources: finishes before and after, and every activity that moved. Raises EngineError.

    ``priorities`` are by the name of the file, or the id or name of the project.
    """
    names = distinct([path.stem for path, _schedule in files]) if len(files) > 1 else [""]
    plans = [FilePlan(name, path.name, schedule) for name, (path, schedule) in zip(names, files, strict=True)]
    plan = plan_of_files(plans)
    schedules = {each.project: each.schedule for each in plans}
    pool = pool_of(schedules, plan)
    if within_float:
        made = level_plan_within_float(plan, pool, limits, told)
    else:
        made = level_plan(plan, pool, limits, told, by_project(plans, priorities or {}))
    return {"files": [path.name for path, _schedule in files], **effect(made, schedules)} | {
        "seed": limits.seed,
        "priorities": dict(priorities or {}),
    }


def by_project(plans: Sequence[FilePlan], priorities: Mapping[str, int]) -> dict[str, int]:
    """The same by the project's name in the joined plan; what fits none stays, to be refused there."""
    found: dict[str, int] = {}
    for name, weight in priorities.items():
        called = [plan.project for plan in plans if name in (plan.project, plan.file_name, plan.schedule.project_id, plan.schedule.name)]
        found |= dict.fromkeys(called or [name], weight)
    return found


def effect(made: Levelled, schedules: Mapping[str, Schedule]) -> dict[str, Any]:
    """What levelling does to the plans, with dates in ISO form."""
    rows = {activity_key(project, row.uid): (project, row) for project, schedule in schedules.items() for row in schedule.activities}
    moved = []
    for place in made.moved:
        project, row = rows[made.before.plan.activities[place].id]
        moved.append({
            "project": project, "uid": row.uid, "activity": row.activity_id or row.wbs, "name": row.name,
            "start_before": iso(made.before.start[place]), "start": iso(made.after.start[place]),
            "finish_before": iso(made.before.finish[place]), "finish": iso(made.after.finish[place]),
            "days": round((int(made.after.start[place]) - int(made.before.start[place])) / 1440, 2),
        })  # fmt: skip
    return {
        "projects": [
            {
                "name": schedule.name,
                "finish_before": iso(made.before.project_finish(project)),
                "finish": iso(made.after.project_finish(project)),
            }
            for project, schedule in schedules.items()
        ],
        "finish_before": iso(made.before.finish.max()),
        "finish": iso(made.after.finish.max()),
        "bound": iso(made.bound),
        "gap": round(made.gap, 3),
        "overbooked": list(made.overbooked),
        "moved": moved,
        "activities": len(made.movable),
        "schedules": made.lists,
        "cpu_seconds": round(made.seconds, 3),
        "starts": {row.uid if len(schedules) == 1 else f"{project}:{row.uid}": iso(made.after.start[made.after.plan.index[key]])
                   for key, (project, row) in rows.items() if key in made.after.plan.index},
    }  # fmt: skip


def iso(instant: Any) -> str:
    return datetime_of(int(instant)).isoformat(timespec="minutes")
