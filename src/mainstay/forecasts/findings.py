"""What the re-runs of one forecast found beside its percentiles, as plain dataclasses. Days are those of the calendar unless said."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What P80 changes by, with standard errors of the difference; money None where cost is not told."""

    days: float = 0.0
    days_error: float = 0.0
    money: float | None = None
    money_error: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseValue:
    """One response: what P80 would rise by without it. ``cost`` is what the response itself costs, not part of ``gain``."""

    ref: str
    title: str
    url: str = ""
    response: str = ""
    gain: Gain = field(default_factory=Gain)
    cost: float | None = None

    @property
    def net(self) -> float | None:
        """What is saved at P80 less what the response costs."""
        return None if self.gain.money is None else self.gain.money - (self.cost or 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """One shared cause: what P80 and the spread would lose if its risks, as likely as they are, occurred each on its own."""

    ref: str
    title: str
    url: str = ""
    risks: tuple[str, ...] = ()
    gain: Gain = field(default_factory=Gain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunities:
    """All opportunities together: ``gain`` is how much later and dearer P80 would be without them."""

    count: int
    gain: Gain = field(default_factory=Gain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A path that meets others, and the share of iterations (0 to 1) in which it was the last to arrive."""

    code: str
    name: str
    project: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePoint:
    """An activity at which paths meet. ``delay`` is what the meeting adds on average, in working days; at the end of the whole in days."""

    code: str
    name: str
    project: str
    delay: float
    pert: date
    mean: date
    arrivals: tuple[Arrival, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PertOutlook:
    """The finish by PERT: one critical path on mean durations with their variances. ``chance`` is that of its P80 in the simulation."""

    finish: date
    p80: date
    deviation_days: float
    p80_chance: float
    path: tuple[str, ...] = ()
    end: MergePoint | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A finish and a cost that hold together."""

    day: date
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class JointConfidence:
    """Time and cost together: iterations as they came, and the pairs that ``share`` of all iterations meets."""

    share: float
    scatter: tuple[Pair, ...] = ()
    frontier: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """The contingency needed from a day on, if all that is over by then went as planned: P80 less planned finish and budget."""

    day: date
    days: float
    days_error: float
    money: float | None = None
    money_error: float | None = None
    risks: int = 0
