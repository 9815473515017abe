"""Times that the clock stamped are put right with a reason; what stood before stays in the history."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.register import telling
from mainstay.register.errors import Invalid, Stale
from mainstay.register.history import faults
from mainstay.register.models import Change
from mainstay.transition import times
from mainstay.transition.models import CutOverStep
from mainstay.transition.step.register import CutOverStepRegister as Steps
from tests.contract.worlds import World, actor
from tests.transition.test_transitions import begun, milestone, move, part, plan

__all__ = ["milestone", "plan"]
SignedIn = Callable[[Account | None], Client]


@pytest.fixture
def step(world: World, plan: Any) -> Any:
    """Done half an hour ago, as the clock says; really it took from two hours ago to one hour ago."""
    made = part(world, plan, Steps, "Switch the lines", minutes=60)
    begun(world, plan)
    for name in ("start", "finish"):
        made = move(Steps, made, name, world.owner)
    now = timezone.now()
    CutOverStep.objects.filter(pk=made.pk).update(started_at=now - timedelta(minutes=40), ended_at=now - timedelta(minutes=30))
    made.refresh_from_db()
    return made


def texts(step: Any, start: int, end: int) -> dict[str, str]:
    """Times these many minutes ago, as the page sends them."""
    now = timezone.now()
    return {"started_at": times.typed(now - timedelta(minutes=start)), "ended_at": times.typed(now - timedelta(minutes=end))}


def test_a_time_is_put_right_with_its_reason_and_the_old_one_is_kept(world: World, step: Any) -> None:
    before = step.started_at
    made = times.correct(step.pk, step.version, texts(step, 120, 60), "Written on paper first.", actor(world.owner))
    assert timedelta(minutes=59) < made.ended_at - made.started_at < timedelta(minutes=61)
    assert made.version == step.version + 1
    change = Change.objects.order_by("-sequence")[0]
    assert (change.verb, change.reason, change.actor_name) == ("corrected the times", "Written on paper first.", world.owner.name)
    assert change.before["started_at"] == before.isoformat()
    (told,) = telling.told(Steps, world.owner, [change])
    assert [value.field for value in told.changes] == ["Started", "Ended"]
    assert list(faults()) == []


def test_a_time_that_is_left_keeps_its_seconds(world: World, step: Any) -> None:
    given = {**texts(step, 120, 60), "ended_at": times.typed(step.ended_at)}
    made = times.correct(step.pk, step.version, given, "Begun earlier.", actor(world.owner))
    assert made.ended_at == step.ended_at


@pytest.mark.parametrize(
    ("start", "end", "reason", "told"),
    [
        (120, 60, " ", "Say why"),
        (60, 120, "Why", "A step ends after it has started"),
        (60, -30, "Why", "Ended: this time has not come yet"),
        (40, 30, "Why", "stand already"),
    ],
)
def test_what_cannot_have_been_is_told_and_nothing_is_written(
    world: World, step: Any, start: int, end: int, reason: str, told: str
) -> None:
    given = texts(step, start, end)
    if told == "stand already":
        given = {"started_at": times.typed(step.started_at), "ended_at": times.typed(step.ended_at)}
    before = Change.objects.count()
    with pytest.raises(Invalid, match=told):
        times.correct(step.pk, step.version, given, reason, actor(world.owner))
    with pytest.raises(Invalid, match="Enter a day and a time such as"):
        times.correct(step.pk, step.version, {**given, "started_at": "early"}, "Why", actor(world.owner))
    with pytest.raises(Stale):
        times.correct(step.pk, step.version - 1, given, "Why", actor(world.owner))
    assert Change.objects.count() == before


def test_a_step_that_waits_has_no_time_to_correct(world: World, plan: Any) -> None:
    waits = part(world, plan, Steps, "Later")
    with pytest.raises(Invalid, match="has not begun"):
        times.correct(waits.pk, waits.version, {}, "Why", actor(world.owner))


def test_the_sheet_offers_it_to_those_who_may_and_keeps_what_was_typed(world: World, step: Any, signed_in: SignedIn) -> None:
    sheet, press = reverse("transition.run_sheet", args=[step.plan_id]), reverse("transition.correct", args=[step.pk])
    owner = signed_in(world.owner)
    assert "Correct the times" in owner.get(sheet).content.decode()
    assert "Correct the times" not in signed_in(world.member).get(sheet).content.decode()
    for account, status in ((world.member, 403), (world.stranger, 404), (world.nobody, 404)):
        assert signed_in(account).post(press, {"version": step.version}).status_code == status
    given = {**texts(step, 60, 120), "version": step.version, "reason": "Mixed up."}
    answer = owner.post(press, given)
    assert answer.status_code == 422
    assert 'value="Mixed up."' in answer.content.decode()
    answer = owner.post(press, {**given, **texts(step, 120, 60)})
    assert answer.url == f"{sheet}#step-{step.pk}"  # type: ignore[attr-defined]  # a redirect has an address


def test_enter_in_a_field_of_a_step_presses_no_button(world: World, step: Any, signed_in: SignedIn) -> None:
    """A form whose first submit button is disabled is not submitted by Enter (HTML, implicit submission)."""
    text = signed_in(world.owner).get(reverse("transition.run_sheet", args=[step.plan_id])).content.decode()
    forms = [form for form in text.split("<form")[1:] if 'name="reason"' in form and "/times/" not in form.split(">")[0]]
    assert forms
    assert all(form.partition("<button")[2].startswith(' type="submit" disabled hidden>') for form in forms)
