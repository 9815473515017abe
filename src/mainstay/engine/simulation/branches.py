"""Activities that exist in some iterations only: by chance alone, as one of several alternatives, or as plan B once something is late.

What does not exist takes no time and costs nothing: its dates, constraints, risks, weather and rates hold nothing. Its links stay, with
their lags, so that what comes after it still waits for what comes before it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TaskExistence:
    """Activities that exist together with a probability, and together do not."""

    id: str
    probability: float
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way that a branch can go, and the activities that exist only then (there may be none)."""

    probability: float
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """A probabilistic branch: exactly one alternative exists in each iteration; their probabilities add up to 1.

    Without uncertainty the most probable one exists, the first of several.
    """

    id: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class ConditionalBranch:
    """Plan A and plan B: ``then`` exists where an activity finishes after an instant (minutes since 1970), ``otherwise`` where it does not.

    Every activity of either must come after the one that decides, by links.
    """

    id: str
    activity: str
    after: int
    then: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
