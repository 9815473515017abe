"""Compiles the kernels once for this machine, so that nobody waits for it later."""

import time
from datetime import datetime

from mainstay.engine.plan import Activity, Link, LinkType, PlanData, Project
from mainstay.engine.simulation.distributions import BetaPert, Fixed, Triangular
from mainstay.engine.simulation.inputs import CostImpact, CostItem, DurationUncertainty, Loading, RiskEvent, SharedCause, TimeImpact
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.run import run
from mainstay.engine.simulation.weather import Weather, WeatherMonth
from mainstay.engine.worktime import Calendar, minute_of


def warm() -> float:
    """Run a tiny model that reaches every kernel; returns the seconds it took.

    About a minute on a machine that has never run one, a few hundredths afterwards.
    """
    begun = time.perf_counter()
    run(tiny_model(), iterations=64, seed=1, threads=1)
    return time.perf_counter() - begun


def tiny_model() -> SimulationModel:
    """Three activities on two calendars, with a risk, a cause, a correlation, a cost and some weather."""
    office = Calendar("office", (((480, 720), (780, 1020)),) * 5 + ((),) * 2)
    always = Calendar("always", (((0, 1440),),) * 7)
    plan = PlanData(
        projects=(Project(id="P", calendar="office", start=minute_of(datetime(2026, 1, 5, 8))),),  # noqa: DTZ001 - a plan's clock has no zone
        calendars=(office, always),
        activities=(
            Activity(id="A", duration=2400, project="P"),
            Activity(id="B", duration=2880, project="P", calendar="always"),
            Activity(id="C", duration=960, project="P"),
        ),
        links=(Link("A", "B"), Link("A", "C", LinkType.SS, 480), Link("B", "C", LinkType.FF)),
    )
    return SimulationModel(
        plan=plan,
        durations=(
            DurationUncertainty("A", BetaPert(2000, 2400, 3600), (Loading("weather", 0.5),)),
            DurationUncertainty("B", Triangular(2000, 2880, 4000)),
        ),
        causes=(SharedCause("storm", 0.1),),
        risks=(RiskEvent("R", 0.2, time=(TimeImpact("A", Fixed(480)),), cost=(CostImpact("P", Fixed(10)),), cause="storm"),),
        items=(CostItem("I", "P", BetaPert(1, 2, 4)),),
        weather=(Weather("yard", ("C",), (WeatherMonth(1, 0.5, Fixed(1)),), 2),),
    )
