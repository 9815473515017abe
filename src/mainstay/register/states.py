"""States of a record and the moves between them, declared by each register."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class State:
    """One state: how it is called, and whether the record still needs somebody."""

    label: str
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Move:
    """A step from one of `sources` to `target`, called by its verb on buttons."""

    verb: str
    sources: tuple[str, ...]
    target: str
    needs_reason: bool = False
    requires: tuple[str, ...] = ()
    """Fields that must be filled before this step."""


@dataclass(frozen=True, slots=True)
class States:
    """The states of one register; the first is where a new record starts."""

    states: Mapping[str, State]
    moves: Mapping[str, Move] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, move in self.moves.items():
            unknown = {*move.sources, move.target} - set(self.states)
            if unknown:
                raise ValueError(f"Move {name!r} names unknown states: {sorted(unknown)}.")

    @property
    def first(self) -> str:
        return next(iter(self.states))

    @property
    def open(self) -> tuple[str, ...]:
        return tuple(name for name, state in self.states.items() if state.is_open)

    def label(self, name: str) -> str:
        return self.states[name].label if name in self.states else name

    def moves_from(self, state: str) -> dict[str, Move]:
        return {name: move for name, move in self.moves.items() if state in move.sources}
