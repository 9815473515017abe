"""`mainstay plan` as a process of its own, without settings and database: what it prints and how it ends."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.exchange.samples import plan_file

NOISE = bytes((number * 73 + 41) % 256 for number in range(20_000))
DEMO = Path(__file__).resolve().parents[2] / "demo"
LISTS = ("activities", "links", "resources", "assignments", "calendars", "warnings")


def mainstay(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mainstay.cli.main", *map(str, arguments)]
    return subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("kind", ["xer", "xml"])
def test_a_plan_is_printed_as_one_object(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"plan.{kind}"
    path.write_bytes(plan_file("SCR-HB", kind))
    ended = mainstay("plan", "read", path, "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    document = json.loads(ended.stdout)
    assert all(isinstance(document[name], list) for name in LISTS)
    assert len(document["activities"]) > 5


def test_what_cannot_be_read_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.mpp").touch()
    (tmp_path / "noise.mpp").write_bytes(NOISE)
    (tmp_path / "cut.xer").write_bytes(plan_file("SCR-HB", "xer")[:3000])
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        archive.writestr("plan.xer", plan_file("SCR-HB", "xer"))
    told = {
        "missing.xer": "There is no such file.",
        ".": "This is a folder.",
        "empty.mpp": "The file is empty.",
        "noise.mpp": "unknown kind",
        "cut.xer": "cut off",
        "packed.zip": "Unpack it",
    }
    ended = mainstay("plan", "read", *(tmp_path / name for name in told))
    assert ended.returncode == 3
    lines = ended.stderr.splitlines()
    assert len(lines) == len(told)
    assert all(any(text in line for line in lines) for text in told.values()), lines
    assert "Traceback" not in ended.stderr
    assert "java" not in ended.stderr.lower()
    assert ended.stdout == ""


def test_a_bad_file_spoils_none_of_the_others(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.xer", tmp_path / "bad.xer"
    good.write_bytes(plan_file("SCR-HB", "xer"))
    bad.write_bytes(NOISE)
    ended = mainstay("plan", "read", bad, good, "--json")
    assert ended.returncode == 3
    assert [document["file"] for document in json.loads(ended.stdout)] == ["good.xer"]


@pytest.mark.slow
def test_two_versions_of_a_plan_are_compared() -> None:
    old, new = (DEMO / month / "SCR-HB Harbour Barrier.xer" for month in ("last-month", "this-month"))
    ended = mainstay("plan", "compare", old, new, "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    (project,) = json.loads(ended.stdout)["projects"]
    counts = {kind: count for kind, count in project["counts"].items() if count}
    assert counts == {"deleted": 1, "later": 6, "estimated": 3, "linked": 1, "progressed": 4}
    told = {change["code"]: change for change in project["changes"]}
    assert (told["HB-1210"]["slip_days"], told["HB-1210"]["days_then"], told["HB-1210"]["days_now"]) == (10, 30, 35)
    assert told["HB-1200"]["links_removed"] == ["HB-1175"]
    text = mainstay("plan", "compare", old, new).stdout
    assert "1 deleted, 6 later, 3 re-estimated, 1 re-linked, 4 progressed; 18 as they were" in text


def test_a_comparison_needs_both_files(tmp_path: Path) -> None:
    good = DEMO / "this-month" / "SCR-HB Harbour Barrier.xer"
    ended = mainstay("plan", "compare", tmp_path / "missing.xer", good)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr.endswith("missing.xer: There is no such file.\n")


def test_the_health_of_a_plan_is_told_without_an_installation() -> None:
    (path,) = DEMO.glob("this-month/*HB*.xer")
    ended = mainstay("plan", "health", path, "--json")
    assert ended.stderr == ""
    (project,) = json.loads(ended.stdout)["projects"]
    assert [point["number"] for point in project["points"]] == list(range(1, 15))
    assert len(project["practices"]) == 10
    assert ended.returncode == (0 if project["held"] == project["judged"] else 1)
    told = mainstay("plan", "health", path)
    assert f"{project['held']} of {project['judged']} points hold" in told.stdout


def test_counts_stand_beside_their_reasons_and_those_of_another_scheduler(tmp_path: Path) -> None:
    path = tmp_path / "plan.xer"
    path.write_bytes(plan_file("SCR-HB", "xer"))
    ended = mainstay("plan", "schedule", path, "--mpxj", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    told = json.loads(ended.stdout)
    assert set(told["early_start"]) == {"equal", "total", "mpxj"}
    assert 0 < told["early_start"]["equal"] <= told["early_start"]["total"]
    assert 0 <= told["early_start"]["mpxj"] <= told["early_start"]["total"]
    fields = [value for value in told.values() if isinstance(value, dict) and "equal" in value]
    assert sum(told["reasons"].values()) == sum(value["total"] - value["equal"] for value in fields)
