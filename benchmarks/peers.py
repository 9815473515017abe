"""One seeded piece of work of 1,000, 10,000 and 100,000 activities: read, scheduled and compared here, by MPXJ and by TaskJuggler 3.

`python -m benchmarks.peers [GENERATOR]`; GENERATOR is a script called with a number of activities and a folder, which writes `sN.xml`
(Microsoft Project's XML) and `sN-cpm.tjp` (TaskJuggler, by length without resources). MAINSTAY_BENCH_PEERS names other sizes. Seconds are
those of the processor, of all processes that take part; a peer that is not installed is left out with a word.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from mainstay.engine import network
from mainstay.engine.critical_path import schedule
from mainstay.formats.plans import Limits, SchedulePool
from mainstay.formats.schedule import Schedule
from mainstay.planning.conversion.network import plan_data
from mainstay.planning.movement.comparing import movement

GENERATOR = Path(__file__).resolve().parents[2] / "shared" / "tools" / "gen_schedule.py"
SIZES = os.environ.get("MAINSTAY_BENCH_PEERS", "1000,10000")
LIMITS = Limits(memory_mb=3000, seconds=600, file_mb=500, output_mb=1000)
ROUNDS = 3
LONGEST_PEER = 600
MOST_TASKJUGGLER = 10_000
"""It takes minutes beyond."""


def best_of(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of this process's CPU."""
    found = []
    for _ in range(rounds):
        begun = time.process_time()
        act()
        found.append(time.process_time() - begun)
    return min(found)


def spent(command: list[str], folder: Path) -> tuple[float, str] | None:
    """CPU seconds of a command and its children, and what it printed; None where it failed or took too long."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LONGEST_PEER, check=False)
    except subprocess.TimeoutExpired:
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (seconds, done.stdout) if done.returncode == 0 else None


def reading(path: Path, times: int) -> tuple[float, Schedule]:
    """CPU seconds of reading a file so many times with one reader, its own process and the start of it included."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.process_time()
    with SchedulePool(LIMITS) as pool:
        for _ in range(times):
            plan = pool.read(path).schedule
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() - begun + after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, plan


def ours(path: Path) -> None:
    (once, plan), (often, _plan) = reading(path, 1), reading(path, ROUNDS)
    warm = (often - once) / (ROUNDS - 1)
    data = plan_data(plan, "P")
    convert = best_of(lambda: plan_data(plan, "P"), 1)
    calculate = best_of(lambda: schedule(data, network.build(data)))
    compare = best_of(lambda: movement(plan, later(plan)), 1)
    print(f"    Mainstay, CPU: read {once:.2f} s, warm {warm:.2f} s; taken into the engine {convert:.2f} s;")
    print(f"        scheduled {calculate:.4f} s; movement against another version {compare:.2f} s")


def later(plan: Schedule) -> Schedule:
    """Every seventh activity takes half as long again, and every fiftieth is gone."""
    rows = [row for number, row in enumerate(plan.activities) if row.summary or number % 50]
    kept = {row.uid for row in rows}
    longer = tuple(
        replace(row, duration_minutes=row.duration_minutes * 1.5) if number % 7 == 0 and row.duration_minutes else row
        for number, row in enumerate(rows)
    )
    links = tuple(link for link in plan.links if link.predecessor_uid in kept and link.successor_uid in kept)
    return replace(plan, activities=longer, links=links)


def mpxj(path: Path) -> None:
    if find_spec("mpxj") is None or find_spec("jpype") is None:
        print("    MPXJ: not installed here (pip install mpxj, and a Java machine)")
        return
    found = spent([sys.executable, "-m", "benchmarks._mpxj", str(path), str(ROUNDS)], Path(__file__).resolve().parents[1])
    if found is None or not found[1].split():
        print("    MPXJ: it could not be started, or took too long; is there a Java machine?")
        return
    reading, scheduling = (float(word) for word in found[1].split()[-2:])
    print(f"    MPXJ, CPU of all its threads, warm: read {reading:.2f} s; scheduled {scheduling:.4f} s")


def taskjuggler(path: Path, count: int) -> None:
    if shutil.which("tj3") is None:
        print("    TaskJuggler 3: not installed here (Debian: apt install tj3)")
        return
    if count > MOST_TASKJUGGLER:
        print(f"    TaskJuggler 3: not asked beyond {MOST_TASKJUGGLER:,} activities")
        return
    found = spent(["tj3", "--silent", str(path)], path.parent)
    print(
        "    TaskJuggler 3: failed or took too long"
        if found is None
        else f"    TaskJuggler 3, read, scheduled, reported, CPU: {found[0]:.2f} s"
    )


def main(generator: Path = GENERATOR) -> int:
    if not generator.exists():
        print("There is no generator of work here; name one: python -m benchmarks.peers GENERATOR")
        return 0
    for count in map(int, SIZES.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, str(generator), str(count), folder], check=True, stdout=subprocess.DEVNULL)
            path = Path(folder) / f"s{count}.xml"
            print(f"{count:,} activities, {path.stat().st_size / 1e6:.1f} MB of XML")
            ours(path)
            mpxj(path)
            taskjuggler(Path(folder) / f"s{count}-cpm.tjp", count)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else GENERATOR))
