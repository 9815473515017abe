"""`mainstay plan convert`: a plan in another format, what it does not carry, and what is refused."""

import json
from pathlib import Path

import pytest

from mainstay.formats.plans import read_schedule
from mainstay.formats.plans.writing.losses import Target, losses
from tests.cli.test_plan import mainstay
from tests.exchange.samples import plan_file


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xer"
    path.write_bytes(plan_file("SCR-HB", "xer"))
    return path


@pytest.mark.parametrize(("target", "ending"), [("mspdi", "xml"), ("csv", "csv")])
def test_a_plan_is_written_beside_and_read_again(plan: Path, target: str, ending: str) -> None:
    ended = mainstay("plan", "convert", plan, "--to", target, "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    told = json.loads(ended.stdout)
    written, before = read_schedule(plan.with_suffix(f".{ending}")).schedule, read_schedule(plan).schedule
    assert Path(told["file"]) == plan.with_suffix(f".{ending}")
    assert [(row.uid, row.name, row.start) for row in written.activities] == [(row.uid, row.name, row.start) for row in before.activities]
    assert {(row.predecessor_uid, row.successor_uid, row.type) for row in written.links} == {
        (row.predecessor_uid, row.successor_uid, row.type) for row in before.links
    }
    assert told["not_carried"] == dict(losses(before, Target(target)))


def test_what_is_there_is_not_written_over_unasked(plan: Path) -> None:
    content = plan.read_bytes()
    for more in ((), ("--force",)):
        ended = mainstay("plan", "convert", plan, "--to", "xer", *more)
        assert ended.returncode == 1
        assert ended.stderr.startswith(f"mainstay: {plan} is there already")
        assert plan.read_bytes() == content


def test_what_is_no_plan_is_told_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "plan.xer"
    path.write_text("nothing", encoding="utf-8")
    ended = mainstay("plan", "convert", path, "--to", "csv")
    assert ended.returncode == 3
    assert ended.stderr.count("\n") == 1
    assert not path.with_suffix(".csv").exists()
