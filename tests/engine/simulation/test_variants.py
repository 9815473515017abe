"""Variants that share what is drawn for durations end as each of them does in a run of its own."""

from dataclasses import replace

import pytest

from mainstay.engine.simulation.drivers import without_each
from mainstay.engine.simulation.rerun import Rerun
from mainstay.engine.simulation.translation import translate
from mainstay.engine.simulation.variants import TOGETHER
from tests.engine.simulation.models import whole_model


@pytest.mark.parametrize(("seed", "threads"), [(1, 1), (2, 2)])
def test_each_variant_ends_as_in_a_run_of_its_own(seed: int, threads: int) -> None:
    model = whole_model(seed)
    ready = translate(model)
    rerun = Rerun(iterations=700, seed=seed, threads=threads)
    others = [tables for _kind, _name, tables in without_each(model, ready)]
    others += others[: TOGETHER + 1 - len(others)]
    assert len(others) > TOGETHER
    found = list(rerun.each_end(model, ready, others))
    for ends, tables in zip(found, [ready.tables, *others], strict=True):
        alone = rerun.of(model, replace(ready, tables=tables))
        assert (ends.finish.values == alone.finish_of().values).all()
        assert (ends.cost.values == alone.cost_of().values).all()
    assert len({float(ends.finish.mean) for ends in found}) > 5


def test_a_model_has_its_own_ends_where_there_is_nothing_to_leave_out() -> None:
    model = whole_model(3)
    rerun = Rerun(iterations=64, seed=1)
    (whole,) = rerun.each_end(model, translate(model), [])
    assert (whole.finish.values == rerun.of(model).finish_of().values).all()
