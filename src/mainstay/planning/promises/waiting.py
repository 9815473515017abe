"""What waits for an activity inside one plan, through links and outline. No database."""

from collections.abc import Mapping
from functools import cached_property

from mainstay.formats.schedule import Schedule
from mainstay.formats.terms import ActivityKind, LinkType

SPANNING = frozenset({ActivityKind.LEVEL_OF_EFFORT, ActivityKind.HAMMOCK})
"""What is as long as others make it moves nothing."""
AT_FINISH = frozenset({LinkType.FF, LinkType.SF})
Node = tuple[int, bool]
"""An activity by its number, and whether its gate is meant: the place where a summary that is held up holds up what lies in it."""


class Waiting:
    """The steps of one plan from each activity to those that wait for it."""

    def __init__(self, schedule: Schedule) -> None:
        self.rows = {row.uid: row for row in schedule.activities}
        self.links = schedule.links

    def moves(self, uid: int) -> bool:
        return uid in self.rows and self.rows[uid].kind not in SPANNING

    def entry(self, uid: int) -> Node:
        """Where what comes before an activity holds it up."""
        return uid, self.rows[uid].summary

    @cached_property
    def steps(self) -> Mapping[Node, list[Node]]:
        found: dict[Node, list[Node]] = {}
        for link in self.links:
            if self.moves(link.predecessor_uid) and self.moves(link.successor_uid):
                at_end = link.type in AT_FINISH and self.rows[link.successor_uid].summary
                targets = self.leaves(link.successor_uid) if at_end else [self.entry(link.successor_uid)]
                found.setdefault((link.predecessor_uid, False), []).extend(targets)
        for uid, row in self.rows.items():
            if row.parent_uid is not None and row.parent_uid in self.rows and self.moves(uid):
                found.setdefault((uid, False), []).append((row.parent_uid, False))
                found.setdefault((row.parent_uid, True), []).append(self.entry(uid))
        return found

    @cached_property
    def children(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for uid, row in self.rows.items():
            if row.parent_uid is not None:
                found.setdefault(row.parent_uid, []).append(uid)
        return found

    def leaves(self, summary: int) -> list[Node]:
        """The work below a summary."""
        found, rest = [], list(self.children.get(summary, ()))
        while rest:
            uid = rest.pop()
            rest += self.children.get(uid, ())
            if not self.rows[uid].summary and self.moves(uid):
                found.append((uid, False))
        return found

    def ways_from(self, uid: int) -> dict[int, list[int]]:
        """Every activity whose finish waits for this one, itself included, each with the activities on the way to it."""
        if not self.moves(uid):
            return {}
        before: dict[Node, Node | None] = {self.entry(uid): None}
        queue = [self.entry(uid)]
        for node in queue:
            for target in self.steps.get(node, ()):
                if target not in before:
                    before[target] = node
                    queue.append(target)
        return {node[0]: self.way(node, before) for node in queue if not node[1]}

    @staticmethod
    def way(node: Node, before: Mapping[Node, Node | None]) -> list[int]:
        steps: list[int] = []
        at: Node | None = node
        while at is not None:
            if not steps or steps[-1] != at[0]:
                steps.append(at[0])
            at = before[at]
        return steps[::-1]
