"""Prints speed and memory of simulated networks, and the ratio to the plain reference, which is written to be read and not to be fast."""

import random
import resource
import sys
import time
from datetime import datetime

from mainstay.engine.plan import Activity, Link, PlanData, Project
from mainstay.engine.simulation import DurationClass, SimulationModel, run, run_reference, warm
from mainstay.engine.simulation.distributions import BetaPert
from mainstay.engine.worktime import Calendar, minute_of

ITERATIONS, REFERENCE_ITERATIONS = 10_000, 100
SIZES = (1_000, 10_000)
REFERENCE_SIZE = 100
OFFICE = Calendar("office", (((480, 720), (780, 1020)),) * 5 + ((),) * 2)
START = minute_of(datetime(2026, 1, 5, 8))  # noqa: DTZ001 - a plan's clock has no zone


def network(size: int) -> SimulationModel:
    """One project of uncertain activities, each after two of the fifty before it."""
    rnd = random.Random(1)
    names = [f"A{k}" for k in range(size)]
    activities = tuple(Activity(id=name, duration=480 * rnd.randint(1, 20), project="P") for name in names)
    links = {(names[k - rnd.randint(1, min(k, 50))], names[k]) for k in range(1, size) for _ in range(2)}
    plan = PlanData(
        projects=(Project(id="P", calendar="office", start=START),),
        calendars=(OFFICE,),
        activities=activities,
        links=tuple(Link(before, after) for before, after in sorted(links)),
    )
    return SimulationModel(plan=plan, classes=(DurationClass("all", BetaPert(0.9, 1.0, 1.3), tuple(names)),))


def main() -> int:
    started = time.perf_counter()
    warm()
    print(f"warm: {time.perf_counter() - started:.2f} s")
    for size in SIZES:
        model = network(size)
        started = time.perf_counter()
        result = run(model, iterations=ITERATIONS, seed=1)
        whole = time.perf_counter() - started
        speed = ITERATIONS * size / result.seconds / 1e6
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:,} activities, {result.links:,} links, {ITERATIONS:,} iterations: {result.seconds:.2f} s ({whole:.2f} s translated)")
        print(f"    {speed:.0f} million activities a second on {result.threads} threads; the process held at most {memory:.0f} MB")
    against_reference()
    return 0


def against_reference() -> None:
    """The same model, iterations and seed; both times are of the whole call."""
    model, seconds = network(REFERENCE_SIZE), []
    for simulate in (run, run_reference):
        started = time.perf_counter()
        simulate(model, iterations=REFERENCE_ITERATIONS, seed=1)
        seconds.append(time.perf_counter() - started)
    engine, plain = seconds
    print(f"{REFERENCE_SIZE} activities, {REFERENCE_ITERATIONS} iterations: engine {engine:.4f} s, plain reference {plain:.2f} s")
    print(f"    the engine is {plain / engine:,.0f} times as fast, all of either call counted")


if __name__ == "__main__":
    sys.exit(main())
