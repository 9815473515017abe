"""Plan files simulated without a database: the same seed gives the same figures, and what was assumed is told."""

from pathlib import Path

import pytest

from mainstay.forecasts.durations import HIGH, LIKELY, LOW
from mainstay.forecasts.files import as_json, simulate_files, unused
from mainstay.formats.errors import FormatError
from tests.shared_data import shared_data


@pytest.fixture
def plan() -> Path:
    return shared_data("mpsplib-mpp") / "converted-by-mpxj" / "16_mp_j30_a5_nr1.xer"


@pytest.mark.slow
def test_the_same_seed_gives_the_same_figures_on_any_threads(plan: Path) -> None:
    one, two, other = (
        as_json(simulate_files([plan], iterations=500, seed=seed, threads=threads)) for seed, threads in ((7, 1), (7, 2), (8, 1))
    )
    assert one["whole"] == two["whole"]
    assert one["projects"] == two["projects"]
    assert one["whole"]["percentiles"] != other["whole"]["percentiles"]


def test_percentiles_rise_and_the_default_is_told(plan: Path) -> None:
    found = simulate_files([plan], iterations=500, seed=1)
    moments = [found.whole.percentiles[percent] for percent in sorted(found.whole.percentiles)]
    assert moments == sorted(moments)
    assert found.whole.percentiles[80] > found.whole.plan
    assert 0 < found.uncertain <= found.activities
    assert any(f"{LOW} %, {LIKELY} % and {HIGH} %" in sentence for sentence in found.assumptions)


def test_two_files_are_two_projects_and_the_whole_is_no_earlier_than_either(plan: Path) -> None:
    found = simulate_files([plan, plan], iterations=500, seed=1)
    assert [finish.project for finish in found.projects] == [plan.stem, f"{plan.stem} (2)"]
    assert all(found.whole.percentiles[80] >= finish.percentiles[80] for finish in found.projects)


def test_a_file_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.xer"
    path.write_text("x\n", encoding="utf-8")
    with pytest.raises(FormatError):
        simulate_files([path], iterations=10)


def test_names_that_two_projects_share_are_numbered() -> None:
    assert unused("a", {}) == "a"
    assert unused("a", {"a": 1, "a (2)": 1}) == "a (3)"
