"""A definition in use, the return of my project with a risk that it asks about, and its workbook."""

from pathlib import Path

import pytest

from mainstay.initiatives.models import Initiative
from mainstay.register import actions
from mainstay.register.spec import REGISTERS
from mainstay.reporting.cycle import commissioning
from mainstay.reporting.definition.model import Definition
from mainstay.reporting.models import Return
from mainstay.risk.models import Risk
from tests.contract.worlds import World, actor
from tests.reporting.cycle import workbooks
from tests.reporting.cycle.workbooks import ASKED, OCTOBER


@pytest.fixture
def definition(world: World) -> Definition:
    """In use, in a programme of at least two projects."""
    second = {"title": "Second basin", "code": "SCR-SB", "kind": "project", "parent": world.programme.pk, "state": "delivery"}
    made = actions.create(REGISTERS["initiatives.initiative"], second, actor(world.owner))
    Initiative.objects.filter(pk=made.pk).update(state="delivery")
    values = {"title": "Highlights", "initiative": world.programme.pk, "content": ASKED}
    register = REGISTERS["reporting.definition"]
    made = actions.create(register, values, actor(world.owner))
    return actions.move(register, made.pk, made.version, "use", actor(world.owner))


@pytest.fixture
def risk(world: World) -> Risk:
    values = {"title": "Yard closes", "initiative": world.project.pk, "owner": "Olive Ner", "probability": 30}
    return actions.create(REGISTERS["risk.risk"], {**values, "review_on": "2026-12-01"}, actor(world.owner))


@pytest.fixture
def row(world: World, definition: Definition, risk: Risk) -> Return:
    """The return of my project, asked for October."""
    asked = [one.initiative.pk for one in commissioning.candidates(definition, world.owner)]
    made = commissioning.commission(definition, asked, OCTOBER, actor(world.owner))
    return made.returns.get(initiative=world.project)


@pytest.fixture
def out(world: World, row: Return, tmp_path: Path) -> Path:
    """The workbook of my project's return as its owner downloads it."""
    return workbooks.written(row, world.owner, tmp_path / "out.xlsx")
