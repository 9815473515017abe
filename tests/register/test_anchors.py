"""Attacks that leave a chain which fits in itself are found by the anchors outside of the database."""

from pathlib import Path

import pytest
from django.conf import settings

from mainstay.register import actions, anchors
from mainstay.register.history import START, digest_of, faults
from mainstay.register.models import ChainHead, Change
from mainstay.register.spec import REGISTERS
from tests.contract import worlds
from tests.contract.test_history import raw, without_guards
from tests.contract.worlds import World


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "ANCHORS", tmp_path / "away" / "anchors.jsonl")
    return tmp_path / "away" / "anchors.jsonl"


def write_another(world: World) -> None:
    register = REGISTERS["risk.risk"]
    actions.create(register, worlds.values_for(register)[0], worlds.actor(world.owner))


def test_an_untouched_history_bears_out_its_anchors(world: World, file: Path) -> None:
    assert list(anchors.faults()) == []
    assert anchors.anchor() is not None
    assert anchors.anchor() is None
    write_another(world)
    assert anchors.anchor() is not None
    assert [line["sequence"] for line in anchors.lines()] == [Change.objects.count() - 1, Change.objects.count()]
    assert list(anchors.faults()) == []
    assert file.stat().st_mode & 0o077 == 0


def test_a_history_written_anew_is_found(world: World) -> None:
    anchors.anchor()
    without_guards()
    previous = START
    for change in Change.objects.order_by("sequence"):
        change.previous, change.reason = previous, "altered" if change.sequence == 5 else change.reason
        change.digest = previous = digest_of(change)
        raw(
            "UPDATE register_change SET previous = %s, reason = %s, digest = %s WHERE sequence = %s",
            change.previous, change.reason, change.digest, change.sequence,
        )  # fmt: skip
    ChainHead.objects.update(digest=previous)
    assert list(faults()) == []
    assert ["written anew" in fault.text for fault in anchors.faults()] == [True]


def test_a_history_cut_off_with_its_head_is_found(world: World) -> None:
    anchors.anchor()
    without_guards()
    last = Change.objects.order_by("-sequence")[0]
    raw("DELETE FROM register_change WHERE sequence = %s", last.sequence)
    ChainHead.objects.update(sequence=last.sequence - 1, digest=last.previous)
    assert list(faults()) == []
    assert ["cut off" in fault.text for fault in anchors.faults()] == [True]


@pytest.mark.parametrize("line", ['{"sequence": 1, "digest": "x", "at": "now", "signature": "x"}', "no JSON", "[]", '{"sequence": "1"}'])
def test_an_anchor_of_somebody_else_is_found(world: World, file: Path, line: str) -> None:
    anchors.anchor()
    with file.open("a") as opened:
        opened.write(line + "\n")
    assert [fault.text for fault in anchors.faults()] == ["Anchor 2 was not made by this installation, or has been altered."]
