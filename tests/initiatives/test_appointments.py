"""Who may hold which roles together, and the tree of initiatives."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mainstay.initiatives.appointment.register import AppointmentRegister
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.organisation.models import Person
from mainstay.register import actions
from mainstay.register.access import visible_to
from mainstay.register.errors import Invalid
from mainstay.risk.risk.register import RiskRegister
from tests.contract.worlds import World, actor, appoint


@pytest.fixture
def person(world: World) -> Person:
    appoint("kit@example.org", "Kit Boland", "", None)
    return Person.objects.get(email="kit@example.org")


def hold(world: World, person: Person, role: str, place: Initiative, **more: Any) -> Any:
    values = {"person": person.pk, "role": role, "initiative": place.pk, "since": timezone.localdate(), **more}
    return actions.create(AppointmentRegister, values, actor(world.administrator))


def make_lite(world: World) -> Initiative:
    project = world.project
    return actions.change(InitiativeRegister, project.pk, project.version, {"governance": "lite"}, actor(world.administrator))


@pytest.mark.parametrize("first", ["project_executive", "project_assurance", "assurance_coordinator", "sro"])
def test_some_roles_stay_apart_even_in_a_lite_project(world: World, person: Person, first: str) -> None:
    place = make_lite(world)
    hold(world, person, first, place)
    with pytest.raises(Invalid, match="one person may not be both"):
        hold(world, person, "project_manager", place)


@pytest.mark.parametrize(("first", "second"), [("business_change_manager", "project_manager"), ("sro", "programme_manager")])
def test_lite_governance_lets_one_person_hold_more(world: World, person: Person, first: str, second: str) -> None:
    hold(world, person, first, world.project)
    with pytest.raises(Invalid, match="one person may not be both"):
        hold(world, person, second, world.project)
    hold(world, person, second, make_lite(world))


def test_a_role_that_has_ended_stands_in_nobody_s_way(world: World, person: Person) -> None:
    today = timezone.localdate()
    hold(world, person, "project_executive", world.project, since=today - timedelta(days=30), until=today - timedelta(days=1))
    hold(world, person, "project_manager", world.project)


def test_a_role_reaches_down_and_neither_up_nor_aside(world: World, person: Person) -> None:
    assert person.account is not None
    hold(world, person, "project_manager", world.project)
    account = type(person.account).objects.get(pk=person.account.pk)
    paths = set(visible_to(account, RiskRegister).values_list("initiative__path", flat=True))
    assert all(path.startswith(world.project.path) for path in paths)
    assert visible_to(account, InitiativeRegister).filter(pk=world.project.pk).exists()
    assert not visible_to(account, InitiativeRegister).filter(pk__in=[world.programme.pk, world.other.pk]).exists()


def test_a_branch_moves_with_its_paths(world: World) -> None:
    chief = actor(world.administrator)
    stage = actions.create(InitiativeRegister, {"code": "HB-S1", "title": "Stage 1", "kind": "stage", "parent": world.project.pk}, chief)
    project = world.project
    actions.change(InitiativeRegister, project.pk, project.version, {"parent": world.other.pk}, chief)
    stage.refresh_from_db()
    assert stage.path == f"{world.other.path}{project.pk}/{stage.pk}/"
    assert visible_to(world.stranger, InitiativeRegister).filter(pk=stage.pk).exists()
    assert not visible_to(world.owner, InitiativeRegister).filter(pk=stage.pk).exists()


@pytest.mark.parametrize(
    ("kind", "parent", "sentence"), [("stage", "SCR", "cannot be part of"), ("tranche", "", "always part of something")]
)
def test_an_initiative_stands_where_its_kind_may(world: World, kind: str, parent: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        actions.create(InitiativeRegister, {"code": "X-1", "title": "X", "kind": kind, "parent": parent}, actor(world.administrator))


def test_an_initiative_cannot_lie_below_itself(world: World) -> None:
    programme = world.programme
    with pytest.raises(Invalid, match="lies below this one"):
        actions.change(InitiativeRegister, programme.pk, programme.version, {"parent": world.project.pk}, actor(world.administrator))
