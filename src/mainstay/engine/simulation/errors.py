"""The errors of the simulation, below those of the engine."""

from mainstay.engine.errors import EngineError


class SimulationError(EngineError):
    """A model that cannot be simulated; the sentence names the value and what to do."""


class DistributionError(SimulationError):
    """Parameters that make no distribution."""


class Cancelled(SimulationError):
    """The caller asked to stop before the run was complete."""
