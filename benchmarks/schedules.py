"""The critical path engine against what plan files store, and its speed: `python -m benchmarks.schedules [FOLDER]`.

First it schedules every plan below FOLDER (the shared data) and prints for each format how many stored values of each field ours equal,
and by which convention the others differ. Then it schedules generated plans on mixed calendars, MAINSTAY_BENCH_ACTIVITIES of them
(10000,100000 unless said; 1000000 takes a minute to build), and prints seconds of the processor and bytes an activity.
"""

import os
import random
import sys
import time
import tracemalloc
from collections import Counter
from pathlib import Path

from benchmarks.imports import FOLDERS, LIMITS, SHARED, plan_files
from mainstay.engine import network
from mainstay.engine.critical_path import schedule
from mainstay.engine.errors import EngineError
from mainstay.engine.plan import Activity, Link, LinkType, PlanData, Project
from mainstay.engine.worktime import Calendar
from mainstay.formats.errors import FormatError
from mainstay.formats.plans import SchedulePool
from mainstay.planning import comparison

FIELDS = ("early_start", "early_finish", "late_start", "late_finish", "start", "finish", "total_float")
WEEKS = {
    "office": (((480, 720), (780, 1020)),) * 5 + ((),) * 2,
    "six": (((420, 1020),),) * 6 + ((),),
    "night": (((1320, 1800),),) * 5 + ((),) * 2,
    "clock": (((0, 1440),),) * 7,
}
ROUNDS = 5
ACTIVITIES = os.environ.get("MAINSTAY_BENCH_ACTIVITIES", "10000,100000")


def compare(data: Path) -> None:
    """Print the table of formats and the reasons of what differs."""
    counts: dict[str, Counter[str]] = {}
    reasons: Counter[str] = Counter()
    files = [path for name in FOLDERS for path in plan_files(data / name)]
    with SchedulePool(LIMITS, workers=2) as pool:
        for path, found in pool.read_many(files):
            if isinstance(found, FormatError):
                continue
            for project in (each for each in found.schedules if not each.is_baseline):
                try:
                    compared = comparison.compare(comparison.schedule_file(project))
                except EngineError as fault:
                    print(f"    {path.name}: {fault}")
                    continue
                row = counts.setdefault(str(found.kind.label), Counter())
                for each in (one for one in compared if one.field in FIELDS):
                    row.update({f"{each.field}=": each.equal, each.field: each.compared})
                    reasons.update(each.reasons)
    for name, row in counts.items():
        print(f"{name}: " + ", ".join(f"{field} {row[field + '=']:,}/{row[field]:,}" for field in FIELDS if row[field]))
    for reason, count in reasons.most_common():
        print(f"    {count:,} differ: {reason}")


def mixed(count: int) -> PlanData:
    """Projects of a hundred activities on four calendars, every link type, joined one to the next."""
    rnd = random.Random(count)
    names = list(WEEKS)
    activities = tuple(
        Activity(id=str(k), project=str(k // 100), duration=480 * rnd.choice((1, 2, 3, 5, 8, 13)), calendar=rnd.choice(names))
        for k in range(count)
    )
    pairs = [
        (k - back, k)
        for k in range(1, count)
        for back in ({rnd.randint(1, 8) for _ in range(rnd.choice((1, 1, 2)))} if k % 100 else {rnd.randint(1, 90)})
        if k >= back
    ]
    kinds, lags = (0, 0, 0, 0, 1, 2), (0, 0, 0, 480, -240)
    links = [Link(str(before), str(after), LinkType(rnd.choice(kinds)), rnd.choice(lags)) for before, after in pairs]
    projects = tuple(Project(id=str(k), calendar="office", start=29460000) for k in range(-(-count // 100)))
    return PlanData(projects, tuple(Calendar(name, week) for name, week in WEEKS.items()), activities, tuple(links))


def speed(count: int) -> float:
    """Seconds of the processor to schedule one loaded plan, the best of a few rounds; prints them with the peak of memory."""
    plan = mixed(count)
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        schedule(plan, network.build(plan))
        best = min(best, time.process_time() - begun)
    tracemalloc.start()
    schedule(plan, network.build(plan))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{count:>9,} activities, {len(plan.links):,} links: {best:.4f} s, {peak / count:,.0f} bytes an activity")
    return best


def main(data: Path = SHARED) -> int:
    if data.exists():
        compare(data)
    else:
        print(f"{data} is not here; the folder of plan files is given to python -m benchmarks.schedules")
    counts = [int(count) for count in ACTIVITIES.split(",")]
    seconds = [speed(count) for count in counts]
    for k in range(1, len(counts)):
        larger, longer = counts[k] / counts[k - 1], seconds[k] / seconds[k - 1]
        print(f"{larger:g} times the activities take {longer:.1f} times the time")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED))
