"""What makes a plan untrustworthy, found without its author: the findings of `plan check` and of a plan's page. No database."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import numpy as np

from mainstay.engine.calendar_table import Ints
from mainstay.engine.errors import EngineError
from mainstay.engine.plan import NONE, ActivityKind, ConstraintType, LinkType
from mainstay.engine.plan_arrays import Flags
from mainstay.formats.schedule import Activity, Schedule
from mainstay.planning.comparison import ScheduledPlan, called, in_words, schedule_file
from mainstay.planning.conversion import activity_key
from mainstay.planning.conversion.network import FilePlan, external_links
from mainstay.planning.inconsistencies import NAMED, Finding, code_of, impossible, same_project
from mainstay.planning.untangling import untangle

__all__ = ["Finding", "check", "check_between", "code_of"]

MINUTES_A_DAY = 480
LONG_DAYS = 44
"""Working days that the DCMA assessment counts as two months."""
HARD = (
    ConstraintType.MUST_START_ON,
    ConstraintType.MUST_FINISH_ON,
    ConstraintType.START_NO_LATER_THAN,
    ConstraintType.FINISH_NO_LATER_THAN,
    ConstraintType.MANDATORY_START,
    ConstraintType.MANDATORY_FINISH,
)


def check(schedule: Schedule, today: date | None = None) -> tuple[Finding, ...]:
    """Check one project of a file; one that cannot be scheduled has the reason, and what contradicts itself, as its findings."""
    wrong = [finding for finding in impossible(schedule, today) if finding.count]
    try:
        plan = schedule_file(schedule)
    except EngineError as error:
        return (Finding("unschedulable", str(error), 1, 1), *wrong)
    return (*wrong, *(finding for finding in (*_of_document(schedule), *_of_network(plan), *_of_dates(plan)) if finding.count))


def check_between(files: Sequence[tuple[str, Schedule]]) -> list[tuple[Finding, ...]]:
    """For each project, given with its file's name: the circles that run through it and others of these, by links between the files,
    and whether another one has its id."""
    names = distinct([name.rsplit(".", 1)[0] for name, _schedule in files])
    plans = [FilePlan(name, file_name, schedule) for name, (file_name, schedule) in zip(names, files, strict=True)]
    links = len(external_links(plans)[0])
    doubled = same_project([schedule for _name, schedule in files])
    if not links:
        return doubled
    rows = {activity_key(plan.project, row.uid): row for plan in plans for row in plan.schedule.activities}
    texts = {key: called(row) for key, row in rows.items()}
    found: dict[str, list[Finding]] = {name: [] for name in names}
    for closing in untangle(plans, ()).left_out:
        for project in dict.fromkeys(closing.error.projects):
            codes = tuple(
                code_of(rows[key]) for key, of in zip(closing.error.activities, closing.error.projects, strict=True) if of == project
            )
            found[project].append(Finding("circle_between", str(in_words(closing.error, texts)), 1, links, codes[:NAMED]))
    return [(*doubled[place], *found[name]) for place, name in enumerate(names)]


def distinct(names: Sequence[str]) -> list[str]:
    """The same names, those that come again with a number."""
    made: list[str] = []
    for name in names:
        made.append(name if name not in made else f"{name} {len(made) + 1}")
    return made


def _of_document(schedule: Schedule) -> Iterator[Finding]:
    real = [activity for activity in schedule.activities if activity.active and not activity.summary and not activity.external]
    if schedule.status_date is None:
        yield Finding("no_status_date", "The plan has no status date, so nobody can tell how far it has been brought up to date.", 1, 1)
    else:
        status = schedule.status_date
        yield _listed(
            "future_actual",
            "Actual dates after the status date.",
            real,
            lambda row: any(moment is not None and moment > status for moment in (row.actual_start, row.actual_finish)),
        )
        yield _listed(
            "past_forecast",
            "Work that should have happened before the status date but has no actual date.",
            real,
            lambda row: (
                (row.start is not None and row.start < status and row.actual_start is None)
                or (row.finish is not None and row.finish < status and row.actual_finish is None)
            ),
        )
    yield _listed("no_resource", "Work without anybody assigned to it.", *_unassigned(schedule, real))
    yield _listed("no_baseline", "Activities without a baseline.", real, lambda row: not any(b.number == 0 for b in row.baselines))
    yield _listed("by_hand", "Activities scheduled by hand, which links do not move.", real, lambda row: row.manual)


def _unassigned(schedule: Schedule, real: list[Activity]) -> tuple[list[Activity], Callable[[Activity], bool]]:
    assigned = {row.activity_uid for row in schedule.assignments if row.resource_uid is not None}
    return [row for row in real if row.duration_minutes], lambda row: row.uid not in assigned


def _listed(code: str, text: str, rows: list[Activity], wrong: Callable[[Activity], bool]) -> Finding:
    found = [code_of(row) for row in rows if wrong(row)]
    return Finding(code, text, len(found), len(rows), tuple(found[:NAMED]))


def _of_network(plan: ScheduledPlan) -> Iterator[Finding]:
    arrays = plan.result.plan.arrays
    columns, links = arrays.activities, arrays.links
    work = (columns.kind != ActivityKind.SUMMARY) & (columns.kind < ActivityKind.LEVEL_OF_EFFORT)
    open_rows = work & (columns.actual_finish == NONE)
    has_before, has_after = np.zeros_like(work), np.zeros_like(work)
    has_before[links.successor] = True
    has_after[links.predecessor] = True
    yield _marked(plan, "no_predecessor", "Activities without a predecessor: nothing moves them.", open_rows & ~has_before, open_rows)
    yield _marked(plan, "no_successor", "Activities without a successor: they move nothing.", open_rows & ~has_after, open_rows)
    for code, text, wrong in (
        ("lead", "Links with a lead (negative lag), which hides work that overlaps.", links.lag < 0),
        ("lag", "Links with a lag, which hides waiting that nobody owns.", links.lag > 0),
        ("not_finish_to_start", "Links that are not finish to start.", links.type != LinkType.FS),
        ("summary_link", "Links at a summary.", (columns.kind[links.predecessor] == ActivityKind.SUMMARY)
         | (columns.kind[links.successor] == ActivityKind.SUMMARY)),
    ):  # fmt: skip
        yield _marked(plan, code, text, wrong, np.ones_like(wrong), links.successor)
    hard = open_rows & np.isin(columns.constraint, [int(kind) for kind in HARD])
    yield _marked(plan, "hard_constraint", "Activities that a constraint pins down, whatever their links say.", hard, open_rows)


def _of_dates(plan: ScheduledPlan) -> Iterator[Finding]:
    result, columns = plan.result, plan.result.plan.arrays.activities
    work = (columns.kind != ActivityKind.SUMMARY) & (columns.kind < ActivityKind.LEVEL_OF_EFFORT) & (columns.actual_finish == NONE)
    long = LONG_DAYS * MINUTES_A_DAY
    yield _marked(plan, "negative_float", "Activities that cannot meet a date set for them.", work & (result.total_float < 0), work)
    yield _marked(plan, "high_float", f"Activities with more than {LONG_DAYS} days of float.", work & (result.total_float > long), work)
    yield _marked(plan, "long_duration", f"Activities longer than {LONG_DAYS} days.", work & (columns.duration > long), work)
    missed = (columns.deadline != NONE) & (result.finish > columns.deadline)
    yield _marked(plan, "missed_deadline", "Activities that finish after their deadline.", missed, columns.deadline != NONE)


def _marked(plan: ScheduledPlan, code: str, text: str, wrong: Flags, of: Flags, places: Ints | None = None) -> Finding:
    rows = {f":{activity.uid}": activity for activity in plan.schedule.activities}
    found = np.flatnonzero(wrong)
    ids = [plan.result.plan.activities[int(places[k] if places is not None else k)].id for k in found[:NAMED]]
    return Finding(code, text, int(found.size), int(of.sum()), tuple(code_of(rows[key]) for key in ids))
