"""Points 6 to 11: high and negative float, long durations, invalid dates, resources, missed work."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mainstay.engine.plan_arrays import Flags
from mainstay.formats.schedule import Activity
from mainstay.planning.health.point import Limits, Point, share
from mainstay.planning.health.population import Population


def points(people: Population, limits: Limits) -> Iterator[Point]:
    yield from floats(people, limits)
    yield long(people, limits)
    yield invalid(people, limits)
    yield resources(people)
    yield missed(people, limits)


def floats(people: Population, limits: Limits) -> Iterator[Point]:
    found = people.open & (people.plan.result.total_float > limits.float_days * people.day)
    of = int(people.open.sum())
    title = _("Float over %(days)g working days") % {"days": limits.float_days}
    yield share(6, "high_float", title, _("unfinished activities"), int(found.sum()), of, limits.high_float, activities=people.codes(found))
    found = people.open & (people.plan.result.total_float < 0)
    title = _("Negative float")
    yield share(
        7, "negative_float", title, _("unfinished activities"), int(found.sum()), of, limits.negative_float, activities=people.codes(found)
    )


def long(people: Population, limits: Limits) -> Point:
    found = people.open & (people.columns.remaining > limits.duration_days * people.day)
    title = _("Over %(days)g working days left to do") % {"days": limits.duration_days}
    of = int(people.open.sum())
    return share(
        8, "long_duration", title, _("unfinished activities"), int(found.sum()), of, limits.long_duration, activities=people.codes(found)
    )


def invalid(people: Population, limits: Limits) -> Point:
    """What is said to have happened after the status date, and what should lie before it and has not."""
    status = people.file.status_date
    title, counted = _("Invalid dates"), _("activities")
    if status is None:
        return Point(number=9, code="invalid_dates", title=title, counted=counted, note=_("The plan has no status date."))

    def is_future(row: Activity) -> bool:
        return any(moment is not None and moment > status for moment in (row.actual_start, row.actual_finish))

    def is_past(row: Activity) -> bool:
        starts = row.start is not None and row.start < status and row.actual_start is None
        return starts or (row.finish is not None and row.finish < status and row.actual_finish is None)

    ahead, behind = people.real & people.flags(is_future), people.open & people.flags(is_past)
    found: Flags = ahead | behind
    note = _("Actual dates after the status date: %(ahead)d; forecasts before it: %(behind)d.") % {
        "ahead": int(ahead.sum()),
        "behind": int(behind.sum()),
    }
    count, of = int(found.sum()), int(people.real.sum())
    return share(
        9,
        "invalid_dates",
        title,
        counted,
        count,
        of,
        limits.invalid_dates,
        activities=people.codes(found),
        note=note if count else "",
    )


def resources(people: Population) -> Point:
    """A ratio without a limit: the protocol reports it."""
    assigned = {row.activity_uid for row in people.file.assignments if row.resource_uid is not None}
    found = people.open_work & ~people.flags(lambda row: row.uid in assigned)
    of = int(people.open_work.sum())
    title, counted = _("Nobody assigned"), _("unfinished work")
    return share(
        10, "resources", title, counted, int(found.sum()), of, None, activities=people.codes(found), note=_("Told without a limit.")
    )


def missed(people: Population, limits: Limits) -> Point:
    """Work whose baseline finish has passed and that is not finished; the three denominators in use differ widely, and all are told."""
    title, counted = _("Missed work"), _("work due by the status date in the baseline")
    status = people.file.status_date
    if status is None:
        return Point(number=11, code="missed", title=title, counted=counted, note=_("The plan has no status date."))
    due = people.work & people.flags(lambda row: any(b.number == 0 and b.finish is not None and b.finish <= status for b in row.baselines))
    if not due.any():
        text = _("No work was due by the status date in the baseline, or there is no baseline.")
        return Point(number=11, code="missed", title=title, counted=counted, note=text)
    found = due & ~people.done
    count = int(found.sum())
    others = {"open": int(people.open_work.sum()), "all": int(people.work.sum())}
    note = _("Of all unfinished work %(open).1f %%, of all work %(all).1f %%.") % {
        name: 100 * count / of if of else 0 for name, of in others.items()
    }
    return share(11, "missed", title, counted, count, int(due.sum()), limits.missed, activities=people.codes(found), note=note)


def is_done_by(people: Population) -> Flags:
    """Finished on or before the status date."""
    status = people.file.status_date
    return people.done & people.flags(lambda row: row.actual_finish is None or status is None or row.actual_finish <= status)
