"""Who holds grants on rows reaches these rows, these fields and these steps, and nothing else that any role would open."""

import pytest
from django.db.models import Q

from mainstay.accounts.grants import Grant
from mainstay.accounts.models import Account
from mainstay.register import actions, telling
from mainstay.register.access import VERBS, may, paths_for, verbs_on, visible_to
from mainstay.register.errors import Invalid, NotFound, Refused
from mainstay.register.history import Actor, faults
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS
from mainstay.risk.models import Risk
from tests.contract import worlds
from tests.contract.worlds import World

RISK, ACTION = REGISTERS["risk.risk"], REGISTERS["communications.action"]


@pytest.fixture
def risk(world: World) -> Risk:
    values = {"title": "Yard closes", "initiative": world.project.pk, "owner": "Olive Ner", "probability": 30}
    made: Risk = actions.create(RISK, values, worlds.actor(world.owner))
    return made


def bearer(risk: Risk, *verbs: str) -> Account:
    return Account.bearer("Pat Outside", Grant(RISK.key, Q(pk=risk.pk), frozenset(verbs or ("view", "change")), frozenset({"probability"})))


def test_one_row_is_reached_and_no_other(world: World, risk: Risk) -> None:
    account = bearer(risk)
    assert list(visible_to(account, RISK)) == list(visible_to(account, RISK, "change")) == [risk]
    assert verbs_on(account, RISK, risk) == {"view", "change"}
    other = world.record(RISK)
    assert verbs_on(account, RISK, other) == frozenset()
    with pytest.raises(NotFound):
        actions.change(RISK, other.pk, other.version, {"probability": 50}, Actor(account, "link"))


def test_every_other_register_is_closed_and_so_are_those_open_to_all(world: World, risk: Risk) -> None:
    account = bearer(risk)
    for register in REGISTERS.values():
        for verb in VERBS:
            expected = register is RISK and verb in ("view", "change")
            assert may(account, verb, register) is expected, (register.key, verb)
            assert visible_to(account, register, verb).exists() is expected, (register.key, verb)
            assert paths_for(account, register, verb) == ()


def test_a_granted_field_is_written_and_the_history_names_the_person_and_the_way(world: World, risk: Risk) -> None:
    actions.change(RISK, risk.pk, risk.version, {"probability": 55}, Actor(bearer(risk), "link", name="Pat Outside"))
    written = Change.objects.order_by("-sequence").first()
    assert written is not None
    assert (written.actor_id, written.actor_name, written.channel) == (None, "Pat Outside", "link")
    (told,) = telling.told(RISK, world.owner, [written])
    assert (told.who, told.what) == ("Pat Outside", "changed, by signed link")
    assert list(faults()) == []


@pytest.mark.parametrize("values", [{"title": "Mine"}, {"probability": 40, "cause": "Mine"}, {"owner": ""}])
def test_a_field_that_is_not_granted_stays(world: World, risk: Risk, values: dict[str, object]) -> None:
    with pytest.raises(Invalid) as fault:
        actions.change(RISK, risk.pk, risk.version, values, Actor(bearer(risk), "link"))
    assert set(fault.value.errors) == set(values) - {"probability"}
    assert Risk.objects.get(pk=risk.pk).version == risk.version


def test_neither_a_step_nor_an_end_is_granted_with_a_change(world: World, risk: Risk) -> None:
    actor = Actor(bearer(risk), "link")
    for move in RISK.states.moves_from(risk.state) if RISK.states else ():
        with pytest.raises(Refused):
            actions.move(RISK, risk.pk, risk.version, move, actor, reason="Why not")
    with pytest.raises(Refused):
        actions.withdraw(RISK, risk.pk, risk.version, actor, reason="Why not")
    with pytest.raises(Refused):
        actions.create(ACTION, {"title": "New", "initiative": world.project.pk}, actor)
    assert Risk.objects.get(pk=risk.pk).version == risk.version


def test_a_view_grants_no_change(risk: Risk) -> None:
    with pytest.raises(Refused):
        actions.change(RISK, risk.pk, risk.version, {"probability": 50}, Actor(bearer(risk, "view"), "link"))
