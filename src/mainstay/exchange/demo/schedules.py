"""The demonstration's plans: the short notation of `data/plans.yaml` turned into plans with dates, baseline and progress."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mainstay.formats.schedule import Activity, Baseline, Calendar, CalendarException, Link, Schedule, Shift
from mainstay.formats.terms import ActivityKind, LinkType, TimeUnit

DATA = Path(__file__).parent / "data"
DAY = (Shift(8 * 60, 12 * 60), Shift(13 * 60, 17 * 60))
MINUTES_PER_DAY = 480
WORKING_DAYS = {"five-day": 5, "six-day": 6}
PREDECESSOR = re.compile(r"(?P<code>[A-Z]+-\d+)(?P<type>FS|SS|FF|SF)?(?P<lag>[+-]\d+)?")
MORNING, EVENING = time(8), time(17)
LONGEST_PLAN_DAYS = 3000


@dataclass(frozen=True, slots=True)
class Line:
    """One activity as the notation has it."""

    code: str
    name: str
    days: int
    predecessors: tuple[tuple[str, LinkType, int], ...]
    cost: Decimal | None
    planned_days: int


@dataclass(slots=True)
class WorkingDays:
    """The working days of a plan, counted from its first."""

    first: date
    per_week: int
    days: list[date] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.days = [
            day
            for day in (self.first + timedelta(n) for n in range(LONGEST_PLAN_DAYS))
            if day.weekday() < self.per_week and not is_holiday(day)
        ]

    def starts(self, place: int) -> datetime:
        return datetime.combine(self.days[place], MORNING)

    def finishes(self, place: int) -> datetime:
        """The end of the day before `place`: where work that ends there stops."""
        return datetime.combine(self.days[place - 1], EVENING) if place else self.starts(0)

    def count_until(self, day: date) -> int:
        return sum(1 for one in self.days if one <= day)


def is_holiday(day: date) -> bool:
    """The sites close between Christmas and New Year, and on three Mondays."""
    if (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1):
        return True
    monday = day.weekday() == 0
    return monday and ((day.month == 5 and (day.day <= 7 or day.day > 24)) or (day.month == 8 and day.day > 24))


@cache
def notation() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DATA / "plans.yaml").read_text(encoding="utf-8"))
    return found


def line_of(text: str) -> Line:
    code, name, days, before, cost, planned = [*(part.strip() for part in text.split("|")), "", ""][:6]
    found = [PREDECESSOR.fullmatch(one.strip()) for one in before.split(",") if one.strip()]
    links = tuple((one["code"], LinkType(one["type"] or "FS"), int(one["lag"] or 0)) for one in found if one)
    return Line(code, name, int(days), links, Decimal(cost) * 1000 if cost else None, int(planned or days))


def status_day(today: date) -> date:
    """The Friday before: up to it the plans are brought up to date."""
    return today - timedelta(days=(today.weekday() - 4) % 7 or 7)


def first_day(today: date, start: int, per_week: int) -> date:
    day, left = today, -start
    while left > 0:
        day -= timedelta(days=1)
        left -= day.weekday() < per_week and not is_holiday(day)
    return day


def passes(lines: list[Line], *, planned: bool) -> dict[str, tuple[int, int]]:
    """Start and end of each activity in working days from the plan's start, each placed after those that it waits for."""
    by_code = {line.code: line for line in lines}
    placed: dict[str, tuple[int, int]] = {}

    def place(code: str) -> tuple[int, int]:
        if code not in placed:
            line = by_code[code]
            days = line.planned_days if planned else line.days
            starts = [0]
            for before, kind, lag in line.predecessors:
                start, end = place(before)
                begin = {LinkType.FS: end, LinkType.SS: start, LinkType.FF: end - days, LinkType.SF: start - days}[kind] + lag
                starts.append(begin)
            placed[code] = (max(starts), max(starts) + days)
        return placed[code]

    for line in lines:
        place(line.code)
    return placed


def schedule_of(code: str, title: str, manager: str, today: date) -> Schedule:
    """The plan of one project of the demonstration as it stood at the end of last week."""
    told = notation()[code]
    per_week = WORKING_DAYS[told["calendar"]]
    days = WorkingDays(first_day(today, told["start"], per_week), per_week)
    groups = {group: [line_of(text) for text in texts] for group, texts in told["groups"].items()}
    lines = [line for group in groups.values() for line in group]
    now, before = passes(lines, planned=False), passes(lines, planned=True)
    status = status_day(today)
    maker = Maker(days, days.count_until(status), now, before)
    activities: list[Activity] = []
    for number, (group, members) in enumerate(groups.items(), 1):
        activities += maker.group(f"{code}.{number}", group, members, len(activities) + 1)
    uids = {activity.activity_id: activity.uid for activity in activities if not activity.summary}
    links = [
        Link(uids[name], uids[line.code], kind, lag * MINUTES_PER_DAY, TimeUnit.DAYS)
        for line in lines
        for name, kind, lag in line.predecessors
    ]
    return Schedule(
        name=title,
        project_id=code,
        title=title,
        manager=manager,
        organisation="Department for Coast and Rivers",
        start=days.starts(0),
        finish=max(activity.finish for activity in activities if activity.finish),
        status_date=datetime.combine(status, EVENING),
        current_date=datetime.combine(today, MORNING),
        default_calendar_uid=1,
        minutes_per_day=MINUTES_PER_DAY,
        minutes_per_week=MINUTES_PER_DAY * per_week,
        default_start_minute=8 * 60,
        default_finish_minute=17 * 60,
        currency="GBP",
        currency_symbol="£",
        calendars=(calendar(days),),
        activities=tuple(activities),
        links=tuple(links),
    )


def calendar(days: WorkingDays) -> Calendar:
    week = tuple(DAY if number < days.per_week else () for number in range(7))
    last = days.days[-1]
    closed = [
        day
        for day in (days.first + timedelta(n) for n in range((last - days.first).days))
        if day.weekday() < days.per_week and is_holiday(day)
    ]
    exceptions = tuple(CalendarException(day, day, (), "Sites closed") for day in closed)
    name = "Six-day site week" if days.per_week == 6 else "Five-day week"
    return Calendar(1, name, week, None, exceptions, (), "", MINUTES_PER_DAY, MINUTES_PER_DAY * days.per_week)


@dataclass(frozen=True, slots=True)
class Maker:
    """Turns placed lines into activities with dates, baseline and progress up to the status day."""

    days: WorkingDays
    reached: int
    now: dict[str, tuple[int, int]]
    before: dict[str, tuple[int, int]]

    def group(self, wbs: str, name: str, lines: list[Line], uid: int) -> list[Activity]:
        members = [self.activity(line, wbs, uid, uid + place) for place, line in enumerate(lines, 1)]
        starts = [member.start for member in members if member.start]
        finishes = [member.finish for member in members if member.finish]
        spans = [(self.now[line.code], self.before[line.code]) for line in lines]
        first, last = min(now[0] for now, _ in spans), max(now[1] for now, _ in spans)
        planned = min(then[0] for _, then in spans), max(then[1] for _, then in spans)
        whole = sum(line.days for line in lines) or 1
        done = sum(line.days * (member.percent_complete or 0) for line, member in zip(lines, members, strict=True)) / whole
        summary = Activity(
            uid=uid,
            id=uid,
            wbs=wbs,
            outline_level=1,
            name=name,
            kind=ActivityKind.TASK,
            summary=True,
            start=min(starts),
            finish=max(finishes),
            duration_minutes=(last - first) * MINUTES_PER_DAY,
            percent_complete=round(done),
            baselines=(self.baseline(*planned),),
        )
        return [summary, *members]

    def activity(self, line: Line, wbs: str, parent: int, uid: int) -> Activity:
        start, end = self.now[line.code]
        milestone = line.days == 0
        begin = self.days.finishes(start) if milestone else self.days.starts(start)
        is_done = end <= self.reached
        worked = min(max(self.reached - start, 0), line.days)
        percent = 100 if is_done else worked * 100 / line.days if line.days else 0
        return Activity(
            uid=uid,
            id=uid,
            wbs=line.code,
            outline_level=2,
            parent_uid=parent,
            name=line.name,
            activity_id=line.code,
            kind=ActivityKind.FINISH_MILESTONE if milestone else ActivityKind.TASK,
            milestone=milestone,
            start=begin,
            finish=self.days.finishes(end),
            actual_start=begin if is_done or worked else None,
            actual_finish=self.days.finishes(end) if is_done else None,
            duration_minutes=line.days * MINUTES_PER_DAY,
            actual_duration_minutes=worked * MINUTES_PER_DAY,
            remaining_duration_minutes=(line.days - worked) * MINUTES_PER_DAY,
            percent_complete=round(percent),
            cost=line.cost,
            fixed_cost=line.cost,
            baselines=(self.baseline(*self.before[line.code], line.cost),),
        )

    def baseline(self, start: int, end: int, cost: Decimal | None = None) -> Baseline:
        begin = self.days.finishes(start) if start == end else self.days.starts(start)
        return Baseline(0, begin, self.days.finishes(end), (end - start) * MINUTES_PER_DAY, None, cost)
