"""Earned value and earned schedule against published figures: a textbook's cases, the R package PRA, and a real project of 13 months."""

import pytest

from mainstay.engine.earned_value import Performance, curve_of_periods, curve_of_work, performance
from mainstay.engine.errors import EngineError

PLANNED = (0, 28.975, 81.681, 91.681, 138.586, 218.141, 302.478, 323.632, 345.876, 360.738)
EARNED = (25.645, 68.074, 89.135, 125.244, 198.754, 268.763, 292.469, 306.725, 312.864, 327.694, 338.672, 349.861, 360.738)
SPENT = (25.567, 66.293, 78.293, 124.073, 191.367, 259.845, 285.612, 290.843, 303.489, 316.431, 320.690, 336.756, 349.379)
PUBLISHED = {
    "spi": (0.8851, 0.8334, 0.9722, 0.9037, 0.9111, 0.8885, 0.9037, 0.8868, 0.8673, 0.9084, 0.9388, 0.9698, 1.0),
    "cpi": (1.0031, 1.0269, 1.1385, 1.0094, 1.0386, 1.0343, 1.0240, 1.0546, 1.0309, 1.0356, 1.0561, 1.0389, 1.0325),
    "earned_schedule": (0.8851, 1.7418, 2.7454, 3.7156, 4.7563, 5.6002, 5.8813, 6.2008, 6.4910, 7.1826, 7.6761, 8.2681, 9.0),
    "spi_t": (0.8851, 0.8709, 0.9151, 0.9289, 0.9513, 0.9334, 0.8402, 0.7751, 0.7212, 0.7183, 0.6978, 0.6890, 0.6923),
}
"""“Re-vamp check-in”: S. Vandevoorde and M. Vanhoucke, Int. J. Project Management 24 (2006), 289-302; planned 9 months, took 13."""


@pytest.mark.parametrize("month", range(1, 14))
def test_a_real_project_month_by_month(month: int) -> None:
    found = performance(curve_of_periods(PLANNED), EARNED[month - 1], month, SPENT[month - 1])
    for name, figures in PUBLISHED.items():
        assert getattr(found, name) == pytest.approx(figures[month - 1], abs=5.1e-5), name


@pytest.mark.parametrize(
    ("budget", "planned", "earned", "actual", "expected"),
    [
        (1e6, 500e3, 450e3, 480e3, {"cost_variance": -30e3, "schedule_variance": -50e3, "cpi": 0.9375, "spi": 0.9,
                                    "cost_at_completion": 1_066_667, "cost_at_completion_by_both": 1_131_852}),
        (2e6, 1e6, 1e6, 1.1e6, {"cost_at_completion_as_budgeted": 2_100_000}),
        (5e6, 2e6, 2e6, 2.5e6, {"to_complete": 1.2}),
        (100e3, 40e3, 35e3, 36e3, {"schedule_variance": -5e3, "cost_variance": -1e3, "spi": 0.875, "cpi": 0.9722222}),
        (200e3, 120e3, 100e3, 90e3, {"cost_variance": 10e3, "schedule_variance": -20e3, "cpi": 1.1111, "spi": 0.8333,
                                     "cost_at_completion": 180e3}),
        (200e3, 120e3, 60e3, 90e3, {"cost_variance": -30e3, "schedule_variance": -60e3, "cpi": 0.6667, "spi": 0.5,
                                    "cost_at_completion": 300e3}),
        (100e3, 55e3, 50e3, 45e3, {"cost_variance": 5e3, "schedule_variance": -5e3, "cpi": 1.1111, "spi": 0.9091,
                                   "cost_at_completion": 90e3}),
    ],
)  # fmt: skip
def test_textbook_cases(budget: float, planned: float, earned: float, actual: float, expected: dict[str, float]) -> None:
    found = Performance(budget, planned, earned, actual)
    for name, figure in expected.items():
        assert getattr(found, name) == pytest.approx(figure, abs=0.5 if abs(figure) > 10 else 5.1e-5), name


def test_earned_schedule_between_two_periods() -> None:
    found = performance(curve_of_periods([0, 10, 25, 45, 70, 90, 100]), 40, 4)
    told = (found.earned_schedule, found.spi_t, found.time_at_completion, found.to_complete_schedule)
    assert told == pytest.approx((2.75, 0.6875, 8.7273, 1.625), abs=5e-5)


def test_what_cannot_be_said_is_none() -> None:
    begun = performance(curve_of_periods([0, 50, 100]), 0, 1, 0)
    assert (begun.cpi, begun.cost_at_completion, begun.spi, begun.spi_t) == (None, None, 0, 0)
    early = performance(curve_of_periods([0, 50, 100]), 0, 0)
    assert (early.spi, early.spi_t, early.cpi, early.cost_variance) == (None, None, None, None)
    spent = Performance(100, 100, 90, 100)
    assert spent.to_complete is None, "with the budget spent no performance meets it"


def test_finished_late_stays_late() -> None:
    found = performance(curve_of_periods([0, 50, 100]), 100, 4)
    assert (found.spi, found.spi_t, found.to_complete_schedule) == (1, 0.5, None)


def test_the_curve_of_work_is_the_sum_of_its_pieces() -> None:
    starts, finishes, budgets = [10, 10, 15, 30, 12], [20, 20, 35, 30, 40], [100, 50, 80, 20, 0]

    def summed(at: float) -> float:
        shares = [min(max((at - s) / (f - s), 0), 1) if f > s else float(at >= s) for s, f in zip(starts, finishes, strict=True)]
        return sum(share * budget for share, budget in zip(shares, budgets, strict=True))

    curve = curve_of_work(starts, finishes, budgets)
    for tenth in range(80, 450, 7):
        assert curve.planned(tenth / 10) == pytest.approx(summed(tenth / 10))
    assert (curve.start, curve.finish, curve.budget) == (10, 35, 250)
    for value in (1, 40, 149, 210.5, 229, 249):
        assert curve.planned(curve.reached(value)) == pytest.approx(value) or curve.reached(value) == 30
    assert curve.reached(curve.planned(30) - 10) == 30, "inside the jump"


@pytest.mark.parametrize("work", [([], [], []), ([0], [1], [0]), ([2], [1], [5]), ([0], [1], [-1])])
def test_work_without_a_budget_or_in_the_wrong_order_is_refused(work: tuple[list[float], list[float], list[float]]) -> None:
    with pytest.raises(EngineError):
        curve_of_work(*work)
    with pytest.raises(EngineError):
        curve_of_periods([0, 2, 1])
