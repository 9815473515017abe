"""The world without the bare snapshot that stands in for this register elsewhere: it was never frozen, so no pack can be made of it."""

import pytest

from mainstay.reporting.models import Snapshot
from tests.contract import worlds
from tests.contract.worlds import World


@pytest.fixture
def world(db: None) -> World:
    made = worlds.ready()
    Snapshot.objects.all().delete()
    return made
