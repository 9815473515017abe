"""The errors of the simulation, below those of the engine."""

from mainstay.engine.errors import EngineError


class SimulationError(EngineError):
    """A model that cannot be simulated; the sentence names the value and what to do."""


class DistributionError(SimulationError):
    """Parameters that make no distribution."""


class CorrelationError(SimulationError):
    """A matrix of correlations that no quantities can have. ``nearest`` is the nearest one that is possible; it is offered, never used."""

    def __init__(self, text: str, nearest: tuple[tuple[float, ...], ...]) -> None:
        super().__init__(text)
        self.nearest = nearest


class Cancelled(SimulationError):
    """The caller asked to stop before the run was complete."""
