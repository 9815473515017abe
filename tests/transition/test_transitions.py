"""Transitions: what hangs on a milestone moves with it and is told once; no cut-over with an open must; who claims does not confirm."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.organisation.models import Person
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.post.models import Message
from mainstay.register import actions
from mainstay.register.derived import derive
from mainstay.register.errors import Invalid, Refused
from mainstay.register.history import Actor
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS, Register
from mainstay.transition import run_sheet, stability
from mainstay.transition.clashes import clashes
from mainstay.transition.criterion.register import ReadinessCriterionRegister as Criteria
from mainstay.transition.measure.register import StabilityMeasureRegister as Measures
from mainstay.transition.models import Criterion, CutOverStep, Measure, Transition
from mainstay.transition.plan.register import TransitionPlanRegister as Plans
from mainstay.transition.readiness import readiness
from mainstay.transition.reading.register import StabilityReadingRegister as Readings
from mainstay.transition.step.register import CutOverStepRegister as Steps
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
FIRST = date(2027, 3, 1)


def move(register: type[Register], record: Any, name: str, account: Account, reason: str = "") -> Any:
    record.refresh_from_db()
    return actions.move(register, record.pk, record.version, name, actor(account), reason=reason)


@pytest.fixture
def milestone(world: World) -> Any:
    values = {"title": "Desk proved", "initiative": world.project.pk, "forecast": FIRST}
    return actions.create(MilestoneRegister, values, actor(world.owner))


@pytest.fixture
def plan(world: World, milestone: Any) -> Any:
    """Of my programme, hanging on a milestone of its project, nine days after it."""
    owner = Person.objects.get(email="owner@example.org")
    values = {
        "title": "Control room moves", "initiative": world.programme.pk, "business_area": "Control room", "owner": owner.pk,
        "milestone": milestone.pk, "offset_days": 9, "fallback": "By phone.", "fallback_owner": owner.pk,
    }  # fmt: skip
    return actions.create(Plans, values, actor(world.owner))


def part(world: World, plan: Any, register: type[Register], title: str, **values: Any) -> Any:
    return actions.create(register, {"title": title, "initiative": plan.initiative_id, "plan": plan.pk, **values}, actor(world.owner))


def begun(world: World, plan: Any) -> Any:
    part(world, plan, Criteria, "Pass the simulator")
    Criterion.objects.filter(plan=plan.pk).update(state="confirmed")
    for name in ("agree", "declare", "go"):
        move(Plans, plan, name, world.owner)
    plan.refresh_from_db()
    return plan


def test_the_cut_over_follows_its_milestone_and_its_owner_is_told_once(world: World, plan: Any, milestone: Any) -> None:
    assert (plan.cut_over_on, plan.opens_on) == (date(2027, 3, 10), date(2027, 2, 18))
    move(Plans, plan, "agree", world.owner)
    for _again in range(2):
        milestone.refresh_from_db()
        with transaction.atomic():
            derive(MilestoneRegister, milestone, {"forecast": FIRST + timedelta(days=14)}, Actor(None, "derived"), reason="A plan arrived.")
    plan.refresh_from_db()
    assert (plan.cut_over_on, plan.slip_days, plan.agreed_cut_over) == (date(2027, 3, 24), 14, date(2027, 3, 10))
    told = Change.objects.filter(register=Plans.key, record_id=plan.pk, verb="derive").get()
    assert "is now expected on 15 Mar 2027" in told.reason
    message = Message.objects.get(key__startswith=f"transition-{plan.pk}-")
    assert message.to == "owner@example.org"
    assert "from 10 Mar 2027 to 24 Mar 2027" in message.body


def test_a_day_that_follows_is_not_typed(world: World, plan: Any) -> None:
    with pytest.raises(Invalid, match="follows from"):
        actions.change(Plans, plan.pk, plan.version, {"cut_over_on": "2027-06-01"}, actor(world.owner))
    changed = actions.change(Plans, plan.pk, plan.version, {"offset_days": -3}, actor(world.owner))
    assert changed.cut_over_on == date(2027, 2, 26)


def test_no_cut_over_while_a_must_is_open_unless_it_is_waived_with_authority(world: World, plan: Any) -> None:
    move(Plans, plan, "agree", world.owner)
    with pytest.raises(Refused, match="no readiness criterion"):
        move(Plans, plan, "declare", world.owner)
    must = part(world, plan, Criteria, "Pass the simulator", weight="must")
    part(world, plan, Criteria, "Neighbours told", weight="should")
    with pytest.raises(Refused, match=f"{must.ref} Pass the simulator"):
        move(Plans, plan, "declare", world.owner)
    officer = world.account("business_change_manager")
    with pytest.raises(Refused, match="authority of the board"):
        move(Criteria, must, "waive", officer, "No time.")
    with pytest.raises(Invalid, match="Waived by authority of"):
        move(Criteria, must, "waive", world.owner, "The maker lends one.")
    actions.change(Criteria, must.pk, must.version, {"authority": "Senior responsible owner"}, actor(world.owner))
    move(Criteria, must, "waive", world.owner, "The maker lends one.")
    found = readiness(plan)
    assert (found.share, len(found.waived), found.open_musts) == (0, 1, [])
    move(Plans, plan, "declare", world.owner)
    move(Criteria, must, "reopen", world.owner, "It did not come.")
    with pytest.raises(Refused, match="musts are open"):
        move(Plans, plan, "go", world.owner)


def test_whoever_claims_does_not_confirm_and_what_is_judged_stays(world: World, plan: Any) -> None:
    must = part(world, plan, Criteria, "Pass the simulator", evidence="14 of 14.")
    manager, other = world.account("business_change_manager"), world.account("programme_manager")
    move(Criteria, must, "claim", manager)
    with pytest.raises(Refused, match="somebody else confirms"):
        move(Criteria, must, "confirm", manager)
    confirmed = move(Criteria, must, "confirm", other)
    assert readiness(plan).share == 100
    with pytest.raises(Invalid, match="judged"):
        actions.change(Criteria, must.pk, confirmed.version, {"threshold": "7 of 14"}, actor(other))


def test_steps_are_stamped_wait_for_one_another_and_are_undone_with_a_reason(world: World, plan: Any) -> None:
    first = part(world, plan, Steps, "Freeze", place=10, minutes=30)
    last = part(world, plan, Steps, "Cut", place=20, starts_minutes=30, waits_for=first.pk, gate="no_return")
    with pytest.raises(Refused, match="given its go"):
        move(Steps, first, "start", world.owner)
    begun(world, plan)
    with pytest.raises(Refused, match="Freeze comes first"):
        move(Steps, last, "start", world.owner)
    running = move(Steps, first, "start", world.owner)
    assert running.started_at and not running.ended_at
    with pytest.raises(Invalid):
        move(Steps, first, "undo", world.owner)
    assert move(Steps, first, "undo", world.owner, "Wrong button.").started_at is None
    for step in (first, last):
        move(Steps, step, "start", world.owner)
        move(Steps, step, "finish", world.owner)
    with pytest.raises(Refused, match="point of no return"):
        move(Plans, plan, "fall_back", world.owner, "Too many calls.")
    with pytest.raises(Refused, match="Undo that one first"):
        move(Steps, first, "undo", world.owner, "Wrong button.")


def test_a_late_step_pushes_those_that_wait_for_it(world: World, plan: Any) -> None:
    first = part(world, plan, Steps, "Freeze", place=10, minutes=30)
    part(world, plan, Steps, "Cut", place=20, starts_minutes=30, minutes=15, waits_for=first.pk)
    begun(world, plan)
    lines = run_sheet.lines(plan, run_sheet.steps_of(plan), run_sheet.dates.begins(plan) + timedelta(minutes=50))  # type: ignore[operator]  # it has a day
    assert [line.late_minutes for line in lines] == [50, 50]


def test_stable_is_what_has_held_in_a_row_since_the_cut_over(world: World, plan: Any) -> None:
    today = timezone.localdate()
    Transition.objects.filter(pk=plan.pk).update(cut_over_on=today - timedelta(days=30), state="settling", milestone=None)
    measure = part(world, plan, Measures, "Calls answered", tolerable=90, readings_needed=2)
    for days, value in ((40, 99), (39, 99), (20, 95), (10, 80), (5, 91)):
        values = {
            "title": "Week",
            "initiative": plan.initiative_id,
            "measure": measure.pk,
            "read_on": today - timedelta(days=days),
            "value": value,
        }
        actions.create(Readings, values, actor(world.owner))
    with pytest.raises(Refused, match="1 of 2 readings"):
        move(Plans, plan, "stabilise", world.owner)
    values = {"title": "Week", "initiative": plan.initiative_id, "measure": measure.pk, "read_on": today, "value": 90}
    actions.create(Readings, values, actor(world.owner))
    assert move(Plans, plan, "stabilise", world.owner).state == "stable"


def test_less_is_better_where_the_measure_says_so() -> None:
    assert Measure(sense="at_most", tolerable=5).is_tolerable(5)
    assert not Measure(sense="at_most", tolerable=5).is_tolerable(6)


def test_clashes_are_told(world: World, plan: Any) -> None:
    values = {"title": "Again", "initiative": world.programme.pk, "business_area": "control room ", "cut_over_on": "2027-03-26"}
    again = actions.create(Plans, values, actor(world.owner))
    standard = {"title": "Freeze", "initiative": world.programme.pk, "kind": "calendar", "name": "change-freeze", "inheritance": "free",
                "value": {"closed": ["2027-03-10"]}}  # fmt: skip
    actions.create(REGISTERS["initiatives.standard"], standard, actor(world.administrator))
    Transition.objects.update(dip_starts_days=0, dip_length_days=20)
    place = Initiative.objects.get(pk=world.programme.pk)
    texts = [one.text for one in clashes(place, list(Transition.objects.filter(pk__in=[plan.pk, again.pk]).order_by("pk")))]
    assert [text for text in texts if "within a freeze" in text] and [text for text in texts if "a bank holiday" in text]
    assert any("changes twice at once" in text for text in texts)
    assert any("from 26 Mar 2027 to 30 Mar 2027" in text for text in texts)


def test_pages_are_for_those_who_may_see_the_programme(world: World, plan: Any, signed_in: SignedIn) -> None:
    step = part(world, plan, Steps, "Freeze", place=10)
    pages = [
        reverse("transition.run_sheet", args=[plan.pk]),
        reverse("transition.transitions", args=[world.programme.pk]),
        Plans.url("detail", plan),
    ]
    for page in pages:
        assert signed_in(world.stranger).get(page).status_code == 404
        assert signed_in(world.member).get(page).status_code == 200
    begun(world, plan)
    press = reverse("transition.take", args=[step.pk, "start"])
    assert signed_in(world.stranger).post(press, {"version": step.version}).status_code == 404
    assert signed_in(world.member).post(press, {"version": step.version}).status_code == 403
    assert signed_in(world.owner).post(press, {"version": step.version + 1}).status_code == 409
    assert signed_in(world.owner).post(press, {"version": step.version}).status_code == 302
    assert CutOverStep.objects.get(pk=step.pk).state == "running"
    assert stability.not_held(plan)
