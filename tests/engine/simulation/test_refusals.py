"""What a model is refused for, each with a sentence that names the thing and says what to do."""

from dataclasses import replace
from typing import Any

import pytest

from mainstay.engine.errors import CycleError, EngineError
from mainstay.engine.plan import Link
from mainstay.engine.risk import MoneyBasis
from mainstay.engine.simulation import (
    ActivityRate,
    Alternative,
    Branch,
    ConditionalBranch,
    CorrelationGroup,
    CostImpact,
    CostItem,
    DurationFactor,
    DurationUncertainty,
    Inflation,
    Loading,
    RiskEvent,
    SharedCause,
    SimulationModel,
    TaskExistence,
    TimeImpact,
    Weather,
    WeatherMonth,
    Window,
    run,
)
from mainstay.engine.simulation.distributions import Fixed, Triangular
from tests.engine.simulation.models import START, by_the_clock

PLAN = by_the_clock([("a", 480), ("b", 480), ("c", 480)], [("a", "b"), ("b", "c")])
OVER = replace(PLAN, activities=(replace(PLAN.activities[0], actual_start=START, actual_finish=START + 480), *PLAN.activities[1:]))
SURE = Triangular(100, 200, 300)
POUNDS, EUROS = MoneyBasis("GBP", "2026/27"), MoneyBasis("EUR", "2026/27")

REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("Risk R has a probability outside 0 to 1", {"risks": (RiskEvent("R", 1.2),)}),
    ("Shared cause S has the probability -0.1", {"causes": (SharedCause("S", -0.1),)}),
    ("Two risks are both called R", {"risks": (RiskEvent("R", 0.1), RiskEvent("R", 0.2))}),
    ("Risk R names activity z", {"risks": (RiskEvent("R", 0.1, time=(TimeImpact("z", SURE),)),)}),
    ("Risk R names activity z", {"risks": (RiskEvent("R", 0.1, factors=(DurationFactor("z", SURE),)),)}),
    ("Risk R acts on activity a, which is complete", {"plan": OVER, "risks": (RiskEvent("R", 0.1, time=(TimeImpact("a", SURE),)),)}),
    ("Risk R acts on activity a, which is complete", {"plan": OVER, "risks": (RiskEvent("R", 0.1, factors=(DurationFactor("a", SURE),)),)}),
    ("window of risk R closes before it opens", {"risks": (RiskEvent("R", 0.1, window=Window(START + 10, START)),)}),
    ("factor of risk R on activity a is negative", {"risks": (RiskEvent("R", 0.1, factors=(DurationFactor("a", Fixed(-1)),)),)}),
    (
        "EUR, 2026/27 prices and in GBP, 2026/27 prices cannot be added",
        {"items": (CostItem("I", "P", Fixed(1), POUNDS), CostItem("J", "P", Fixed(1), EUROS))},
    ),
    (
        "cannot be added",
        {"items": (CostItem("I", "P", Fixed(1), POUNDS), CostItem("J", "P", Fixed(1), MoneyBasis("GBP", "2020/21")))},
    ),
    (
        "cannot be added",
        {
            "items": (CostItem("I", "P", Fixed(1), POUNDS),),
            "risks": (RiskEvent("R", 0.1, response_cost=(CostImpact("P", Fixed(1), EUROS),)),),
        },
    ),
    ("probabilities that add up to 0.9", {"branches": (Branch("B", (Alternative(0.5, ("a",)), Alternative(0.4, ("b",)))),)}),
    (
        "alternative of branch B has the probability 1.5",
        {"branches": (Branch("B", (Alternative(1.5, ("a",)), Alternative(-0.5, ("b",)))),)},
    ),
    ("existence of E has the probability 2", {"existences": (TaskExistence("E", 2.0, ("a",)),)}),
    ("existence of E names activity a, which has begun", {"plan": OVER, "existences": (TaskExistence("E", 0.5, ("a",)),)}),
    ("Branch B is decided by activity z", {"conditions": (ConditionalBranch("B", "z", START, ("b",)),)}),
    (
        "Two branches are both called B",
        {"existences": (TaskExistence("B", 0.5, ("a",)),), "conditions": (ConditionalBranch("B", "a", 0, ("b",)),)},
    ),
    ("months are 1 to 12", {"weather": (Weather("W", ("a",), (WeatherMonth(13, 0.5, Fixed(2)),)),)}),
    ("1 to 1,000 realisations", {"weather": (Weather("W", ("a",), (), 0),)}),
    ("names activity z", {"weather": (Weather("W", ("z",), ()),)}),
    ("names activity b, which has no uncertainty of its own", {"correlations": (CorrelationGroup("G", ("b",), (), ((1.0,),)),)}),
    (
        "has loadings on factors and is in correlation group G",
        {
            "durations": (DurationUncertainty("a", SURE, (Loading("f", 0.5),)),),
            "correlations": (CorrelationGroup("G", ("a",), (), ((1.0,),)),),
        },
    ),
    ("squares that add up to 1.28", {"items": (CostItem("I", "P", SURE, loadings=(Loading("f", 0.8), Loading("g", 0.8))),)}),
    ("resource crane, which has no price", {"activity_rates": (ActivityRate("a", 1.0, resource="crane"),)}),
    ("Prices cannot grow by 30 a year", {"inflation": Inflation(30.0, START)}),
    (
        "in money of the day already",
        {"inflation": Inflation(0.03, START), "items": (CostItem("I", "P", Fixed(1), MoneyBasis("GBP", "", False)),)},
    ),
]


@pytest.mark.parametrize(("sentence", "parts"), REFUSED, ids=[f"{k} {sentence[:40]}" for k, (sentence, _) in enumerate(REFUSED)])
def test_a_model_that_cannot_be_is_refused_with_a_sentence(sentence: str, parts: dict[str, Any]) -> None:
    with pytest.raises(EngineError, match=sentence.replace("(", r"\(")) as caught:
        SimulationModel(**{"plan": PLAN, **parts})
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("iterations", [0, -5, 10_000_001])
def test_a_run_without_iterations_or_with_too_many_is_refused(iterations: int) -> None:
    with pytest.raises(EngineError, match="A run has 1 to 10,000,000 iterations"):
        run(SimulationModel(plan=PLAN), iterations=iterations)


def test_activities_that_wait_for_each_other_are_named() -> None:
    with pytest.raises(CycleError, match="a → b → c → a"):
        run(SimulationModel(plan=replace(PLAN, links=(*PLAN.links, Link("c", "a")))), iterations=64)
