"""What a proposed calendar says, as plain dataclasses that are kept and shown. Reviews and reviewers are named by their ids."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Somebody:
    """A reviewer."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A review that went in, as it was read then."""

    pk: int
    version: int
    ref: str
    title: str
    short: str
    place: str
    """Code of its initiative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A review on its days with its team, beside what stood before."""

    review: Asked
    first: date
    last: date
    leader: Somebody
    members: tuple[Somebody, ...]
    meeting: date | None
    """The assessment meeting, where the type has one and it is not held yet."""
    why: str
    was_first: date | None = None
    was_leader: Somebody | None = None
    was_members: tuple[Somebody, ...] = ()

    @property
    def team(self) -> tuple[Somebody, ...]:
        return (self.leader, *self.members)

    @property
    def was_team(self) -> tuple[Somebody, ...]:
        return (*((self.was_leader,) if self.was_leader else ()), *self.was_members)

    @property
    def is_new(self) -> bool:
        return self.was_first is None

    @property
    def is_kept(self) -> bool:
        """Days and team are those that stand."""
        same = set(self.members) == set(self.was_members) and self.leader == self.was_leader
        return self.first == self.was_first and same

    @property
    def is_moved(self) -> bool:
        return not self.is_new and not self.is_kept

    @property
    def leaves(self) -> tuple[Somebody, ...]:
        return tuple(one for one in self.was_team if one not in self.team)

    @property
    def joins(self) -> tuple[Somebody, ...]:
        return tuple(one for one in self.team if one not in self.was_team)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A review without a place: why, and what would give it one."""

    review: Asked
    reasons: tuple[str, ...]
    remedies: tuple[str, ...] = ()
    was_first: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The whole proposal. ``points`` by the weights of the engine, ``bound`` what no calendar costs less than."""

    placed: tuple[Placed, ...]
    left: tuple[Left, ...]
    fixed: int
    """Reviews that stay as they are: planning was held, or they are under way."""
    beyond: int
    """Reviews whose window lies outside the calendar."""
    reviewers: int
    points: int
    bound: int
    seconds: float
    stopped: bool
    engine_version: str
    forecasts: tuple[str, ...] = ()
    """References of the forecasts whose dates were looked at."""

    @property
    def moved(self) -> tuple[Placed, ...]:
        return tuple(one for one in self.placed if one.is_moved)

    @property
    def gap(self) -> float:
        """Per cent of the points that may still be saved."""
        return 100 * (self.points - self.bound) / self.points if self.points else 0.0
