"""Our dates against those that MS Project stored in the MPSPLib files (unlevelled cases, Universidad de Valladolid, CC BY 4.0)."""

import csv
import gzip
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from mainstay.engine.worktime import datetime_of
from mainstay.formats.plans import SchedulePool
from mainstay.planning.comparison import ScheduledPlan, compare, schedule_file
from tests.shared_data import shared_data

FILES = (
    "10 mp_j30_a2_nr5.mpp",
    "121 mp_j120_a2_nr5_AgentCopp1.mpp",
    "123 mp_j120_a2_nr5_AgentCopp2.mpp",
    "131 mp_j120_a5_nr5_AgentCopp1.mpp",
    "16 mp_j30_a5_nr1.mpp",
    "6 mp_j30_a2_nr1.mpp",
)
DATES = ("start", "finish", "early_start", "early_finish", "late_start", "late_finish")


@pytest.fixture(scope="module")
def folder() -> Path:
    return shared_data("mpsplib-mpp")


@pytest.fixture(scope="module")
def scheduled(folder: Path) -> dict[str, ScheduledPlan]:
    with SchedulePool() as pool:
        return {name: schedule_file(pool.read(folder / name).schedule) for name in FILES}


@pytest.fixture(scope="module")
def expected(folder: Path) -> dict[str, list[dict[str, str]]]:
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(folder / "expected-cpm-msproject.csv.gz", "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["uid"] != "0":  # the file's own summary of the whole project is no activity
                rows[row["file"]].append(row)
    return rows


@pytest.mark.parametrize("name", FILES)
def test_every_date_and_float_equals_the_published_ones(
    name: str, scheduled: dict[str, ScheduledPlan], expected: dict[str, list[dict[str, str]]]
) -> None:
    result = scheduled[name].result
    place = result.plan.index
    ours = [
        {key: datetime_of(int(getattr(result, key)[place[f":{row['uid']}"]])) for key in DATES}
        | {"critical": bool(result.critical[place[f":{row['uid']}"]])}
        for row in expected[name]
    ]
    theirs = [{key: datetime.fromisoformat(row[key]) for key in DATES} | {"critical": row["critical"] == "True"} for row in expected[name]]
    assert len(theirs) > 60
    assert ours == theirs
    minutes_a_day = scheduled[name].schedule.minutes_per_day
    floats = [float(row["total_slack"].removesuffix("d")) * minutes_a_day for row in expected[name]]
    assert [int(result.total_float[place[f":{row['uid']}"]]) for row in expected[name]] == floats


@pytest.mark.parametrize("name", FILES)
def test_every_value_in_the_file_itself_is_equal(name: str, scheduled: dict[str, ScheduledPlan]) -> None:
    compared = compare(scheduled[name])
    assert {row.field for row in compared} >= {*DATES, "total_float", "free_float", "critical"}
    assert [row for row in compared if row.equal < row.compared] == []
