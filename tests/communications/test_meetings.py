"""A meeting shows what is asked of its forum, what is still open from earlier ones, and what the board knew."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.communications.panels import business
from mainstay.register import actions
from mainstay.register.errors import Invalid
from mainstay.register.spec import REGISTERS
from mainstay.reporting import making
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
MEETING, DECISION, ACTION = (REGISTERS[f"communications.{name}"] for name in ("meeting", "decision", "action"))


def made(register: Any, world: World, **values: Any) -> Any:
    return actions.create(register, {"initiative": world.programme.pk, **values}, actor(world.owner))


@pytest.fixture
def board(world: World) -> Any:
    """The next meeting of a board of my programme."""
    return made(MEETING, world, title="Design board 7", forum="Design board", held_on=timezone.localdate() + timedelta(days=7))


def titles(world: World, board: Any, name: str) -> list[str]:
    panel = business(board, world.owner, None)
    assert panel is not None
    return [row.title for row, _state in panel.context[name]]


def test_what_is_asked_of_the_forum_stands_on_its_agenda(world: World, board: Any) -> None:
    made(DECISION, world, title="Accept the joint", forum="design board")
    made(DECISION, world, title="Of another board", forum="Programme board")
    other = made(DECISION, world, title="Decided elsewhere", forum="Design board", meeting=world.record(MEETING).pk)
    assert titles(world, board, "decisions") == ["Accept the joint"]
    actions.change(DECISION, other.pk, other.version, {"meeting": board.pk}, actor(world.owner))
    assert set(titles(world, board, "decisions")) == {"Accept the joint", "Decided elsewhere"}


def test_actions_of_earlier_meetings_stay_until_they_are_done(world: World, board: Any) -> None:
    earlier = made(MEETING, world, title="Design board 6", forum="Design board", held_on=date(2026, 1, 5))
    action = made(ACTION, world, title="Survey the joint", due_on=date(2026, 2, 1), meeting=earlier.pk, owner="Olive Ner")
    assert titles(world, board, "actions") == ["Survey the joint"]
    action = actions.change(
        ACTION, action.pk, action.version, {"due_on": date(2026, 3, 1), "done_on": date(2026, 2, 20)}, actor(world.owner)
    )
    assert (action.original_due_on, action.moved_days) == (date(2026, 2, 1), 28)
    actions.move(ACTION, action.pk, action.version, "finish", actor(world.owner))
    assert titles(world, board, "actions") == []


def test_what_the_board_knew_is_the_last_pack_before_it(world: World, signed_in: SignedIn, board: Any) -> None:
    REGISTERS["reporting.snapshot"].model._default_manager.all().delete()
    url = MEETING.url("detail", board)
    assert "No pack had been frozen by then" in signed_in(world.owner).get(url).content.decode()
    making.freeze(world.programme, "Month 7", actor(world.owner))
    assert "Month 7" in signed_in(world.owner).get(url).content.decode()
    past = made(MEETING, world, title="Design board 1", forum="Design board", held_on=date(2020, 1, 6))
    assert "No pack had been frozen by then" in signed_in(world.owner).get(MEETING.url("detail", past)).content.decode()


def test_minutes_are_approved_once_they_are_written(world: World, board: Any) -> None:
    with pytest.raises(Invalid):
        actions.move(MEETING, board.pk, board.version, "hold", actor(world.owner))
    record = actions.change(MEETING, board.pk, board.version, {"present": "Olive Ner"}, actor(world.owner))
    record = actions.move(MEETING, record.pk, record.version, "hold", actor(world.owner))
    with pytest.raises(Invalid):
        actions.move(MEETING, record.pk, record.version, "approve", actor(world.owner))
