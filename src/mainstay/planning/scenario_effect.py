"""What a scenario does beside the plan as it stands, for one reader: finishes, milestones, promises, critical path; also in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.planning import viewing
from mainstay.planning.calculations import Calculated
from mainstay.planning.milestone import dating
from mainstay.planning.programme import Line, Programme, ProjectLine
from mainstay.planning.scenario import Change
from mainstay.planning.viewing import day_of
from mainstay.register import words


@dataclass(frozen=True, slots=True)
class Moved:
    """One row that moves: a project, a milestone of the register or an activity."""

    name: str
    before: date | None
    after: date | None
    note: str = ""
    url: str = ""

    @property
    def days(self) -> int | None:
        return (self.after - self.before).days if self.before and self.after else None


@dataclass(frozen=True, slots=True)
class Effect:
    finish: Moved
    projects: tuple[Moved, ...]
    milestones: tuple[Moved, ...]
    broken: tuple[str, ...]
    """Promises that come after they are needed now, and did not before."""
    held: tuple[str, ...]
    """Changes that other activities hold up."""
    lines: tuple[int, ...]
    """Places of the visible activities that move, or become critical, or cease to be."""
    newly_critical: int
    no_longer_critical: int

    @property
    def sentences(self) -> list[str]:
        return [self._finish(), *self.held, *self._moved(), *self.broken, self._path()]

    def _finish(self) -> str:
        days = self.finish.days
        if not days:
            return _("The last finish stays at %(day)s.") % {"day": said(self.finish.after)}
        text = _("The last finish moves from %(before)s to %(after)s, %(days)s.")
        return text % {"before": said(self.finish.before), "after": said(self.finish.after), "days": later(days)}

    def _moved(self) -> list[str]:
        if not self.milestones:
            return [_("No milestone of the register moves.")]
        text = _("%(name)s moves from %(before)s to %(after)s, %(days)s%(note)s.")
        return [
            text % {"name": row.name, "before": said(row.before), "after": said(row.after), "days": later(row.days or 0), "note": row.note}
            for row in self.milestones[:10]
        ]

    def _path(self) -> str:
        text = ngettext(
            "%(n)d activity moves or changes its criticality", "%(n)d activities move or change their criticality", len(self.lines)
        )
        return text % {"n": len(self.lines)} + _("; %(more)d become critical, %(fewer)d are so no longer.") % {
            "more": self.newly_critical,
            "fewer": self.no_longer_critical,
        }


def said(day: date | None) -> str:
    return words.day(day) if day else "–"


def later(days: int) -> str:
    if days > 0:
        return ngettext("%(n)d day later", "%(n)d days later", days) % {"n": days}
    return ngettext("%(n)d day earlier", "%(n)d days earlier", -days) % {"n": -days}


def effect(
    account: Account | None, place: Initiative, found: Calculated, after: Programme, visible: tuple[int, ...], changes: Sequence[Change]
) -> Effect:
    """Beside the plan of ``found``; of activities and projects only what lies in the ``visible`` projects."""
    before, allowed = found.programme, set(visible)
    pairs = [(at, old, new) for at, (old, new) in enumerate(zip(before.lines, after.lines, strict=True)) if old.project in allowed]
    ends = [(before.projects[number], after.projects[number]) for number in visible]
    then = replace(found, programme=after)
    return Effect(
        finish=Moved("", last([old for old, _new in ends]), last([new for _old, new in ends])),
        projects=tuple(
            Moved(f"{old.code} {old.title}", day_of(old.finish), day_of(new.finish)) for old, new in ends if old.finish != new.finish
        ),
        milestones=milestones_moved(account, place, found, then, visible),
        broken=broken(account, place, found, then),
        held=tuple(text for change in changes if (text := held_up(change, after))),
        lines=tuple(at for at, old, new in pairs if dates_of(old) != dates_of(new)),
        newly_critical=sum(new.is_critical and not old.is_critical for _at, old, new in pairs),
        no_longer_critical=sum(old.is_critical and not new.is_critical for _at, old, new in pairs),
    )


def dates_of(line: Line) -> tuple[int | None, int | None, bool]:
    return line.start, line.finish, line.is_critical


def last(projects: Sequence[ProjectLine]) -> date | None:
    return day_of(max((project.finish for project in projects if project.finish is not None), default=None))


def milestones_moved(
    account: Account | None, place: Initiative, found: Calculated, then: Calculated, visible: Sequence[int]
) -> tuple[Moved, ...]:
    after = {line.record.pk: line for line in dating.milestones(account, place, then, visible)}
    made = []
    for line in dating.milestones(account, place, found, visible):
        new = after[line.record.pk]
        if new.calculated != line.calculated:
            wanted = line.record.baseline_current
            is_past = bool(wanted and new.calculated and new.calculated > wanted)
            note = _(", after the approved %(day)s") % {"day": said(wanted)} if is_past else ""
            made.append(Moved(f"{line.record.ref} {line.record.title}", line.calculated, new.calculated, note, line.url))
    return tuple(made)


def broken(account: Account | None, place: Initiative, found: Calculated, then: Calculated) -> tuple[str, ...]:
    late = {line.record.pk for line in viewing.agreements(account, place, found) if line.is_late}
    text = _("%(ref)s %(title)s would be given on %(given)s, after it is needed on %(needed)s.")
    return tuple(
        text % {"ref": line.record.ref, "title": line.record.title, "given": said(line.forecast), "needed": said(line.record.needed_by)}
        for line in viewing.agreements(account, place, then)
        if line.is_late and line.record.pk not in late
    )


def held_up(change: Change, after: Programme) -> str:
    """A change that asks for an earlier start than the activities before it allow."""
    at = after.place.get((change.project, change.uid))
    line = after.lines[at] if at is not None else None
    start = day_of(line.start) if line else None
    if line is None or start is None or change.start is None or start <= change.start:
        return ""
    text = _("%(code)s %(name)s cannot start on %(wanted)s: what it waits for, or its calendar, holds it until %(start)s.")
    return text % {"code": line.code, "name": line.name, "wanted": said(change.start), "start": said(start)}
