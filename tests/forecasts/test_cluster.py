"""A run over a Dask cluster: the numbers of one machine to the last bit, also when a worker is lost; a sentence for what is missing."""

import os
import pickle
import signal
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from mainstay.engine.simulation.errors import Cancelled
from mainstay.engine.simulation.portions import Portion, PortionRun
from mainstay.engine.simulation.result import SimulationResult
from mainstay.engine.simulation.run import run_translated
from mainstay.engine.simulation.translation import translate
from mainstay.forecasts.cluster import ClusterError, DaskSpread
from tests.engine.simulation.models import random_model

distributed = pytest.importorskip("distributed", reason="The extra mainstay[cluster] is not installed.")
MODEL = random_model(3)
NUMBERS = {"iterations": 20_000, "seed": 5, "block": 128}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1") as made:
        yield made


def same(one: SimulationResult, other: SimulationResult) -> None:
    np.testing.assert_array_equal(one.finish, other.finish)
    np.testing.assert_array_equal(one.money, other.money)
    assert one.criticality == other.criticality
    assert one.criticality_in_project == other.criticality_in_project
    assert one.occurred == other.occurred


def by_hand(run: PortionRun) -> Iterator[Portion]:
    """Each portion elsewhere, in another order: as if sent away and back."""
    sent = pickle.dumps(run)
    for first, last in reversed(run.stretches(3)):
        yield pickle.loads(pickle.dumps(pickle.loads(sent).portion(first, last)))


@pytest.mark.parametrize("iterations", [1, 127, 128, 1_000])
def test_portions_make_the_same_whole_in_any_order(iterations: int) -> None:
    told: list[int] = []
    ready = translate(MODEL)
    numbers = {**NUMBERS, "iterations": iterations, "block": 64}
    found = run_translated(MODEL, ready, **numbers, spread=by_hand, progress=told.append)
    same(found, run_translated(MODEL, ready, **numbers, threads=1))
    assert told == sorted(told)
    assert told[-1] == iterations


def test_a_spread_run_can_be_stopped_and_gives_back_what_it_holds() -> None:
    closed: list[bool] = []

    def spread(run: PortionRun) -> Iterator[Portion]:
        try:
            yield from by_hand(run)
        finally:
            closed.append(True)

    with pytest.raises(Cancelled):
        run_translated(MODEL, translate(MODEL), **NUMBERS, spread=spread, cancelled=lambda: True)
    assert closed == [True]


@pytest.mark.slow
def test_a_cluster_gives_the_numbers_of_one_machine_also_when_a_worker_is_lost(cluster: Any) -> None:
    ready = translate(MODEL)
    alone = run_translated(MODEL, ready, **NUMBERS, threads=1)
    address = cluster.scheduler_address
    same(run_translated(MODEL, ready, **NUMBERS, spread=DaskSpread(address)), alone)

    lost: list[int] = []

    def losing(run: PortionRun) -> Iterator[Portion]:
        for portion in DaskSpread(address)(run):
            yield portion
            if not lost:
                lost.append(next(iter(cluster.workers.values())).pid)
                os.kill(lost[0], signal.SIGKILL)

    same(run_translated(MODEL, ready, **NUMBERS, spread=losing), alone)
    assert lost


@pytest.mark.slow
def test_a_cluster_without_workers_and_an_address_without_a_scheduler_are_told() -> None:
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", host="127.0.0.1") as empty,
        pytest.raises(ClusterError, match="has no workers"),
    ):
        run_translated(MODEL, translate(MODEL), **NUMBERS, spread=DaskSpread(empty.scheduler_address))
    with pytest.raises(ClusterError, match="No Dask scheduler answers at nowhere"):
        run_translated(MODEL, translate(MODEL), **NUMBERS, spread=DaskSpread("nowhere"))
