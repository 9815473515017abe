"""A return that calls for the plan: sent with a version that has arrived since it was asked, or with the word that the live one holds."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.planning.models import Plan
from mainstay.planning.receiving import receive
from mainstay.register import actions
from mainstay.register.errors import Refused
from mainstay.register.spec import REGISTERS
from mainstay.reporting.cycle import answering, commissioning, content, shipped
from mainstay.reporting.models import Return
from tests.contract.worlds import TODAY, World, actor

SignedIn = Callable[[Account | None], Client]
RETURN, DEFINITION = REGISTERS["reporting.project_return"], REGISTERS["reporting.definition"]
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
PLANS = next(one for one in shipped.SHIPPED if one.name == "plans")


@pytest.fixture
def row(world: World) -> Return:
    """The return of my project, whose plan of a year ago is live."""
    Plan.objects.all().delete()
    made = actions.create(DEFINITION, {**PLANS.values(), "initiative": world.programme.pk}, actor(world.owner))
    made = actions.move(DEFINITION, made.pk, made.version, "use", actor(world.owner))
    asked = [one.initiative.pk for one in commissioning.candidates(made, world.owner)]
    commission = commissioning.commission(made, asked, OCTOBER, actor(world.owner))
    plan = receive(world.project, schedule_of("SCR-HB", "Barrier", "Somebody", TODAY, month_ago=True), "then.xer", b"1", actor(world.owner))
    Plan.objects.filter(pk=plan.pk).update(created_at=timezone.now() - timedelta(days=400))
    found: Return = commission.returns.get(initiative=world.project)
    return found


def send(row: Return, world: World) -> Return:
    row.refresh_from_db()
    sent: Return = actions.move(RETURN, row.pk, row.version, "send", actor(world.owner))
    return sent


def test_it_waits_for_the_plan_or_for_the_word_that_it_holds(row: Return, world: World) -> None:
    with pytest.raises(Refused, match="send the current plan, or say that version 1 still holds"):
        send(row, world)
    saved = answering.save(row.pk, {"q.plan_stands": "No"}, {}, actor(world.owner))
    assert saved.faults == {}
    with pytest.raises(Refused, match="send the current plan"):
        send(row, world)
    answering.save(row.pk, {"q.plan_stands": "Yes"}, {"q.plan_stands": "no"}, actor(world.owner))
    assert send(row, world).state == "sent"


def test_a_version_that_arrives_answers_it(row: Return, world: World, signed_in: SignedIn) -> None:
    page = signed_in(world.owner).get(f"/reporting/returns/{row.pk}/").content.decode()
    assert "The live plan is version 1" in page
    assert f"/imports/?into={world.project.code}" in page
    receive(world.project, schedule_of("SCR-HB", "Barrier", "Somebody", TODAY, month_ago=False), "now.xer", b"2", actor(world.owner))
    page = signed_in(world.owner).get(f"/reporting/returns/{row.pk}/").content.decode()
    assert "Version 2 arrived" in page
    assert send(row, world).state == "sent"


def test_where_no_plan_ever_came_no_word_will_do(row: Return, world: World) -> None:
    Plan.objects.all().delete()
    answering.save(row.pk, {"q.plan_stands": "Yes"}, {}, actor(world.owner))
    with pytest.raises(Refused, match="no plan has arrived yet"):
        send(row, world)


def test_a_part_calls_for_the_plan_and_for_nothing_else() -> None:
    text = PLANS.text.replace("plan: true", "plan: true\n    register: risk.risk\n    asked: [probability]")
    with pytest.raises(content.ContentError, match="or calls for the plan"):
        content.read(text)
    assert [question.name for question in content.read(PLANS.text).questions()] == ["plan_stands", "causes"]
