"""The integrated plan: rows → joined network → critical path → result, kept under the digest of its input."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from time import perf_counter

from mainstay import __version__
from mainstay.engine.critical_path import ScheduleResult, schedule
from mainstay.engine.errors import CycleError, EngineError
from mainstay.engine.worktime import minute_of
from mainstay.formats.schedule import Activity, Schedule
from mainstay.initiatives.models import Initiative
from mainstay.planning import joining
from mainstay.planning.comparison import called, in_words
from mainstay.planning.conversion import activity_key
from mainstay.planning.conversion.activities import instant
from mainstay.planning.conversion.calendars import engine_calendars, project_calendar
from mainstay.planning.joining import Inputs, inputs
from mainstay.planning.models import PlanRun
from mainstay.planning.programme import Bond, Circle, Line, Programme, ProjectLine, from_bytes, to_bytes
from mainstay.planning.receiving import code_of, is_row, schedule_of
from mainstay.planning.untangling import Untangled, towards_one_end, untangle
from mainstay.planning.workdays import WorkDays, workdays
from mainstay.register import store
from mainstay.register.asat import Moment

MARGIN = timedelta(days=1500)
"""How far from the dates of a plan slips are counted by its exceptions."""

__all__ = ["Calculated", "calculated", "calculated_from", "inputs"]


@dataclass(frozen=True, slots=True)
class Calculated:
    """An integrated plan with its provenance."""

    inputs: Inputs
    run: PlanRun
    programme: Programme


def calculated(initiative: Initiative, moment: Moment | None = None) -> Calculated:
    """The integrated plan of an initiative: found under its input's digest, else worked out now."""
    return calculated_from(inputs(initiative, moment))


def calculated_from(given: Inputs) -> Calculated:
    run = PlanRun.objects.filter(input_digest=given.digest).first()
    if run is None:
        run = calculate(given)
    return Calculated(given, run, load(run.result_digest))


@lru_cache(maxsize=16)
def load(result_digest: str) -> Programme:
    """A result by its digest; what lies under a digest never changes, so that a copy in memory is never stale."""
    return from_bytes(store.get(result_digest))


def calculate(given: Inputs) -> PlanRun:
    """Work it out and keep it."""
    begun = perf_counter()
    programme = work_out(given)
    values = {
        "result_digest": store.put(to_bytes(programme)),
        "engine_version": __version__,
        "seconds": perf_counter() - begun,
        "activity_count": len(programme.lines),
    }
    return PlanRun.objects.get_or_create(input_digest=given.digest, defaults=values)[0]


def work_out(given: Inputs) -> Programme:
    """Schedule the joined network; where that is impossible, as much of it as goes together, and say why; else keep the files' dates."""
    schedules = {plan.initiative.code: schedule_of(plan) for plan in given.plans}
    from_files = programme_of_files(given, schedules)
    if not given.plans:
        return from_files
    names = {activity_key(code, activity.uid): called(activity) for code, found in schedules.items() for activity in found.activities}
    places = {activity_key(code, uid): place for (code, uid), place in from_files.place.items()}
    try:
        return with_dates(given, from_files, schedule(towards_one_end(joining.join(given, schedules))), schedules)
    except EngineError as error:
        fault = replace(from_files, fault=str(in_words(error, names)), fault_lines=lines_of(error, places))
    try:
        found = untangle(joining.file_plans(given, schedules), joining.links_of(given))
        if found.plan is None:
            return fault
        result = schedule(towards_one_end(found.plan))
    except EngineError:
        return fault
    return with_dates(given, replace(from_files, circles=tuple(circles(given, from_files, found, names, places))), result, schedules)


def lines_of(error: EngineError, places: Mapping[str, int]) -> tuple[int, ...]:
    """The activities of a circle, as far as they are lines of the programme."""
    return tuple(places[key] for key in error.activities if key in places) if isinstance(error, CycleError) else ()


def circles(given: Inputs, programme: Programme, found: Untangled, names: Mapping[str, str], places: Mapping[str, int]) -> Iterator[Circle]:
    """What was left out, and which projects keep their files' dates, told by the places of lines."""
    agreements = {(row.giver, row.getter): row.pk for row in given.agreements}
    numbers = {project.code: number for number, project in enumerate(programme.projects)}
    for code, error in found.standing.items():
        yield Circle(str(in_words(error, names)), lines_of(error, places), project=numbers[code])
    for closing in found.left_out:
        ends = closing.link.predecessor, closing.link.successor
        yield Circle(
            str(in_words(closing.error, names)),
            lines_of(closing.error, places),
            source=places.get(ends[0], -1),
            target=places.get(ends[1], -1),
            agreement=agreements.get(ends),
        )


def programme_of_files(given: Inputs, schedules: Mapping[str, Schedule]) -> Programme:
    """The projects and activities with what their files say."""
    lines: list[Line] = []
    projects = []
    for number, plan in enumerate(given.plans):
        found = schedules[plan.initiative.code]
        own = [line_of(activity, number) for activity in found.activities if is_row(activity)]
        lines += own
        status = None if found.status_date is None else minute_of(found.status_date)
        project = ProjectLine(plan.initiative.code, plan.initiative.title, plan.initiative_id, plan.pk, status=status)
        projects.append(replace(rolled_up(project, own), days=days_of(found)))
    return Programme(tuple(projects), tuple(lines))


def days_of(schedule: Schedule) -> WorkDays:
    """The working days of the project's calendar, from some time before its first date to some time after its last."""
    moments = [moment for row in schedule.activities for moment in (row.start, row.finish) if moment is not None]
    first = max(min(moments).date() if moments else date.min, date.min + MARGIN)
    last = min(max(moments).date() if moments else date.max, date.max - MARGIN)
    return workdays(project_calendar(schedule, engine_calendars(schedule)), first - MARGIN, last + MARGIN)


def line_of(activity: Activity, project: int) -> Line:
    baseline = next((found for found in activity.baselines if found.number == 0), None)
    start, finish = instant(activity.start), instant(activity.finish)
    return Line(
        project=project,
        uid=activity.uid,
        code=code_of(activity),
        name=activity.name,
        outline=activity.outline_level,
        is_summary=activity.summary,
        is_milestone=activity.milestone or (not activity.summary and not activity.duration_minutes),
        percent=round(activity.percent_complete or 0, 1),
        start=start,
        finish=finish,
        baseline_start=instant(baseline.start) if baseline else None,
        baseline_finish=instant(baseline.finish) if baseline else None,
        file_finish=finish,
    )


def rolled_up(project: ProjectLine, lines: list[Line]) -> ProjectLine:
    """A project's dates are those of its activities; its progress is theirs, weighed by length."""
    work = [line for line in lines if not line.is_summary]
    dated = [line for line in work if line.start is not None and line.finish is not None]
    lengths = [max((line.finish or 0) - (line.start or 0), 1) for line in dated]
    total = sum(lengths)
    return replace(
        project,
        start=min((line.start for line in work if line.start is not None), default=None),
        finish=max((line.finish for line in work if line.finish is not None), default=None),
        baseline_start=min((line.baseline_start for line in work if line.baseline_start is not None), default=None),
        baseline_finish=max((line.baseline_finish for line in work if line.baseline_finish is not None), default=None),
        activity_count=len(lines),
        critical_count=sum(line.is_critical for line in work),
        percent=round(sum(line.percent * length for line, length in zip(dated, lengths, strict=True)) / total, 1) if total else 0.0,
    )


def with_dates(given: Inputs, programme: Programme, result: ScheduleResult, schedules: Mapping[str, Schedule]) -> Programme:
    """The same with the engine's dates in place of the files'."""
    index = result.plan.index
    columns = {
        name: getattr(result, name).tolist()
        for name in ("start", "finish", "late_start", "late_finish", "total_float", "free_float", "critical", "driver")
    }
    days = [schedules[project.code].minutes_per_day or joining.MINUTES_A_DAY for project in programme.projects]
    keys = [activity_key(programme.projects[line.project].code, line.uid) for line in programme.lines]
    place = {key: number for number, key in enumerate(keys)}
    lines = []
    for key, line in zip(keys, programme.lines, strict=True):
        at = index.get(key)
        if at is None or line.project in programme.standing:  # replaced by the real activity of another plan, or its file's dates stand
            lines.append(line)
            continue
        driver = columns["driver"][at]
        lines.append(
            replace(
                line,
                **{name: columns[name][at] for name in ("start", "finish", "late_start", "late_finish")},
                total_float=round(columns["total_float"][at] / days[line.project], 2),
                free_float=round(columns["free_float"][at] / days[line.project], 2),
                is_critical=columns["critical"][at],
                driver=place.get(result.plan.links[driver].predecessor, -1) if driver >= 0 else -1,
            )
        )
    by_project: list[list[Line]] = [[] for _ in programme.projects]
    for line in lines:
        by_project[line.project].append(line)
    return replace(
        programme,
        projects=tuple(rolled_up(project, own) for project, own in zip(programme.projects, by_project, strict=True)),
        lines=tuple(lines),
        bonds=bonds(given, result, place),
        path=path_to_the_end(result, place),
    )


def bonds(given: Inputs, result: ScheduleResult, place: Mapping[str, int]) -> tuple[Bond, ...]:
    agreements = {(row.giver, row.getter): row.pk for row in given.agreements}
    return tuple(
        Bond(
            place[link.predecessor],
            place[link.successor],
            link.type.name,
            bool(driving),
            agreements.get((link.predecessor, link.successor)),
        )
        for link, driving in zip(result.plan.links, result.driving.tolist(), strict=True)
        if link.predecessor in place and link.successor in place
    )


def path_to_the_end(result: ScheduleResult, place: Mapping[str, int]) -> tuple[int, ...]:
    """The driving path of whatever finishes last in the programme."""
    last = [
        result.last_activity(project.id)
        for project in result.plan.projects
        if (result.plan.arrays.activities.project == result.plan.arrays.project_numbers[project.id]).any()
    ]
    if not last:
        return ()
    end = max(last, key=lambda at: int(result.finish[at]))
    return tuple(place[key] for key in result.driving_path(result.plan.activities[end].id) if key in place)
