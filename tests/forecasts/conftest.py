"""The world with two live plans and quantified risks of its programme."""

from dataclasses import dataclass
from typing import Any

import pytest

from mainstay.exchange.demo.schedules import schedule_of
from mainstay.formats.plans.writing import to_mspdi
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.planning import receiving
from mainstay.planning.models import Plan
from mainstay.register import actions
from mainstay.register.history import Actor
from mainstay.risk.cause.register import CauseRegister
from mainstay.risk.models import Cause, Risk
from mainstay.risk.risk.register import RiskRegister
from tests.contract.worlds import World
from tests.exchange.samples import TODAY


@dataclass
class Planned:
    """A programme of two projects with plans; its risks and causes are the test's own."""

    world: World
    actor: Actor
    wall: Initiative

    def risk(self, title: str, **values: Any) -> Risk:
        told = {"title": title, "initiative": self.world.project.pk, "nature": "threat", "owner": self.owner, **values}
        made: Risk = actions.create(RiskRegister, told, self.actor)
        return made

    def cause(self, title: str, probability: int) -> Cause:
        made: Cause = actions.create(
            CauseRegister,
            {"title": title, "initiative": self.world.programme.pk, "probability": probability, "owner": self.owner},
            self.actor,
        )
        return made

    @property
    def owner(self) -> int:
        person = self.world.owner.person
        return int(person.pk)


def take_in(initiative: Initiative, actor: Actor) -> None:
    schedule = schedule_of(initiative.code, f"Plan of {initiative.code}", "Somebody", TODAY)
    receiving.receive(initiative, schedule, f"{initiative.code}.xml", to_mspdi(schedule), actor)


@pytest.fixture
def planned(world: World) -> Planned:
    actor = Actor(world.administrator, "page")
    Risk.objects.all().update(state="closed")
    Plan.objects.all().update(is_live=False)
    Initiative.objects.all().update(price_base="2026/27 real")
    values = {"code": "SCR-SW", "title": "Northshore Sea Wall", "kind": "project", "parent": world.programme.pk, "budget": 62_400_000}
    wall = actions.create(InitiativeRegister, values, actor)
    for place in (world.project, wall):
        take_in(place, actor)
    return Planned(world, actor, wall)
