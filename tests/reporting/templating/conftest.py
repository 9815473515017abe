"""A world with a snapshot that packs can be made from."""

import pytest

from mainstay.reporting.freezing import freeze
from mainstay.reporting.models import Snapshot, Template
from tests.contract.worlds import World, actor


@pytest.fixture
def world(world: World) -> World:
    Template.objects.all().delete()
    return world


@pytest.fixture
def snapshot(world: World) -> Snapshot:
    return freeze(world.programme, "October 2026", actor(world.owner), audience="Programme board")
