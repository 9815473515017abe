"""The assurance map: subjects beside lines of defence, with what is missing and what is done twice."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mainstay.assurance import lists

RANK = {"none": 0, "limited": 1, "reasonable": 2, "substantial": 3}
ENOUGH = RANK["reasonable"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A row: what it is about, and the entries of each line."""

    title: str
    kind: str
    cells: tuple[tuple[Any, ...], ...]

    @property
    def entries(self) -> list[Any]:
        return [one for cell in self.cells for one in cell]

    @property
    def best(self) -> int:
        return max((RANK[one.strength] for one in self.entries), default=0)

    @property
    def is_gap(self) -> bool:
        """Nobody gives assurance above limited."""
        return self.best < ENOUGH

    @property
    def is_twice(self) -> bool:
        """Two providers of one line, each of them enough."""
        return any(len({one.provider for one in cell if RANK[one.strength] >= ENOUGH}) > 1 for cell in self.cells)


def mapped(entries: Iterable[Any]) -> tuple[list[str], list[Subject]]:
    """The lines that occur, and the subjects, gaps first."""
    held: dict[str, list[Any]] = defaultdict(list)
    for one in entries:
        held[one.title.strip().lower()].append(one)
    known = sorted({lists.line_number(one.line) for rows in held.values() for one in rows})
    found = [
        Subject(
            rows[0].title,
            rows[0].get_subject_display(),
            tuple(tuple(one for one in rows if lists.line_number(one.line) == line) for line in known),
        )
        for rows in held.values()
    ]
    return known, sorted(found, key=lambda one: (not one.is_gap, one.best, one.title))
