"""Prints speed of simulated networks in processor time, beside plain NumPy and networkx on the same network in the same run.

`python -m benchmarks simulation` takes about a minute on two quiet cores; BENCH_LARGE=1 adds a million activities, several minutes and
some 4 GB. To see what a processor with narrower vectors would do, set NUMBA_CPU_NAME and NUMBA_CPU_FEATURES.
"""

import os
import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime

import numpy as np

from mainstay.engine.plan import Activity, Link, PlanData, Project
from mainstay.engine.simulation import (
    ActivityRate,
    CostImpact,
    DurationClass,
    Loading,
    ProjectRate,
    RiskEvent,
    Sampling,
    SimulationModel,
    TimeImpact,
    drivers,
    run_reference,
    run_streamed,
    warm,
)
from mainstay.engine.simulation.distributions import BetaPert, Triangular
from mainstay.engine.simulation.run import run_translated
from mainstay.engine.simulation.translation import translate
from mainstay.engine.worktime import Calendar, minute_of

SIZES = ((1_002, 8_192), (10_020, 4_096))
BESIDE = ((1_002, 1_024, 3), (10_020, 512, 2), (100_000, 256, 1))
"""Activities, iterations of the engine and of NumPy, scenarios of networkx."""
LARGE = (1_000_000, 128, 1)
OFFICE = Calendar("office", (((480, 720), (780, 1020)),) * 5 + ((),) * 2)
START = minute_of(datetime(2026, 1, 5, 8))  # noqa: DTZ001 - a plan's clock has no zone


def network(size: int) -> SimulationModel:
    """One project of uncertain activities, each after two of the fifty before it."""
    rnd = random.Random(1)
    names = [f"A{k}" for k in range(size)]
    unit = 480 if size < LARGE[0] else 60  # days; hours in the largest one, whose longest path would otherwise last too many years
    activities = tuple(Activity(id=name, duration=unit * rnd.randint(1, 20), project="P") for name in names)
    links = {(names[k - rnd.randint(1, min(k, 50))], names[k]) for k in range(1, size) for _ in range(2)}
    plan = PlanData(
        projects=(Project(id="P", calendar="office", start=START),),
        calendars=(OFFICE,),
        activities=activities,
        links=tuple(Link(before, after) for before, after in sorted(links)),
    )
    return SimulationModel(plan=plan, classes=(DurationClass("all", BetaPert(0.9, 1.0, 1.3), tuple(names)),))


def full(size: int) -> SimulationModel:
    """The same with durations correlated by a common factor, fifty risks, a rate for each activity and one for the project."""
    model, rnd = network(size), random.Random(2)
    names = [activity.id for activity in model.plan.activities]
    risks = tuple(
        RiskEvent(
            f"R{k}",
            0.3,
            time=tuple(TimeImpact(name, Triangular(100, 500, 2000)) for name in rnd.sample(names, 3)),
            cost=(CostImpact("P", Triangular(1000, 2000, 5000)),),
        )
        for k in range(50)
    )
    return SimulationModel(
        plan=model.plan,
        classes=(DurationClass("all", BetaPert(0.9, 1.0, 1.3), tuple(names), (Loading("mood", 0.5),)),),
        risks=risks,
        activity_rates=tuple(ActivityRate(name, 1.0) for name in names),
        project_rates=(ProjectRate("P", 500.0, START),),
    )


def fastest(call: Callable[[], object], repeats: int, clock: Callable[[], float] = time.process_time) -> float:
    """Seconds of the fastest of several calls."""
    found = []
    for _ in range(repeats):
        begun = clock()
        call()
        found.append(clock() - begun)
    return min(found)


def main() -> int:
    begun = time.process_time()
    warm()
    print(f"warm: {time.process_time() - begun:.1f} s of the processor")
    for size, iterations in SIZES:
        speeds(size, iterations)
    for size, iterations, scenarios in BESIDE + ((LARGE,) if os.environ.get("BENCH_LARGE") else ()):
        beside_others(size, iterations, scenarios)
    beside_reference()
    named_cases()
    print(f"the process held at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


def speeds(size: int, iterations: int) -> None:
    """Millions of activity-iterations a second of the processor."""
    for name, model in (("durations", network(size)), ("full model", full(size))):
        ready = translate(model)
        for criticality in (False, True):
            seconds = fastest(
                lambda m=model, r=ready, c=criticality: run_translated(m, r, iterations=iterations, seed=1, threads=1, criticality=c), 9
            )
            what = "with criticality" if criticality else "forward"
            print(f"{size:,} activities, {name}, {what}: {size * iterations / seconds / 1e6:.0f} M a second")
    model, ready = network(size), translate(network(size))
    for sampling in Sampling:
        seconds = fastest(lambda s=sampling: run_translated(model, ready, iterations=iterations, seed=1, threads=1, sampling=s), 9)
        print(f"    {sampling.value}: {size * iterations / seconds / 1e6:.0f} M a second")
    alone, both = (
        fastest(lambda t=threads: run_translated(model, ready, iterations=iterations, seed=1, threads=t), 15, time.perf_counter)
        for threads in (1, 2)
    )
    print(f"    two threads by the clock: {alone / both:.2f} times as fast as one")


def beside_others(size: int, iterations: int, scenarios: int) -> None:
    """The same durations and links, in NumPy over all iterations, and in networkx one scenario after the other."""
    model = network(size)
    ready = translate(model)
    engine = fastest(lambda: run_translated(model, ready, iterations=1_024, seed=1, threads=1), 5) / (size * 1_024)
    print(
        f"{size:,} activities, 1,024 iterations with criticality: {engine * size * 1_024:.3f} processor seconds, {1e9 * engine:.2f} ns each"
    )
    place = {activity.id: k for k, activity in enumerate(model.plan.activities)}
    before: list[list[int]] = [[] for _ in place]
    for link in model.plan.links:
        before[place[link.successor]].append(place[link.predecessor])
    lengths = np.array([activity.duration for activity in model.plan.activities], np.float32)
    plain = fastest(lambda: in_numpy(lengths, before, iterations), 2) / (size * iterations)
    print(f"    plain NumPy, forward only: {1e9 * plain:.1f} ns; the engine is {plain / engine:.0f} times as fast")
    try:
        import networkx as nx
    except ImportError:
        print("networkx is not installed; it is a part of the development dependencies")
    else:
        graph = nx.DiGraph([(a, k) for k, found in enumerate(before) for a in found])
        slow = fastest(lambda: in_networkx(graph, lengths, scenarios), 1) / (size * scenarios)
        print(f"    networkx, longest path: {1e9 * slow:,.0f} ns; the engine is {slow / engine:,.0f} times as fast")


def beside_reference() -> None:
    small, ready = network(100), translate(network(100))
    engine = fastest(lambda: run_translated(small, ready, iterations=8_192, seed=1, threads=1), 3) / (100 * 8_192)
    plain = fastest(lambda: run_reference(small, iterations=100, seed=1), 1) / 10_000
    print(f"plain reference of 100 activities: {1e9 * plain:,.0f} ns; the engine is {plain / engine:,.0f} times as fast")


def in_numpy(lengths: np.ndarray, before: list[list[int]], iterations: int) -> np.ndarray:
    """Earliest finishes of all activities; beta-PERT of 0.9, 1 and 1.3 times the planned duration."""
    rng = np.random.default_rng(1)
    finish = np.zeros((lengths.size, iterations), np.float32)
    for k, found in enumerate(before):
        drawn = lengths[k] * (0.9 + 0.4 * rng.beta(2.0, 4.0, iterations))
        finish[k] = drawn + (np.max(finish[found], axis=0) if found else 0.0)
    return finish


def in_networkx(graph: "object", lengths: np.ndarray, iterations: int) -> list[float]:
    import networkx as nx

    rng = np.random.default_rng(1)
    found = []
    for _ in range(iterations):
        drawn = lengths * (0.9 + 0.4 * rng.beta(2.0, 4.0, lengths.size))
        for a, _, data in graph.edges(data=True):  # type: ignore[attr-defined]
            data["weight"] = drawn[a]
        found.append(nx.dag_longest_path_length(graph))
    return found


def named_cases() -> None:
    """Cases with a goal, by the clock on all processors."""
    clock = time.perf_counter
    model = full(10_020)
    ready = translate(model)
    for name, measure in (("by the clock", clock), ("of the processor", time.process_time)):
        seconds = fastest(lambda: run_translated(model, ready, iterations=10_000, seed=1), 5, measure)
        print(f"10,020 activities, 10,000 iterations, full: {seconds:.2f} s {name}")
    for name, measure in (("by the clock", clock), ("of the processor", time.process_time)):
        seconds = fastest(lambda: drivers(model, iterations=2_048, seed=1, translation=ready), 2, measure)
        print(f"without each of 50 risks, 10,020 activities, 2,048 iterations: {seconds:.2f} s {name}")
    vendor = network(3_614)
    translated = translate(vendor)
    seconds = fastest(lambda: run_translated(vendor, translated, iterations=1_000, seed=1), 3, clock)
    print(f"3,614 activities, 1,000 iterations: {seconds:.3f} s by the clock")
    streamed = network(100)
    seconds = fastest(lambda: run_streamed(streamed, iterations=1_000_000, seed=1), 1, clock)
    print(f"100 activities, 1,000,000 iterations, streamed: {seconds:.1f} s by the clock")


if __name__ == "__main__":
    sys.exit(main())
