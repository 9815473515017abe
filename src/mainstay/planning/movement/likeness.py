"""Activities that no lasting id joins and that may be the same all the same: for a person to say."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mainstay.formats.schedule import Activity, Schedule
from mainstay.planning.movement.matching import rows, words

LEAST = 0.5
"""Of likeness between 0 and 1: what is less alike is not worth a question."""
MOST = 50
COMMON = 60
"""A word that stands in more added activities than this says nothing."""
NAME, NEIGHBOURS, PLACE, LENGTH = 0.55, 0.25, 0.1, 0.1
"""What each kind of likeness weighs."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """One deleted and one added activity, and how alike they are."""

    then: Activity
    now: Activity
    share: float


def likenesses(then: Schedule, now: Schedule, found: Mapping[int, int]) -> list[Likeness]:
    """The best pair for each, the most alike first; what is paired already takes part as neighbours only."""
    taken = set(found.values())
    gone = [row for row in rows(then) if row.uid not in found]
    come = [row for row in rows(now) if row.uid not in taken]
    comparing = Comparing(then, now, found)
    scored = sorted(
        (Likeness(old, new, share) for old, new in candidates(gone, come) if (share := comparing.share(old, new)) >= LEAST),
        key=lambda one: (-one.share, one.then.uid, one.now.uid),
    )
    kept: list[Likeness] = []
    used: set[tuple[str, int]] = set()
    for one in scored:
        if ("then", one.then.uid) not in used and ("now", one.now.uid) not in used:
            used |= {("then", one.then.uid), ("now", one.now.uid)}
            kept.append(one)
    return kept[:MOST]


def candidates(gone: list[Activity], come: list[Activity]) -> Iterator[tuple[Activity, Activity]]:
    """Pairs of one kind that share a word which is not everywhere."""
    by_word: dict[str, list[Activity]] = defaultdict(list)
    for row in come:
        for word in set(words(row.name).split()):
            by_word[word].append(row)
    for row in gone:
        met: dict[int, Activity] = {}
        for word in set(words(row.name).split()):
            if len(by_word[word]) <= COMMON:
                met |= {other.uid: other for other in by_word[word]}
        for other in met.values():
            if (row.summary, row.milestone) == (other.summary, other.milestone):
                yield row, other


class Comparing:
    """The neighbours of each activity, those of the earlier plan under the numbers of the later."""

    def __init__(self, then: Schedule, now: Schedule, found: Mapping[int, int]) -> None:
        self.found = found
        self.before, self.after = neighbours(then, found), neighbours(now, None)

    def share(self, old: Activity, new: Activity) -> float:
        around = jaccard(self.before[old.uid], self.after[new.uid])
        parent = self.found.get(old.parent_uid or 0) == new.parent_uid if old.parent_uid is not None else new.parent_uid is None
        length = old.duration_minutes == new.duration_minutes
        name = jaccard(set(words(old.name).split()), set(words(new.name).split()))
        return NAME * name + NEIGHBOURS * around + PLACE * parent + LENGTH * length


def neighbours(schedule: Schedule, renumbered: Mapping[int, int] | None) -> Mapping[int, set[tuple[str, int]]]:
    """Activity → those before and after it that stand in both plans."""
    found: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for link in schedule.links:
        for own, side, other in ((link.successor_uid, "before", link.predecessor_uid), (link.predecessor_uid, "after", link.successor_uid)):
            known = other if renumbered is None else renumbered.get(other)
            if known is not None:
                found[own].add((side, known))
    return found


def jaccard(first: set[Any], second: set[Any]) -> float:
    return len(first & second) / len(first | second) if first | second else 0.0
