"""What holds for every model: order changes nothing, a threat never brings a finish forward, what is certain is as planned."""

import random
from dataclasses import replace

import numpy as np
import pytest

from mainstay.engine.plan import ActivityKind
from mainstay.engine.simulation import (
    CostImpact,
    DurationFactor,
    Nature,
    RiskEvent,
    SimulationModel,
    TaskExistence,
    TimeImpact,
    run,
)
from mainstay.engine.simulation.distributions import Fixed, Triangular
from tests.engine.simulation.models import random_model, whole_model

SEEDS = range(6)
PERCENTS = (5, 20, 50, 80, 95)


def open_tasks(model: SimulationModel) -> list[str]:
    return [row.id for row in model.plan.activities if row.kind == ActivityKind.TASK and row.actual_start is None]


@pytest.mark.parametrize("seed", SEEDS)
def test_one_more_threat_never_brings_a_finish_forward(seed: int) -> None:
    model = random_model(seed)
    before = run(model, iterations=512, seed=seed)
    name = random.Random(seed).choice(open_tasks(model))
    threat = RiskEvent(
        "new", 0.4, Nature.THREAT, (TimeImpact(name, Triangular(0, 500, 3000)),), factors=(DurationFactor(name, Triangular(1, 1.2, 2)),)
    )
    after = run(replace(model, risks=(*model.risks, threat)), iterations=512, seed=seed)
    assert (after.finish >= before.finish).all()
    for percent in PERCENTS:
        assert after.finish_of().percentile(percent) >= before.finish_of().percentile(percent)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_more_opportunity_never_puts_a_finish_off(seed: int) -> None:
    model = random_model(seed)
    before = run(model, iterations=512, seed=seed)
    name = random.Random(seed).choice(open_tasks(model))
    chance = RiskEvent(
        "new", 0.4, Nature.OPPORTUNITY, (TimeImpact(name, Triangular(0, 500, 3000)),), (CostImpact(model.plan.projects[0].id, Fixed(5.0)),)
    )
    after = run(replace(model, risks=(*model.risks, chance)), iterations=512, seed=seed)
    assert (after.finish <= before.finish).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_everything_changes_nothing(seed: int) -> None:
    model = whole_model(seed)
    rnd = random.Random(seed)

    def mixed(rows: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(rnd.sample(rows, len(rows)))

    plan = model.plan
    shuffled = replace(
        model,
        plan=replace(plan, activities=mixed(plan.activities), links=mixed(plan.links), projects=tuple(reversed(plan.projects))),
        durations=mixed(model.durations),
        risks=mixed(model.risks),
        causes=mixed(model.causes),
        items=mixed(model.items),
        activity_rates=mixed(model.activity_rates),
        project_rates=mixed(model.project_rates),
    )
    one, other = run(model, iterations=512, seed=seed), run(shuffled, iterations=512, seed=seed)
    for name in (None, *one.projects, *one.milestones):
        assert (one.finish_of(name).values == other.finish_of(name).values).all()
        assert one.planned_finish_of(name) == other.planned_finish_of(name)
    for name in one.projects:
        assert one.cost_of(name).values == pytest.approx(other.cost_of(name).values, rel=1e-9)
    assert one.criticality == other.criticality
    assert one.occurred == other.occurred


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_certain_is_as_planned(seed: int) -> None:
    model = whole_model(seed)
    certain = replace(
        model,
        durations=(), classes=(), risks=(), causes=(), weather=(), correlations=(), existences=(), branches=(), conditions=(),
        items=tuple(replace(item, amount=Fixed(item.amount.mean), loadings=()) for item in model.items),
        prices=tuple(replace(price, ratio=Fixed(1.1), loadings=()) for price in model.prices),
    )  # fmt: skip
    found = run(certain, iterations=130, seed=seed)
    for name in (None, *found.projects, *found.milestones):
        assert (found.finish_of(name).values == found.planned_finish_of(name)).all()
    for name in (None, *found.projects):
        assert found.cost_of(name).values == pytest.approx(np.full(130, found.planned_cost_of(name)))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_exists_for_certain_might_as_well_not_be_a_branch(seed: int) -> None:
    model = replace(whole_model(seed), existences=(), branches=(), conditions=())
    name = random.Random(seed).choice(open_tasks(model))
    branched = replace(model, existences=(TaskExistence("certain", 1.0, (name,)),))
    one, other = run(model, iterations=256, seed=seed), run(branched, iterations=256, seed=seed)
    assert (one.finish == other.finish).all()
    assert one.money == pytest.approx(other.money)
    assert one.criticality == other.criticality
