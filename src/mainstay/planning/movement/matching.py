"""Which activity of a later version of a plan is which of an earlier one: by lasting ids first, then by name and place in the outline."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field

from mainstay.formats.schedule import Activity, Schedule

Key = Callable[[Activity], Hashable]


def rows(schedule: Schedule) -> list[Activity]:
    """What counts as an activity of the plan itself."""
    return [row for row in schedule.activities if row.active and not row.external and not row.project_summary]


def code_of(activity: Activity) -> str:
    return activity.activity_id or activity.wbs or str(activity.id or activity.uid)


def pairs(then: Schedule, now: Schedule, confirmed: Mapping[int, int] | None = None) -> dict[int, int]:
    """Unique number then → unique number now, of the activities found in both. What a person has `confirmed` goes before all else.

    A planner's tool keeps its GUID, and Primavera the activity ID, for good. The unique number lasts too, but a plan that was built anew
    uses it again: it counts only where the name or the place in the outline agrees. What is left is found by name and WBS code, then by
    name and the summaries above.
    """
    matching = Matching({row.uid: row for row in rows(then)}, {row.uid: row for row in rows(now)})
    matching.take(confirmed or {})
    matching.by(lambda row: row.guid.lower(), lambda row: row.guid.lower())
    matching.by(lambda row: row.activity_id, lambda row: row.activity_id)
    matching.by(lambda row: (row.uid,), lambda row: (row.uid,), agrees=is_alike)
    matching.by(by_name_and_wbs, by_name_and_wbs)
    matching.by(by_name_and_place(then), by_name_and_place(now))
    return matching.found


def words(text: str) -> str:
    return " ".join(text.split()).casefold()


def is_alike(then: Activity, now: Activity) -> bool:
    """The same name, or the same WBS code where that is no mere count of rows; the nameless must agree in both."""
    same_name, same_code = words(then.name) == words(now.name), then.wbs == now.wbs
    if same_name:
        return same_code or bool(words(then.name))
    return same_code and then.summary == now.summary and any(letter.isalpha() for letter in then.wbs)


def by_name_and_wbs(activity: Activity) -> Hashable:
    return (words(activity.name), activity.wbs) if activity.name.strip() and activity.wbs else None


def by_name_and_place(schedule: Schedule) -> Key:
    """The name with the names of all summaries above."""
    by_uid = {row.uid: row for row in schedule.activities}

    def above(activity: Activity) -> Iterator[str]:
        seen = {activity.uid}
        step = by_uid.get(activity.parent_uid) if activity.parent_uid is not None else None
        while step is not None and step.uid not in seen and not step.project_summary:
            seen.add(step.uid)
            yield words(step.name)
            step = by_uid.get(step.parent_uid) if step.parent_uid is not None else None

    return lambda activity: (words(activity.name), activity.summary, *above(activity)) if activity.name.strip() else None


@dataclass(slots=True)
class Matching:
    """Pairs found so far; what is paired is out of the game."""

    then: Mapping[int, Activity]
    now: Mapping[int, Activity]
    found: dict[int, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def take(self, confirmed: Mapping[int, int]) -> None:
        """Pairs that are known, as far as both activities are there and neither is paired twice."""
        for old, new in confirmed.items():
            if old in self.then and new in self.now and new not in self.taken:
                self.found[old] = new
                self.taken.add(new)

    def by(self, key_then: Key, key_now: Key, agrees: Callable[[Activity, Activity], bool] = lambda _then, _now: True) -> None:
        """Pair those whose key stands once in each version; an empty key says nothing."""
        earlier = once([row for uid, row in self.then.items() if uid not in self.found], key_then)
        later = once([row for uid, row in self.now.items() if uid not in self.taken], key_now)
        for key, row in earlier.items():
            other = later.get(key)
            if other is not None and agrees(row, other):
                self.found[row.uid] = other.uid
                self.taken.add(other.uid)


def once(activities: list[Activity], key: Key) -> dict[Hashable, Activity]:
    found: dict[Hashable, Activity] = {}
    doubled: set[Hashable] = set()
    for row in activities:
        name = key(row)
        if name in found:
            doubled.add(name)
        if name:
            found[name] = row
    return {name: row for name, row in found.items() if name not in doubled}
