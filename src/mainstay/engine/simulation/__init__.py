"""Monte Carlo simulation of a network of projects: durations, risks, shared causes and costs together. Start at ``run.run``."""

from mainstay.engine.simulation.drivers import Driver, DriverKind, drivers
from mainstay.engine.simulation.errors import Cancelled, DistributionError, SimulationError
from mainstay.engine.simulation.inputs import (
    ActivityRate,
    CostImpact,
    CostItem,
    DurationClass,
    DurationUncertainty,
    Loading,
    Nature,
    ProjectRate,
    RiskEvent,
    SharedCause,
    TimeImpact,
)
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.reference import run_reference
from mainstay.engine.simulation.result import PERCENTS, Sample, SimulationResult
from mainstay.engine.simulation.run import run
from mainstay.engine.simulation.warm import warm

__all__ = [
    "PERCENTS",
    "ActivityRate",
    "Cancelled",
    "CostImpact",
    "CostItem",
    "DistributionError",
    "Driver",
    "DriverKind",
    "DurationClass",
    "DurationUncertainty",
    "Loading",
    "Nature",
    "ProjectRate",
    "RiskEvent",
    "Sample",
    "SharedCause",
    "SimulationError",
    "SimulationModel",
    "SimulationResult",
    "TimeImpact",
    "drivers",
    "run",
    "run_reference",
    "warm",
]
