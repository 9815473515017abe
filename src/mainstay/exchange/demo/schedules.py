"""The demonstration's plans, as they stand now or stood a month ago: placed lines turned into plans with dates, baseline and progress."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from mainstay.exchange.demo import staffing
from mainstay.exchange.demo.notation import Line, Placed, all_of, groups_now, groups_then, notation, numbers, passes
from mainstay.formats.schedule import Activity, Baseline, Calendar, CalendarException, Link, Schedule, Shift
from mainstay.formats.terms import ActivityKind, TimeUnit

DAY = (Shift(8 * 60, 12 * 60), Shift(13 * 60, 17 * 60))
MINUTES_PER_DAY = 480
WORKING_DAYS = {"five-day": 5, "six-day": 6}
MORNING, EVENING = time(8), time(17)
LONGEST_PLAN_DAYS = 3000
MONTH = timedelta(days=28)
"""How long before the versions of now those of a month ago were sent."""


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


def status_day(today: date) -> date:
    """The Friday before: up to it the plans are brought up to date."""
    return today - timedelta(days=(today.weekday() - 4) % 7 or 7)


def first_day(today: date, start: int, per_week: int) -> date:
    day, left = today, -start
    while left > 0:
        day -= timedelta(days=1)
        left -= day.weekday() < per_week and not is_holiday(day)
    return day


def schedule_of(code: str, title: str, manager: str, today: date, *, month_ago: bool = False) -> Schedule:
    """The plan of one project of the demonstration as it stood at the end of last week, or four weeks before."""
    told = notation()[code]
    per_week = WORKING_DAYS[told["calendar"]]
    days = WorkingDays(first_day(today, told["start"], per_week), per_week)
    status = status_day(today) - MONTH * month_ago
    reached = days.count_until(status)
    current = passes(all_of(groups_now(code)), planned=False)
    groups = groups_then(code, current, reached) if month_ago else groups_now(code)
    lines = all_of(groups)
    planned = passes(lines, planned=True) | passes(all_of(groups_now(code)), planned=True)
    uids = numbers(code)
    maker = Maker(days, reached, passes(lines, planned=False), planned, uids, Decimal(str(told.get("spent", 1))))
    activities = [
        activity
        for number, (group, members) in enumerate(groups.items(), 1)
        for activity in maker.group(f"{code}.{number}", group, members)
    ]
    links = [
        Link(uids[name], uids[line.code], kind, lag * MINUTES_PER_DAY, TimeUnit.DAYS)
        for line in lines
        for name, kind, lag in line.predecessors
    ]
    assignments = staffing.assignments_of(code, activities)
    return Schedule(
        name=title,
        project_id=code,
        title=title,
        manager=manager,
        organisation="Department for Coast and Rivers",
        start=days.starts(0),
        finish=max(activity.finish for activity in activities if activity.finish),
        status_date=datetime.combine(status, EVENING),
        current_date=datetime.combine(today - MONTH * month_ago, MORNING),
        default_calendar_uid=1,
        minutes_per_day=MINUTES_PER_DAY,
        minutes_per_week=MINUTES_PER_DAY * per_week,
        default_start_minute=8 * 60,
        default_finish_minute=17 * 60,
        currency="GBP",
        currency_symbol="£",
        calendars=(calendar(days),),
        activities=staffing.with_work(activities, assignments),
        links=tuple(links),
        resources=staffing.resources_of(code),
        assignments=assignments,
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
    now: Placed
    before: Placed
    uids: dict[str, int]
    spent: Decimal = Decimal(1)
    """What work has cost against what it was planned to cost."""

    def group(self, wbs: str, name: str, lines: list[Line]) -> list[Activity]:
        uid = self.uids[name]
        members = [self.activity(line, wbs, uid, self.uids[line.code]) for line in lines]
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
            task_type="fixed_duration",
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
            actual_cost=(line.cost * round(percent) / 100 * self.spent).quantize(Decimal(1)) if line.cost and percent else None,
            baselines=(self.baseline(*self.before[line.code], line.cost),),
        )

    def baseline(self, start: int, end: int, cost: Decimal | None = None) -> Baseline:
        begin = self.days.finishes(start) if start == end else self.days.starts(start)
        return Baseline(0, begin, self.days.finishes(end), (end - start) * MINUTES_PER_DAY, None, cost)
