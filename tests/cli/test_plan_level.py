"""`mainstay plan level` as a process of its own: problems, folders, plans that share people, and how it ends."""

import json
from dataclasses import replace
from pathlib import Path

from mainstay.formats.plans import read_schedule
from mainstay.formats.plans.writing import to_mspdi
from tests.cli.test_plan import mainstay
from tests.exchange.samples import plan_file
from tests.formats.test_scheduling_problems import RCP, SM
from tests.planning.staffed_plan import staffed_plan


def test_a_problem_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "one.sm").write_text(SM)
    (tmp_path / "two.rcp").write_text(RCP)
    (tmp_path / "best.csv").write_text("problem,optimum\none,9\ntwo,9\n")
    ended = mainstay("plan", "level", tmp_path / "one.sm", "--lists", "50", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    told = json.loads(ended.stdout)
    assert (told["makespan_before"], told["makespan"], told["bound"], told["optimal"]) == (5, 9, 9, True)
    assert sorted(told["starts"].values()) in ([0, 0, 4, 9], [0, 0, 5, 9])
    ended = mainstay("plan", "level", tmp_path, "--lists", "50", "--best-known", tmp_path / "best.csv")
    assert ended.returncode == 0
    assert "2 problems: 2 proven optimal" in ended.stdout
    assert "mean gap 0.000 %" in ended.stdout


def test_plans_share_their_people(tmp_path: Path) -> None:
    """Two plans of two and three days' and of one day's work of one crew: six days, and a last day that needs nobody."""
    for name, hours in (("weir", (16, 24)), ("sluice", (8,))):
        (tmp_path / f"{name}.xml").write_bytes(staffed_plan(name, hours=hours))
    ended = mainstay("plan", "level", tmp_path / "weir.xml", tmp_path / "sluice.xml", "--lists", "200", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    told = json.loads(ended.stdout)
    assert [project["name"] for project in told["projects"]] == ["weir", "sluice"]
    assert (told["finish_before"], told["finish"], told["gap"]) == ("2026-06-04T17:00", "2026-06-09T17:00", 0.0)
    assert len(told["moved"]) >= 2
    assert told["starts"].keys() == {"weir:1", "weir:2", "weir:3", "sluice:1", "sluice:2"}
    printed = mainstay("plan", "level", tmp_path / "weir.xml", "--lists", "50").stdout
    assert "2026-06-04T17:00 -> 2026-06-08T17:00" in printed


def test_a_plan_without_people_is_told(tmp_path: Path) -> None:
    (tmp_path / "staffed.xer").write_bytes(plan_file("SCR-HB", "xer"))
    alone = replace(read_schedule(tmp_path / "staffed.xer").schedules[0], resources=(), assignments=())
    (tmp_path / "plan.xml").write_bytes(to_mspdi(alone))
    ended = mainstay("plan", "level", tmp_path / "plan.xml", "--lists", "50")
    assert (ended.returncode, ended.stdout) == (3, "")
    assert "nothing to level" in ended.stderr


def test_what_cannot_be_levelled_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.sm").write_text("nothing")
    (tmp_path / "much.rcp").write_text(RCP.replace("4 3 0", "4 9 0"))
    (tmp_path / "plan.xer").write_bytes(plan_file("SCR-HB", "xer"))
    (tmp_path / "bare").mkdir()
    for arguments, code, sentence in (
        (["bad.sm"], 3, "does not say its number"),
        (["much.rcp"], 3, "Activity 2 needs 9 of R1, of which there are never more than 4"),
        (["gone.sm"], 3, "There is no such file."),
        (["bare"], 3, "holds no .sm or .rcp file"),
        (["bad.sm", "plan.xer"], 2, "in separate calls"),
        (["bad.sm", "--seconds", "-1"], 2, "above 0"),
        (["bad.sm", "--seed", "x"], 2, "whole number"),
    ):
        ended = mainstay("plan", "level", *(tmp_path / name if "." in name or name == "bare" else name for name in arguments))
        assert ended.returncode == code
        assert sentence in ended.stderr
        assert "Traceback" not in ended.stderr
