"""What a new version has changed on the way to an activity: estimates, links and additions before it. Told, never weighed. No database."""

from collections.abc import Callable
from functools import cached_property

from mainstay.engine.errors import EngineError
from mainstay.formats.schedule import Schedule
from mainstay.planning.movement.comparing import Change, Kind, Movement, movement
from mainstay.planning.movement.matching import rows

TOLD = 3
"""Changes named in a sentence; the others are counted."""


class Explanation:
    """Compares the versions once, and only when something is asked; where the earlier one cannot be had or compared, it says nothing."""

    def __init__(self, then: Callable[[], Schedule | None], now: Schedule) -> None:
        self._then, self._now = then, now

    @cached_property
    def found(self) -> Movement | None:
        try:
            earlier = self._then()
            return movement(earlier, self._now) if earlier is not None else None
        except EngineError:
            return None

    @cached_property
    def predecessors(self) -> dict[int, list[int]]:
        before: dict[int, list[int]] = {}
        for link in self._now.links:
            before.setdefault(link.successor_uid, []).append(link.predecessor_uid)
        return before

    def of_last_finish(self) -> str:
        """As `of`, for the activity that finishes last."""
        dated = [(row.finish, row.uid) for row in rows(self._now) if row.finish is not None and not row.summary]
        return self.of(max(dated)[1], "its last finish") if dated else ""

    def of(self, uid: int, what: str = "it") -> str:
        """` On the way to it: A100 re-estimated from 45 to 50 d.`, or nothing."""
        if self.found is None or not self.found.changes:
            return ""
        way = self.way_to(uid)
        causes = sorted((change for change in self.found.changes if change.uid in way and said(change)), key=weight)
        if not causes:
            return ""
        more = f", and {len(causes) - TOLD} more" if len(causes) > TOLD else ""
        return f" On the way to {what}: {', '.join(map(said, causes[:TOLD]))}{more}."

    def way_to(self, uid: int) -> set[int]:
        """The activity and all that it waits for."""
        reached, left = {uid}, [uid]
        while left:
            for before in self.predecessors.get(left.pop(), ()):
                if before not in reached:
                    reached.add(before)
                    left.append(before)
        return reached


def weight(change: Change) -> tuple[float, str]:
    """The estimates that changed most come first."""
    return -abs((change.days_now or 0) - (change.days_then or 0)), change.code


def said(change: Change) -> str:
    """What somebody decided about the activity; what only followed from it says nothing."""
    if Kind.ADDED in change.kinds:
        return f"{change.code} added with {change.days_now or 0:g} d"
    if Kind.ESTIMATED in change.kinds:
        return f"{change.code} re-estimated from {change.days_then:g} to {change.days_now:g} d"
    if Kind.LINKED in change.kinds:
        added, removed = ", ".join(change.links_added), ", ".join(change.links_removed)
        parts = (f"now after {added}" if added else "", f"no longer after {removed}" if removed else "")
        return f"{change.code} {' and '.join(part for part in parts if part)}"
    return ""
