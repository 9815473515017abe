"""A whole schedule → the engine's plan, and several of them → one network joined by their links to other files."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mainstay.engine import plan as engine
from mainstay.engine.worktime import Calendar
from mainstay.formats import schedule as file
from mainstay.planning.conversion.activities import Habits, engine_activity, instant
from mainstay.planning.conversion.calendars import engine_calendars, project_calendar
from mainstay.planning.conversion.splits import with_pauses
from mainstay.planning.conversion.terms import LAG_CALENDARS, LINKS, PROGRESS, SLACKS, lag_kind
from mainstay.planning.conversion.working_calendars import WorkingCalendars


def activity_key(project: str, uid: int) -> str:
    """How the engine calls an activity of the joined network."""
    return f"{project}:{uid}"


def plan_data(schedule: file.Schedule, project: str, *, without: Collection[int] = (), joined: Collection[int] = ()) -> engine.PlanData:
    """The engine's plan of one schedule; `without` names stand-ins whose place real activities of other plans take, and `joined` the
    activities whose links to other plans are in the network, so that the dates which their own tool had of those no longer count."""
    calendars = engine_calendars(schedule)
    default = project_calendar(schedule, calendars)
    kept = {activity.uid: activity for activity in schedule.activities if is_kept(activity, without)}
    above = {row.uid: row.parent_uid for row in schedule.activities}
    parents = {uid: parent_of(activity, kept, above) for uid, activity in kept.items()}
    summaries = {parent for parent in parents.values() if parent is not None}
    working = WorkingCalendars(schedule, calendars, default)
    chosen = working.by_activity()
    keeps_starts = schedule.application.lower() == "ganttproject"
    habits = Habits(is_primavera(schedule), schedule.status_date, schedule.use_expected_finish, keeps_starts)
    activities = [
        engine_activity(
            activity,
            key=activity_key(project, uid),
            project=project,
            parent=None if parents[uid] is None else activity_key(project, parents[uid] or 0),
            chosen=chosen[uid],
            is_parent=uid in summaries,
            habits=habits,
        )
        for uid, activity in kept.items()
    ]
    used = {default.id: default} | {calendar.id: calendar for calendar in calendars.values()} | working.made
    activities = with_pauses(activities, kept, used, default)
    loose = {activity_key(project, uid) for uid in joined}
    activities = [replace(row, external_start=None, external_finish=None) if row.id in loose else row for row in activities]
    return engine.PlanData(
        projects=(engine_project(schedule, project, default, activities),),
        calendars=tuple(used.values()),
        activities=tuple(activities),
        links=tuple(
            engine_link(link, activity_key(project, link.predecessor_uid), activity_key(project, link.successor_uid))
            for link in schedule.links
            if link.predecessor_uid in kept and link.successor_uid in kept and link.predecessor_uid != link.successor_uid
        ),
    )


def is_kept(activity: file.Activity, without: Collection[int]) -> bool:
    return activity.active and not activity.project_summary and activity.uid not in without


def parent_of(activity: file.Activity, kept: Mapping[int, file.Activity], above: Mapping[int, int | None]) -> int | None:
    """The nearest summary above that is kept."""
    parent, seen = activity.parent_uid, {activity.uid}
    while parent is not None and parent not in kept:
        if parent in seen:
            return None
        seen.add(parent)
        parent = above.get(parent)
    return None if parent == activity.uid else parent


def engine_link(link: file.Link | file.ExternalLink, predecessor: str, successor: str) -> engine.Link:
    percent = link.lag_percent if isinstance(link, file.Link) else None
    return engine.Link(
        predecessor=predecessor,
        successor=successor,
        type=LINKS[link.type],
        lag=percent if percent is not None else link.lag_minutes,
        lag_kind=lag_kind(percent, link.lag_unit.is_elapsed),
    )


def engine_project(schedule: file.Schedule, project: str, calendar: Calendar, activities: Sequence[engine.Activity]) -> engine.Project:
    starts = [row.stored.start for row in activities if row.stored is not None and row.stored.start is not None]
    start = instant(schedule.planned_start if schedule.planned_start and is_primavera(schedule) else schedule.start)
    finish = instant(schedule.finish) if schedule.schedule_from_finish else instant(schedule.must_finish_by)
    return engine.Project(
        id=project,
        calendar=calendar.id,
        start=start if start is not None else min(starts, default=0),
        finish=finish,
        status_date=instant(schedule.status_date),
        options=options(schedule),
    )


def options(schedule: file.Schedule) -> engine.Options:
    tool = engine.Options.primavera() if is_primavera(schedule) else engine.Options.microsoft_project()
    return replace(
        tool,
        progress=PROGRESS[schedule.progress_logic] if schedule.progress_logic else tool.progress,
        lag_calendar=LAG_CALENDARS.get(schedule.lag_calendar, tool.lag_calendar),
        from_finish=schedule.schedule_from_finish and schedule.finish is not None,
        honour_constraints=tool.honour_constraints and schedule.honour_constraints,
        critical_slack_minutes=round(schedule.critical_slack_minutes),
        longest_path_is_critical=schedule.longest_path_is_critical,
        slack=SLACKS.get(schedule.total_float_kind, tool.slack),
        open_ends_are_critical=schedule.open_ends_are_critical,
        start_lag_from_actual=not schedule.start_lag_from_early_start,
        each_project_has_own_end=schedule.float_to_own_finish,
    )


def is_primavera(schedule: file.Schedule) -> bool:
    return "primavera" in schedule.application.lower()


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One plan on its way into a joined network: the project's name there, its file, its content."""

    project: str
    file_name: str
    schedule: file.Schedule


def plan_of_files(plans: Iterable[FilePlan], links_between: Sequence[engine.Link] = ()) -> engine.PlanData:
    """Join plans by their links to each other's files; a stand-in gives way where the other plan is there."""
    found = list(plans)
    between, replaced = external_links(found)
    ends = {key for link in between for key in (link.predecessor, link.successor)}
    plans_made = [
        plan_data(
            plan.schedule,
            plan.project,
            without=replaced.get(plan.project, ()),
            joined=[row.uid for row in plan.schedule.activities if activity_key(plan.project, row.uid) in ends],
        )
        for plan in found
    ]
    return engine.join(plans_made, [*between, *links_between])


def external_links(plans: Sequence[FilePlan]) -> tuple[list[engine.Link], dict[str, set[int]]]:
    """The links between these plans, once each, and the stand-ins that they make needless."""
    links: dict[tuple[str, str], engine.Link] = {}
    replaced: dict[str, set[int]] = {}
    for plan in plans:
        own = {activity.uid for activity in plan.schedule.activities if not activity.external}
        for link in plan.schedule.external_links:
            other = other_side(plans, plan, link)
            if other is None or link.activity_uid not in own:
                continue
            ends = [activity_key(plan.project, link.activity_uid), other]
            if link.external_end == file.ExternalEnd.PREDECESSOR:
                ends.reverse()
            links.setdefault((ends[0], ends[1]), engine_link(link, ends[0], ends[1]))
            if link.ghost_uid is not None:
                replaced.setdefault(plan.project, set()).add(link.ghost_uid)
    return list(links.values()), replaced


def other_side(plans: Sequence[FilePlan], plan: FilePlan, link: file.ExternalLink) -> str | None:
    """The activity that an external link means, if its plan is among these."""
    wanted = stem(link.project)
    for candidate in plans:
        names = {
            stem(candidate.file_name),
            candidate.schedule.name.lower(),
            candidate.schedule.project_id.lower(),
            candidate.project.lower(),
        }
        if candidate is plan or (wanted and wanted not in names) or (not wanted and not link.external_id):
            continue
        for activity in candidate.schedule.activities:
            by_uid = link.external_uid is not None and activity.uid == link.external_uid
            by_code = bool(link.external_id) and link.external_id in (activity.activity_id, str(activity.id))
            if (by_uid or by_code) and not activity.external:
                return activity_key(candidate.project, activity.uid)
    return None


def stem(name: str) -> str:
    """A file's name without its folder and ending, for comparison."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return (last.rsplit(".", 1)[0] if "." in last else last).lower()
