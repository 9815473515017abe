"""A promise with a party outside, and the link by which that party answers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency, PromiseLink
from mainstay.planning.promises import linking
from mainstay.register import actions
from tests.contract.worlds import World, actor

PARTY = {"outside_name": "Wil Grid", "outside_body": "Tern Power Networks", "outside_email": "wil@tern.example.org"}
CALLED = "Wil Grid (Tern Power Networks)"
NEEDED = date(2027, 3, 1)
Make = Callable[..., Dependency]


def promised(world: World, side: str, **more: object) -> Dependency:
    """Between my project and a party outside on this side; `owner` answers for us."""
    values = {
        "title": "Substation energised",
        "giver": world.project.pk,
        "initiative": world.project.pk,
        "product": "Supply of 2 MVA at the pump house",
        "criteria": "Loaded for 72 hours",
        "impact": "Pumps stand still",
        "needed_by": NEEDED.isoformat(),
        "owner": "Olive Ner",
        "outside": side,
        **PARTY,
        **more,
    }
    made: Dependency = actions.create(DependencyRegister, values, actor(world.owner))
    return made


def link_of(row: Dependency, world: World) -> str:
    """A link for the party, which holds for a month."""
    made = linking.make(row, timezone.localdate() + timedelta(days=30), actor(world.owner))
    return made.address


@pytest.fixture
def gets(world: World) -> Dependency:
    """The party outside gives."""
    return promised(world, "giver")


@pytest.fixture
def gives(world: World) -> Dependency:
    """The party outside gets what we have offered."""
    row = promised(world, "getter", needed_by="", promised_by="2027-02-15")
    return step(row, world, "offer")


def step(row: Dependency, world: World, move: str, **more: Any) -> Dependency:
    """Our side takes a step."""
    row.refresh_from_db()
    made: Dependency = actions.move(DependencyRegister, row.pk, row.version, move, actor(world.owner), **more)
    return made


def say(url: str, row: Dependency, name: str, day: str = "", reason: str = "", version: int | None = None) -> Any:
    """The party answers on its page."""
    row.refresh_from_db()
    return Client().post(url, {"do": name, "day": day, "reason": reason, "version": version or row.version})


def live(row: Dependency) -> PromiseLink:
    return PromiseLink.objects.get(of=row, withdrawn_at__isnull=True)
