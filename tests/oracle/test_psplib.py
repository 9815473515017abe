"""Our schedules against the published optima of PSPLIB and Patterson's set, and against a heuristic's makespans on MPSPLib's projects.

Short runs of a few problems; `mainstay plan level` runs the whole sets (docs/reference/performance.md).
"""

import csv
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from mainstay.engine.levelling.plan_levelling import level_plan
from mainstay.engine.levelling.search import Limits
from mainstay.engine.worktime import WorkingTime, minute_of
from mainstay.formats.plans import SchedulePool
from mainstay.formats.schedule import Schedule
from mainstay.formats.scheduling_problems import read_best_values, read_problem
from mainstay.planning.conversion import plan_data
from mainstay.planning.conversion.pool import pool_of
from mainstay.planning.levelling_files import problem_document
from tests.shared_data import shared_data

Unpacked = Callable[[str, str], Path]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Unpacked:
    folder = tmp_path_factory.mktemp("psplib")

    def one(archive: str, name: str) -> Path:
        with tarfile.open(shared_data("psplib") / archive) as packed:
            (folder / name).write_bytes(packed.extractfile(next(m for m in packed if m.name.endswith(f"/{name}") or m.name == name)).read())
        return folder / name

    return one


@pytest.mark.parametrize("number", range(1, 49, 6))
def test_j30_is_solved(unpacked: Unpacked, number: int) -> None:
    optimum = read_best_values(shared_data("psplib") / "j30-optimum-kobe.csv")
    found = problem_document(read_problem(unpacked("j30.sm.tar.gz", f"j30{number}_1.sm")), Limits(seconds=2.0), lambda _state: False)
    assert found["makespan"] == optimum[f"j30{number}_1"]


@pytest.mark.parametrize("number", range(1, 111, 20))
def test_patterson_is_solved(unpacked: Unpacked, number: int) -> None:
    optimum = read_best_values(shared_data("psplib") / "patterson-optimum-kobe.csv")
    found = problem_document(
        read_problem(unpacked("patterson110.rcp.tar.gz", f"pat{number}.rcp")), Limits(seconds=2.0), lambda _state: False
    )
    assert found["makespan"] == optimum[f"pat{number}"]


@pytest.mark.parametrize("name", ["10 mp_j30_a2_nr5", "123 mp_j120_a2_nr5_AgentCopp2", "6 mp_j30_a2_nr1"])
def test_several_projects_are_no_longer_than_the_heuristics(name: str) -> None:
    folder = shared_data("mpsplib-mpp")
    with (folder / "expected-tms.csv").open(encoding="utf-8") as stream:
        expected = {f"{row['no']} {row['instance']}": int(row["TMS_P-SGS-MINSLK"]) for row in csv.DictReader(stream)}
    with SchedulePool() as pool:
        schedule = pool.read(folder / f"{name}.mpp").schedule
    plan = plan_data(schedule, "")
    made = level_plan(plan, pool_of({"": schedule}, plan), Limits(seconds=3.0))
    assert days(schedule, int(made.after.finish.max()), made.after.plan) <= expected[name]
    assert days(schedule, made.bound, made.after.plan) <= days(schedule, int(made.after.finish.max()), made.after.plan)


def days(schedule: Schedule, finish: int, plan: object) -> float:
    time = WorkingTime(None, plan.calendar_table)
    time.number = int(plan.arrays.project_calendar[0])
    return time.between(minute_of(schedule.start), finish) / schedule.minutes_per_day
