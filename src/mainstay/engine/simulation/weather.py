"""Working time that the weather takes: days lost by month, the same for all activities that work under it."""

from dataclasses import dataclass

from mainstay.engine.simulation.distributions import Distribution


@dataclass(frozen=True, slots=True)
class WeatherMonth:
    """With a probability, a spell of bad weather in each such month (1 to 12) takes some of the activity's own working days."""

    month: int
    probability: float
    days_lost: Distribution


@dataclass(frozen=True, slots=True)
class Weather:
    """The weather at one place, and the activities that stop for it.

    Notes
    -----
    ``realisations`` histories are drawn from the seed, and each iteration lives through one of them. In a month that is hit the days lost
    are one spell of that many working days of the activity's calendar (rounded to whole hours of work), which begins at random on a working
    day and ends with the month at the latest. Activities on one calendar lose the same days, those on others the spell at the same part of
    the month. An activity that starts in a spell waits for its end.

    Work that was planned with the weather already in mind must not name it again.
    """

    id: str
    activities: tuple[str, ...]
    months: tuple[WeatherMonth, ...]
    realisations: int = 64
