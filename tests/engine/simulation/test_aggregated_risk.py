"""Ten risks of the same probability and size: their expected sum is one, their tails are not."""

import pytest

from mainstay.engine.simulation import CostImpact, RiskEvent, SharedCause, SimulationModel, run
from mainstay.engine.simulation.distributions import Fixed
from tests.engine.simulation.models import by_the_clock

ITERATIONS = 40_000


@pytest.mark.parametrize(
    ("cause", "percentiles", "deviation"),
    [
        (None, {50: 2, 75: 3, 90: 4, 95: 4}, 1.2649),
        (0.15, {50: 1, 75: 1, 90: 10, 95: 10}, 3.4300),
        (0.20, {50: 0, 75: 0, 90: 10, 95: 10}, 4.0000),
    ],
)
def test_one_expected_sum_and_three_tails(cause: float | None, percentiles: dict[int, int], deviation: float) -> None:
    causes = () if cause is None else (SharedCause("cause", cause),)
    name = None if cause is None else "cause"
    risks = tuple(RiskEvent(f"R{k}", 0.2, cost=(CostImpact("P", Fixed(1.0)),), cause=name) for k in range(10))
    model = SimulationModel(plan=by_the_clock([("a", 480)], []), risks=risks, causes=causes)
    cost = run(model, iterations=ITERATIONS, seed=1).cost_of()
    error = deviation / ITERATIONS**0.5
    assert cost.mean == pytest.approx(2.0, abs=4 * error)
    assert cost.deviation == pytest.approx(deviation, rel=0.02)
    assert {percent: round(cost.percentile(percent), 6) for percent in percentiles} == percentiles
