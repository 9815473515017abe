"""The movement report: activities added, deleted, re-linked, re-estimated, moved in time and progressed, from one version to the next."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mainstay.engine.worktime import WorkingTime, minute_of
from mainstay.formats.schedule import Activity, Link, Schedule
from mainstay.planning.conversion.calendars import engine_calendars, project_calendar
from mainstay.planning.conversion.working_calendars import working_times
from mainstay.planning.movement.matching import code_of, pairs, rows

MINUTES_A_DAY = 480


class Kind(StrEnum):
    """What has changed of an activity; one may have changed in several ways."""

    ADDED = "added"
    DELETED = "deleted"
    LATER = "later"
    EARLIER = "earlier"
    ESTIMATED = "estimated"
    LINKED = "linked"
    PROGRESSED = "progressed"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One activity that is not as it was. Lengths are working days of the later version's calendar; None: not known, or not there."""

    uid: int | None = None
    """In the later version."""
    code: str
    name: str
    kinds: tuple[Kind, ...]
    is_milestone: bool = False
    is_summary: bool = False
    was_called: str = ""
    """Code and name then, where they differ."""
    start_then: datetime | None = None
    start_now: datetime | None = None
    finish_then: datetime | None = None
    finish_now: datetime | None = None
    slip_days: float | None = None
    """Of the finish; later is positive."""
    days_then: float | None = None
    days_now: float | None = None
    percent_then: float | None = None
    percent_now: float | None = None
    links_added: tuple[str, ...] = ()
    """Predecessors in words: `A100`, `A100 SS +5 d`."""
    links_removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """All that moved, in the order of the later version, what was deleted at the end."""

    name: str
    status_then: datetime | None
    status_now: datetime | None
    finish_then: datetime | None
    finish_now: datetime | None
    slip_days: float | None
    """Working days, by the project's calendar, by which the last finish is later."""
    count_then: int
    count_now: int
    in_both: int
    changes: tuple[Change, ...] = field(repr=False)

    @property
    def counts(self) -> Mapping[Kind, int]:
        found = Counter(kind for change in self.changes for kind in change.kinds)
        return {kind: found[kind] for kind in Kind}

    @property
    def unchanged(self) -> int:
        return self.in_both - sum(not {Kind.ADDED, Kind.DELETED} & set(change.kinds) for change in self.changes)


def movement(then: Schedule, now: Schedule, confirmed: Mapping[int, int] | None = None) -> Movement:
    """Compare two versions of one project's plan; `confirmed` are activities that a person has said to be the same."""
    found = pairs(then, now, confirmed)
    comparing = Comparing(then, now, found)
    return Movement(
        name=now.title or now.name or then.title or then.name,
        status_then=then.status_date,
        status_now=now.status_date,
        finish_then=last_finish(then),
        finish_now=last_finish(now),
        slip_days=comparing.days_between(last_finish(then), last_finish(now), None),
        count_then=len(rows(then)),
        count_now=len(rows(now)),
        in_both=len(found),
        changes=tuple(comparing.changes()),
    )


def last_finish(schedule: Schedule) -> datetime | None:
    return max((row.finish for row in rows(schedule) if row.finish is not None and not row.summary), default=schedule.finish)


class Comparing:
    """Two versions, which activity is which, and the calendars of the later one."""

    def __init__(self, then: Schedule, now: Schedule, found: Mapping[int, int]) -> None:
        self.then, self.now, self.found = then, now, found
        self.earlier, self.later = ({row.uid: row for row in rows(schedule)} for schedule in (then, now))
        self.back = {new: old for old, new in found.items()}
        made = engine_calendars(now)
        self.default = WorkingTime(project_calendar(now, made))
        self.calendars = working_times(now, made)
        self.day_then, self.day_now = (schedule.minutes_per_day or MINUTES_A_DAY for schedule in (then, now))
        self.links_then, self.links_now = self.links(then, found), self.links(now, None)

    def changes(self) -> Iterator[Change]:
        for uid, row in self.later.items():
            if uid not in self.back:
                yield self.added(row)
            elif change := self.changed(self.earlier[self.back[uid]], row):
                yield change
        for uid, row in self.earlier.items():
            if uid not in self.found:
                yield Change(
                    code=code_of(row),
                    name=row.name,
                    kinds=(Kind.DELETED,),
                    is_milestone=row.milestone,
                    is_summary=row.summary,
                    start_then=row.start,
                    finish_then=row.finish,
                    days_then=days(row, self.day_then),
                    percent_then=percent(row),
                )

    def added(self, row: Activity) -> Change:
        return Change(
            uid=row.uid,
            code=code_of(row),
            name=row.name,
            kinds=(Kind.ADDED,),
            is_milestone=row.milestone,
            is_summary=row.summary,
            start_now=row.start,
            finish_now=row.finish,
            days_now=days(row, self.day_now),
            percent_now=percent(row),
        )

    def changed(self, old: Activity, new: Activity) -> Change | None:
        """A summary's dates, length and progress are those of what lies below it, and are not told again."""
        slip = self.days_between(old.finish, new.finish, new)
        links_then, links_now = self.links_then.get(new.uid, {}), self.links_now.get(new.uid, {})
        length = days(old, self.day_then), days(new, self.day_now)
        renamed = (code_of(old), old.name.strip()) != (code_of(new), new.name.strip())
        found = {
            Kind.LATER: not new.summary and slip is not None and slip > 0,
            Kind.EARLIER: not new.summary and slip is not None and slip < 0,
            Kind.ESTIMATED: not new.summary and None not in length and length[0] != length[1],
            Kind.LINKED: links_then.keys() != links_now.keys(),
            Kind.PROGRESSED: not new.summary and has_progressed(old, new),
            Kind.RENAMED: renamed,
        }
        kinds = tuple(kind for kind, holds in found.items() if holds)
        if not kinds:
            return None
        return Change(
            uid=new.uid,
            code=code_of(new),
            name=new.name,
            kinds=kinds,
            is_milestone=new.milestone,
            is_summary=new.summary,
            was_called=f"{code_of(old)} {old.name}".strip() if renamed else "",
            start_then=old.start,
            start_now=new.start,
            finish_then=old.finish,
            finish_now=new.finish,
            slip_days=slip,
            days_then=length[0],
            days_now=length[1],
            percent_then=percent(old),
            percent_now=percent(new),
            links_added=tuple(text for key, text in links_now.items() if key not in links_then),
            links_removed=tuple(text for key, text in links_then.items() if key not in links_now),
        )

    def days_between(self, first: datetime | None, last: datetime | None, row: Activity | None) -> float | None:
        """Working days from one moment to the other by the activity's calendar; an evening and the next morning are the same."""
        if first is None or last is None:
            return None
        calendar = self.calendars.get(row.uid, self.default) if row is not None else self.default
        return round(calendar.between(minute_of(first), minute_of(last)) / self.day_now, 1)

    def links(self, schedule: Schedule, renumbered: Mapping[int, int] | None) -> dict[int, dict[tuple[object, ...], str]]:
        """Successor → its links by what they are, in words; those of the earlier version under the numbers of the later."""
        by_uid = {row.uid: row for row in rows(schedule)}
        made: dict[int, dict[tuple[object, ...], str]] = {}
        for link in schedule.links:
            source, target = by_uid.get(link.predecessor_uid), by_uid.get(link.successor_uid)
            if source is None or target is None:
                continue
            before: object = source.uid if renumbered is None else renumbered.get(source.uid, f"deleted {source.uid}")
            after = target.uid if renumbered is None else renumbered.get(target.uid)
            if after is not None:
                key = (before, link.type, link.lag_percent, round(link.lag_minutes), link.lag_is_elapsed)
                made.setdefault(after, {})[key] = link_words(link, source, schedule)
        return made


def days(row: Activity, minutes_a_day: float) -> float | None:
    """The duration; one by the clock in days of 24 hours."""
    if row.duration_minutes is None:
        return None
    return round(row.duration_minutes / (1440 if row.duration_is_elapsed else minutes_a_day), 2)


def percent(row: Activity) -> float:
    return round(row.percent_complete or 0, 1)


def has_progressed(old: Activity, new: Activity) -> bool:
    return percent(old) != percent(new) or old.actual_start != new.actual_start or old.actual_finish != new.actual_finish


def link_words(link: Link, source: Activity, schedule: Schedule) -> str:
    """`A100`, `A100 SS`, `A100 FS +5 d`: a plain finish to start needs no word."""
    if link.lag_percent is not None:
        lag = f"{link.lag_percent:+g} %" if link.lag_percent else ""
    else:
        length = link.lag_minutes / (1440 if link.lag_is_elapsed else schedule.minutes_per_day or MINUTES_A_DAY)
        lag = f"{round(length, 2):+g} {'ed' if link.lag_is_elapsed else 'd'}" if link.lag_minutes else ""
    kind = "" if link.type == "FS" and not lag else link.type
    return " ".join(part for part in (code_of(source), kind, lag) if part)
