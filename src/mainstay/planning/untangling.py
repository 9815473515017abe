"""What can be calculated of plans that wait for each other: the links between projects that close circles are left out and named.

No link inside a file ever is: a project whose own file cannot be calculated keeps its file's dates, and gives by them. No database.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mainstay.engine import network
from mainstay.engine import plan as engine
from mainstay.engine.critical_path import schedule
from mainstay.engine.errors import CycleError, EngineError
from mainstay.engine.plan import Link, PlanData
from mainstay.engine.worktime import minute_of
from mainstay.planning.conversion import activity_key, plan_data
from mainstay.planning.conversion.calendars import standard_calendar
from mainstay.planning.conversion.network import FilePlan, external_links

MOST_CIRCLES = 500


@dataclass(frozen=True, slots=True)
class Closing:
    """A link between projects that was left out, and the circle that it closes, by the engine's ids."""

    link: Link
    error: CycleError


@dataclass(frozen=True, slots=True)
class Untangled:
    """The network that can be calculated; None where no project's plan can."""

    plan: PlanData | None
    left_out: tuple[Closing, ...] = ()
    standing: Mapping[str, EngineError] = field(default_factory=dict)
    """Projects that keep the dates of their files, each with the reason that lies in its file alone."""


def untangle(files: Sequence[FilePlan], agreed: Sequence[Link]) -> Untangled:
    """Join the plans as far as they go together. Of several links that close one circle the one made last is left out.

    Raises
    ------
    mainstay.engine.errors.EngineError
        Where neither a file alone nor a link between two is the reason.
    """
    external, replaced = external_links(files)
    links = [*external, *agreed]
    plans, standing = alone(files, replaced)
    givers = {link.predecessor for link in links}
    fixed = [fixed_plan(file, givers) for file in files if file.project in standing]
    parts = [*plans.values(), *(plan for plan in fixed if plan is not None)]
    if not plans:
        return Untangled(None, (), standing)
    known = {activity.id for plan in parts for activity in plan.activities}
    links = [link for link in links if link.predecessor in known and link.successor in known and project_of(link.successor) not in standing]
    left_out: list[Closing] = []
    while True:
        joined = engine.join(parts, links)
        try:
            network.build(joined)
        except CycleError as error:
            closing = closing_link(joined, links, error)
            if closing is None or len(left_out) == MOST_CIRCLES:
                raise
            links.remove(closing)
            left_out.append(Closing(closing, error))
            continue
        return Untangled(joined, tuple(left_out), standing)


def project_of(key: str) -> str:
    return key.rpartition(":")[0]


def alone(files: Sequence[FilePlan], replaced: Mapping[str, Collection[int]]) -> tuple[dict[str, PlanData], dict[str, EngineError]]:
    """The plans that can be calculated by themselves, and why the others cannot."""
    plans: dict[str, PlanData] = {}
    faults: dict[str, EngineError] = {}
    for file in files:
        try:
            plan = plan_data(file.schedule, file.project, without=replaced.get(file.project, ()))
            schedule(plan)
        except EngineError as error:
            faults[file.project] = error
        else:
            plans[file.project] = plan
    return plans, faults


def fixed_plan(file: FilePlan, wanted: Collection[str]) -> PlanData | None:
    """Those activities of a plan on which others wait, nailed to the dates of the file."""
    calendar = standard_calendar()
    activities = [
        engine.Activity(
            id=activity_key(file.project, row.uid),
            project=file.project,
            calendar=calendar.id,
            manual=True,
            fixed_start=minute_of(row.start or row.finish),
            fixed_finish=minute_of(row.finish),
        )
        for row in file.schedule.activities
        if row.finish is not None and activity_key(file.project, row.uid) in wanted
    ]
    if not activities:
        return None
    first = min(row.fixed_start or 0 for row in activities)
    return PlanData((engine.Project(id=file.project, calendar=calendar.id, start=first),), (calendar,), tuple(activities))


def closing_link(plan: PlanData, links: Sequence[Link], error: CycleError) -> Link | None:
    """The last of the links between projects that lie on the circle."""
    parents = {activity.id: activity.parent for activity in plan.activities}
    steps = list(zip(error.activities, (*error.activities[1:], error.activities[0]), strict=True))
    crossing = [(source, set(upwards(target, parents))) for source, target in steps if project_of(source) != project_of(target)]
    found = [link for link in links if any(link.predecessor == source and link.successor in targets for source, targets in crossing)]
    return found[-1] if found else None


def upwards(key: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """An activity and the summaries above it: a link to a summary holds up what lies below."""
    step: str | None = key
    while step is not None:
        yield step
        step = parents[step]


def towards_one_end(plan: PlanData) -> PlanData:
    """Let the late dates of all projects count from the last finish of the whole programme."""
    projects = tuple(replace(project, options=replace(project.options, each_project_has_own_end=False)) for project in plan.projects)
    return replace(plan, projects=projects)
