"""The world without the bare snapshot that stands in for this register elsewhere: it was never frozen, so no pack can be made of it."""

import pytest

from mainstay.reporting.models import Snapshot
from tests.contract.worlds import World


@pytest.fixture
def world(world: World) -> World:
    Snapshot.objects.all().delete()
    return world
