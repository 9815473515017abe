"""The watched folder: what is whole is taken in, what is odd is refused with its reasons, nothing is lost and nothing done twice."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mainstay.exchange import inbox
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.formats.plans.writing import to_mspdi
from mainstay.planning.models import Plan
from mainstay.register.errors import Invalid
from mainstay.risk.models import Risk
from tests.contract.worlds import TODAY, World

MINUTE = 60


@pytest.fixture
def folder(world: World, settings: Any, tmp_path: Path) -> Path:
    """That of my project, watched with the rights of my programme's office."""
    settings.INBOX, settings.INBOX_ACCOUNT = tmp_path, world.owner.email
    Plan.objects.all().delete()
    place = tmp_path / world.project.code
    place.mkdir()
    return place


def lay(folder: Path, name: str, content: bytes, *, age: int = MINUTE) -> Path:
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def plan(*, month_ago: bool, status: int = 0) -> bytes:
    return to_mspdi(schedule_of("SCR-HB", "Barrier", "Somebody", TODAY + timedelta(days=status), month_ago=month_ago))


def test_a_plan_becomes_the_live_version_and_moves_away(folder: Path) -> None:
    lay(folder, "barrier.xml", plan(month_ago=True))
    (told,) = inbox.collect()
    assert (told.name, told.reasons) == ("barrier.xml", ())
    assert Plan.objects.get(is_live=True).file_name == "barrier.xml"
    (kept,) = (folder / "taken").iterdir()
    assert kept.name.endswith(" barrier.xml")
    assert not (folder / "barrier.xml").exists()
    assert inbox.collect() == []


def test_what_is_still_written_to_or_hidden_is_left_alone(folder: Path, tmp_path: Path) -> None:
    lay(folder, "barrier.xml", plan(month_ago=True), age=1)
    lay(folder, "~$barrier.xml", b"lock")
    lay(folder, "barrier.xml.part", b"half")
    (folder / "elsewhere.xml").symlink_to(lay(tmp_path, "secret.xml", plan(month_ago=True)))
    assert inbox.collect() == []
    assert len(list(folder.iterdir())) == 4


def test_what_a_person_would_have_to_look_at_is_refused_with_its_reasons(folder: Path) -> None:
    lay(folder, "now.xml", plan(month_ago=False))
    assert inbox.collect()[0].reasons == ()
    lay(folder, "then.xml", plan(month_ago=True))
    lay(folder, "noise.mpp", b"\x00\x01" * 400)
    told = {one.name: one.reasons for one in inbox.collect()}
    assert "is before that of the live version" in told["then.xml"][0]
    assert told["noise.mpp"]
    assert Plan.objects.count() == 1
    (words,) = (folder / "refused").glob("*then.xml.txt")
    assert "then.xml was not taken in:\n- " in words.read_text()
    assert len(list((folder / "refused").iterdir())) == 4


def test_an_unknown_folder_is_refused_and_keeps_no_other_out(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "NOBODYS").mkdir()
    lay(tmp_path / "NOBODYS", "plan.xml", plan(month_ago=True))
    lay(folder, "risks.csv", b"Title,Owner\nYard closes,Olive Ner\n")
    told = {one.code: one.reasons for one in inbox.collect()}
    assert "There is no initiative NOBODYS" in told["NOBODYS"][0]
    assert set(told) == {"NOBODYS", folder.name}
    assert Risk.objects.filter(title="Yard closes").exists() == (told[folder.name] == ())


def test_what_is_not_the_accounts_own_is_not_there(folder: Path, world: World, settings: Any) -> None:
    settings.INBOX_ACCOUNT = world.stranger.email
    lay(folder, "barrier.xml", plan(month_ago=True))
    (told,) = inbox.collect()
    assert "is not yours to see" in told.reasons[0]
    assert not Plan.objects.exists()
    settings.INBOX_ACCOUNT = "nobody-there@example.org"
    with pytest.raises(Invalid):
        inbox.collect()


def test_after_a_crash_before_the_move_it_is_still_one_version(folder: Path) -> None:
    lay(folder, "barrier.xml", plan(month_ago=True))
    inbox.collect()
    (kept,) = (folder / "taken").iterdir()
    kept.rename(folder / "barrier.xml")
    lay(folder, "barrier.xml", (folder / "barrier.xml").read_bytes())
    assert inbox.collect()[0].reasons == ()
    assert Plan.objects.count() == 1


def test_without_the_setting_nothing_is_watched(folder: Path, settings: Any) -> None:
    lay(folder, "barrier.xml", plan(month_ago=True))
    settings.INBOX = None
    assert inbox.collect() == []
