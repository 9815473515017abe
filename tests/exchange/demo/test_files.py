"""The demonstration's files: the same on the same day, and those of the repository are what the generator makes."""

import re
from datetime import date
from pathlib import Path

import pytest

from mainstay.accounts.models import Account
from mainstay.exchange import batch
from mainstay.exchange.demo import files
from mainstay.planning.models import Plan
from mainstay.register.history import Actor
from mainstay.risk.models import Risk

ROOT = Path(__file__).resolve().parents[3]


def made(folder: Path, day: str) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in files.write_all(folder, date.fromisoformat(day)).paths}


def test_the_files_of_the_repository_are_those_that_the_generator_makes(tmp_path: Path) -> None:
    """Run `make demo-files` where this fails."""
    found = re.search(r"^DEMO_DAY := (\S+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    kept = {
        str(path.relative_to(ROOT / "demo")): path for path in (ROOT / "demo").rglob("*") if path.is_file() and path.name != "README.md"
    }
    wanted = made(tmp_path, found[1])
    assert sorted(kept) == sorted(wanted)
    for name, content in wanted.items():
        assert kept[name].read_bytes() == content, name


def test_the_same_day_gives_the_same_files_and_another_day_other_plans(tmp_path: Path) -> None:
    first, again, later = (made(tmp_path / name, day) for name, day in (("a", "2027-01-01"), ("b", "2027-01-01"), ("c", "2027-02-01")))
    assert first == again
    assert {name for name in first if first[name] != later[name]} == {name for name in first if name.endswith((".xer", ".xml"))}


@pytest.mark.slow
@pytest.mark.django_db
def test_the_files_can_be_loaded_by_hand_into_an_empty_fact_base() -> None:
    """In the order that the folder's README gives, through the batches that the command and the page take in."""
    chief = Actor(Account.objects.create_user("chief@example.org", "Chief", is_administrator=True), "command")
    for folder, into in (("set-up", None), ("last-month", "SCR"), ("this-month", "SCR")):
        paths = sorted((ROOT / "demo" / folder).iterdir())
        for part in [[path] for path in paths] if into is None else [paths]:
            found = batch.read([(path, path.name) for path in part], chief, into=into, add=True, unversioned=folder == "this-month")
            assert (found.faults, found.problems) == ({}, [])
            batch.take_in(found, chief)
    assert list(Plan.objects.order_by("initiative__code", "number").values_list("number", flat=True)) == [1, 2] * 6
    assert Risk.objects.count() == 20
    assert Risk.objects.get(ref="R-016").probability == 40
    found = batch.read([(ROOT / "demo" / "this-month" / files.RISK_FILE, files.RISK_FILE)], chief)
    assert len(found.tables[0].preview.same) == 20
