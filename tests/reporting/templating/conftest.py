"""A world with a snapshot that packs can be made from."""

import pytest

from mainstay.reporting.freezing import freeze
from mainstay.reporting.models import Snapshot, Template
from tests.contract import worlds
from tests.contract.worlds import World, actor


@pytest.fixture
def world(db: None) -> World:
    made = worlds.ready()
    Snapshot.objects.all().delete()
    Template.objects.all().delete()
    return made


@pytest.fixture
def snapshot(world: World) -> Snapshot:
    return freeze(world.programme, "October 2026", actor(world.owner), audience="Programme board")
