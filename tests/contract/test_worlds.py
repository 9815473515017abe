"""The world that the contract tests stand on is what it says."""

import pytest

from mainstay.register.access import visible_to
from mainstay.register.history import faults
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS
from tests.contract import worlds
from tests.contract.worlds import World


def test_every_register_has_rows(world: World) -> None:
    assert {key for key in REGISTERS if not world.mine.get(key)} == set()
    assert {register.key for register in worlds.closed() if not world.theirs.get(register.key)} == set()


@pytest.mark.parametrize("turn", [1, 2])
def test_a_copied_world_equals_a_built_one(world: World, turn: int) -> None:
    assert list(faults()) == []
    assert Change.objects.filter(verb="create").count() > 2 * len(REGISTERS) - 4
    assert world.project.path.startswith(world.programme.path)


def test_two_programmes_do_not_know_of_each_other(world: World) -> None:
    for register in worlds.closed():
        assert {*visible_to(world.owner, register).values_list("pk", flat=True)} & {*world.theirs[register.key]} == set(), register.key
        assert {*world.mine[register.key]} <= {*visible_to(world.owner, register).values_list("pk", flat=True)}, register.key
        assert {*visible_to(world.stranger, register).values_list("pk", flat=True)} & {*world.mine[register.key]} == set(), register.key
        assert not visible_to(world.nobody, register).exists()
