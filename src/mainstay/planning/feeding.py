"""What feeds a milestone: the activities that it waits for, in several plans, and which of them drives it. Derived from live plans."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from mainstay.initiatives.models import Initiative
from mainstay.planning import lookup
from mainstay.planning.lookup import Found
from mainstay.planning.models import Activity, Milestone, Plan
from mainstay.register.access import below

MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Feeding:
    """All that feeds one milestone. ``driver`` finishes last; where several do on one day, the one that is named first."""

    found: tuple[Found, ...]

    @property
    def dated(self) -> list[tuple[date, Activity]]:
        return [(row.finish.date(), row) for each in self.found if (row := each.activity) is not None and row.finish is not None]

    @property
    def driver(self) -> Activity | None:
        return max(self.dated, key=lambda pair: pair[0], default=(date.min, None))[1]

    @property
    def finish(self) -> date | None:
        return max((day for day, _activity in self.dated), default=None)

    @property
    def missing(self) -> list[Found]:
        """Those that date nothing: no longer in a live plan, there more than once, or without a finish."""
        return [each for each in self.found if each.activity is None or each.activity.finish is None]

    def forecast(self, before: date | None) -> date | None:
        """The latest finish. While a feeder is missing it can only move later, since what cannot be seen is not taken for done."""
        if self.finish is None or (self.missing and before is not None and before > self.finish):
            return before
        return self.finish


def feeding(milestone: Milestone) -> Feeding:
    """What feeds it now, whoever asks; one query."""
    return Feeding(tuple(lookup.find(milestone.feeders, milestone.initiative)))


def among(milestone: Milestone, activities: Sequence[Activity]) -> Feeding:
    """The same among activities that were read already, with their plans and initiatives."""
    own = [row for row in activities if row.plan.initiative.path.startswith(milestone.initiative.path)]
    return Feeding(tuple(lookup.one(name, own, milestone.initiative) for name in milestone.feeders))


def gone(milestones: QuerySet[Milestone], place: Initiative) -> Iterator[tuple[Milestone, list[str]]]:
    """Those that wait for activities of `place`, or below it, which its live plans do not have, with the names; three of them at most.

    A name without a project belongs to where its milestone stands, so that one of a programme is not laid at each project's door.
    """
    codes = set(Initiative.objects.filter(below("path", [place.path])).values_list("code", flat=True))
    fed = [row for row in milestones.exclude(activity="").order_by("pk") if any(is_of(name, row, place, codes) for name in row.feeders)]
    names = {name for row in fed for name in row.feeders}
    if not names or not Plan.objects.filter(below("initiative__path", [place.path]), is_live=True, is_withdrawn=False).exists():
        return
    bare = {name.rpartition(":")[2].strip() for name in names} | names
    activities = list(lookup.live_activities(place).filter(lookup.named(bare)))
    told = 0
    for row in fed:
        missing = [each.text for each in among(row, activities).found if is_of(each.text, row, place, codes) and each.activity is None]
        if missing and told < MOST_TOLD:
            told += 1
            yield row, missing


def is_of(name: str, milestone: Milestone, place: Initiative, codes: Collection[str]) -> bool:
    project, colon, _bare = name.rpartition(":")
    return project.strip() in codes if colon else milestone.initiative.path.startswith(place.path)
