"""The whole assessment of one plan: fourteen points, their score, and GAO's ten practices as far as a file can tell."""

from dataclasses import dataclass

from mainstay.engine.errors import EngineError
from mainstay.formats.schedule import Schedule
from mainstay.planning.comparison import schedule_file
from mainstay.planning.health import dates, logic, path, practices
from mainstay.planning.health.point import Limits, Point
from mainstay.planning.health.population import Population
from mainstay.planning.health.practices import Practice


@dataclass(frozen=True, slots=True)
class Health:
    """What the assessment says. `fault` is why nothing could be said: a plan that cannot be scheduled."""

    points: tuple[Point, ...]
    practices: tuple[Practice, ...]
    fault: str = ""

    @property
    def judged(self) -> int:
        return sum(point.holds is not None for point in self.points)

    @property
    def held(self) -> int:
        return sum(point.holds is True for point in self.points)

    @property
    def score(self) -> int | None:
        """Per cent of the points that could be judged that hold."""
        return round(100 * self.held / self.judged) if self.judged else None


def assess(schedule: Schedule, limits: Limits | None = None, *, has_risk_analysis: bool | None = None) -> Health:
    """Assess one project of a file. `has_risk_analysis` is what is known from elsewhere about the eighth practice."""
    told = limits or Limits()
    try:
        people = Population(schedule_file(schedule))
    except EngineError as fault:
        return Health((), (), str(fault))
    points = (*logic.points(people, told), *dates.points(people, told), *path.points(people, told))
    ordered = tuple(sorted(points, key=lambda point: point.number))
    return Health(ordered, practices.practices(ordered, people, has_risk_analysis))
