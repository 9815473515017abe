"""A calendar is proposed from the registers, shown, accepted by a person and written through the registers; nothing half done."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from mainstay.assurance.models import Review, Reviewer
from mainstay.assurance.proposal import proposing
from mainstay.assurance.proposal.options import Options
from mainstay.register.errors import Invalid, Refused
from tests.assurance.conftest import change, create, move, person_of
from tests.contract import worlds
from tests.contract.worlds import World

TODAY = date(2031, 1, 6)
"""A Monday."""
FAST = Options(seconds=5)


@pytest.fixture
def pool(world: World) -> dict[str, Reviewer]:
    """Nobody but these: a leader for marine works, one for anything, and a member."""
    Reviewer.objects.update(is_withdrawn=True)
    Review.objects.update(is_withdrawn=True)
    told = (("Ash", {"may_lead": True, "level": 3, "skills": "marine"}), ("Elm", {"may_lead": True, "level": 2}), ("Fir", {"level": 1}))
    found = {}
    for name, values in told:
        account = worlds.appoint(f"{name.lower()}@example.org", name, "", None)
        found[name] = create("reviewer", world.administrator, title=name, person=person_of(account), **values)
    return found


def gate(world: World, title: str = "Gate 3", **values: Any) -> Review:
    given = {"title": title, "initiative": world.project.pk, "kind": "gate-3", "window_from": "2031-05-05", "window_to": "2031-05-30"}
    found: Review = create("review", world.owner, **{**given, "members": 1, **values})
    return found


def work_out(world: World, **options: Any) -> proposing.Ready:
    return proposing.work_out(world.programme, Options(seconds=5, **options), world.owner, today=TODAY)


def test_days_and_team_come_from_the_registers(world: World, pool: dict[str, Reviewer]) -> None:
    gate(world, skills="marine", level=3)
    [found] = work_out(world).content.placed
    assert found.leader.name == "Ash"
    assert len(found.members) == 1
    assert (found.first, found.last) == (date(2031, 5, 19), date(2031, 5, 22))
