"""What a plan file says that cannot be, found before anything is calculated: findings of `plan check` and of a plan's page. No database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mainstay.formats.schedule import Activity, Schedule
from mainstay.planning.conversion.calendars import engine_calendars

NAMED = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of fault: a code, a sentence, how many of how many activities or links, and the first hundred by code."""

    code: str
    text: str
    count: int
    of: int
    activities: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """Per cent of those looked at."""
        return 100 * self.count / self.of if self.of else 0.0


def code_of(activity: Activity) -> str:
    return activity.activity_id or activity.wbs or str(activity.uid)


def impossible(schedule: Schedule, today: date | None = None) -> Iterator[Finding]:
    """Everything in one plan that contradicts itself; with ``today`` also a status date that lies ahead of it."""
    rows = [row for row in schedule.activities if row.active and not row.project_summary]
    if not any(not row.summary for row in rows):
        yield Finding("no_activity", "The plan holds no activity; export it again with its activities.", 1, 1)
    negative = [row for row in rows if (row.duration_minutes or 0) < 0 or (row.remaining_duration_minutes or 0) < 0]
    yield _finding("negative_duration", "Negative durations, which are taken as none; correct them in the plan.", negative, rows)
    yield _finding(
        "idle_calendar", "Activities by a calendar without working time; the project's is taken instead.", _idle(schedule, rows), rows
    )
    backwards = [row for row in rows if _after(row.actual_start, row.actual_finish)]
    yield _finding("finished_before_start", "Actual finishes before the actual start; correct them in the plan.", backwards, rows)
    uids = {row.uid for row in schedule.activities}
    lost = [link for link in schedule.links if link.predecessor_uid not in uids or link.successor_uid not in uids]
    yield Finding(
        "dangling_link", "Links that name an activity which the plan does not hold; they are left out.", len(lost), len(schedule.links)
    )
    if today is not None and schedule.status_date is not None and schedule.status_date.date() > today:
        text = f"The status date {schedule.status_date:%d/%m/%Y} lies in the future; set it to the day up to which progress is known."
        yield Finding("status_ahead", text, 1, 1)


def same_project(schedules: Sequence[Schedule]) -> list[tuple[Finding, ...]]:
    """For each of several plans whether another one has its project id: then at most one of them is the project as it is now."""
    ids = [schedule.project_id.lower() for schedule in schedules]
    text = "Another of these files holds the project {}, too; give versions of one project one by one, or each project its own id."
    return [
        (Finding("same_project", text.format(schedule.project_id), 1, 1),) if key and ids.count(key) > 1 else ()
        for key, schedule in zip(ids, schedules, strict=True)
    ]


def _idle(schedule: Schedule, rows: Sequence[Activity]) -> list[Activity]:
    """Activities whose calendar cannot be worked by; where it is the project's own, all that follow it."""
    workable = engine_calendars(schedule)
    known = {calendar.uid for calendar in schedule.calendars}
    followed = schedule.default_calendar_uid
    return [row for row in rows if not row.summary and (uid := row.calendar_uid or followed) in known and uid not in workable]


def _after(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one > other


def _finding(code: str, text: str, found: Sequence[Activity], rows: Sequence[Activity]) -> Finding:
    return Finding(code, text, len(found), len(rows), tuple(code_of(row) for row in found[:NAMED]))
