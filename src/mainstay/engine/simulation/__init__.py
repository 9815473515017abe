"""Monte Carlo simulation of a network of projects: durations, risks, shared causes and costs together. Start at ``run.run``."""

from mainstay.engine.simulation.branches import Alternative, Branch, ConditionalBranch, TaskExistence
from mainstay.engine.simulation.convergence import Convergence
from mainstay.engine.simulation.correlation import CorrelationGroup
from mainstay.engine.simulation.drivers import Driver, DriverKind, drivers
from mainstay.engine.simulation.errors import Cancelled, CorrelationError, DistributionError, SimulationError
from mainstay.engine.simulation.estimate import Estimate, estimate
from mainstay.engine.simulation.inputs import (
    ActivityRate,
    CostImpact,
    CostItem,
    DurationClass,
    DurationFactor,
    DurationUncertainty,
    Inflation,
    Loading,
    Nature,
    ProjectRate,
    ResourcePrice,
    RiskEvent,
    SharedCause,
    TimeImpact,
    Window,
)
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.percentile_points import pert_from_percentiles, trigen
from mainstay.engine.simulation.progress import Told, with_time_left
from mainstay.engine.simulation.reference import run_reference
from mainstay.engine.simulation.result import PERCENTS, Sample, SimulationResult
from mainstay.engine.simulation.run import run
from mainstay.engine.simulation.schemes import Sampling
from mainstay.engine.simulation.streaming import StreamedResult, run_streamed
from mainstay.engine.simulation.tally import Tally
from mainstay.engine.simulation.warm import warm
from mainstay.engine.simulation.weather import Weather, WeatherMonth

__all__ = [
    "PERCENTS",
    "ActivityRate",
    "Alternative",
    "Branch",
    "Cancelled",
    "ConditionalBranch",
    "Convergence",
    "CorrelationError",
    "CorrelationGroup",
    "CostImpact",
    "CostItem",
    "DistributionError",
    "Driver",
    "DriverKind",
    "DurationClass",
    "DurationFactor",
    "DurationUncertainty",
    "Estimate",
    "Inflation",
    "Loading",
    "Nature",
    "ProjectRate",
    "ResourcePrice",
    "RiskEvent",
    "Sample",
    "Sampling",
    "SharedCause",
    "SimulationError",
    "SimulationModel",
    "SimulationResult",
    "StreamedResult",
    "Tally",
    "TaskExistence",
    "TimeImpact",
    "Told",
    "Weather",
    "WeatherMonth",
    "Window",
    "drivers",
    "estimate",
    "pert_from_percentiles",
    "run",
    "run_reference",
    "run_streamed",
    "trigen",
    "warm",
    "with_time_left",
]
