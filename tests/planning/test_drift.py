"""A forecast later than the promise: since when, both sides told once for each step, and what follows from the steps of a promise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from mainstay.initiatives.models import Appointment, Initiative
from mainstay.initiatives.standard.register import StandardRegister
from mainstay.organisation.models import Person
from mainstay.planning.dependency import drift
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency
from mainstay.planning.promises import escalation
from mainstay.planning.receiving import receive
from mainstay.post.models import Message
from mainstay.register import actions
from mainstay.register.errors import Invalid
from mainstay.register.models import Change
from tests.contract.worlds import World, actor
from tests.planning.test_circles import FINISH, two_steps


@pytest.fixture
def promise(world: World) -> Dependency:
    """Agreed by both: the barrier hands over the day on which its plan says so."""
    receive(world.project, two_steps("Barrier", ("B1", "Test gates"), ("B2", "Hand over")), "b.xml", b"b", actor(world.owner))
    giver, getter = (Person.objects.create(title=name, email=f"{name.lower()}@example.org", ref=f"PX-{name}") for name in ("Gives", "Gets"))
    values = {
        "title": "Gates tested",
        "giver": world.project.pk,
        "initiative": world.programme.pk,
        "give_activity": "B2",
        "owner": getter.title,
        "giver_owner": giver.title,
        "needed_by": FINISH.date() + timedelta(days=30),
        "promised_by": FINISH.date(),
    }
    made = actions.create(DependencyRegister, values, actor(world.owner))
    for step in ("offer", "agree"):
        made = actions.move(DependencyRegister, made.pk, made.version, step, actor(world.owner))
    found: Dependency = made
    return found


def arrive(world: World, days: int) -> None:
    """A version of the giver's plan in which the hand-over is this much later."""
    plan = two_steps("Barrier", ("B1", "Test gates"), ("B2", "Hand over"))
    rows = (plan.activities[0], replace(plan.activities[1], finish=FINISH + timedelta(days=days)))
    later = replace(plan, activities=rows)
    receive(world.project, later, "b.xml", f"b{days}".encode(), actor(world.owner))


def told(record: Dependency) -> list[tuple[str, str]]:
    rows = Message.objects.filter(key__startswith=f"dependency-{record.pk}-drift").order_by("pk")
    return [(row.name, row.body) for row in rows]


def test_both_sides_are_told_at_once_and_once_for_each_step(promise: Dependency, world: World) -> None:
    assert told(promise) == []
    arrive(world, 7)
    promise.refresh_from_db()
    assert (promise.drift_days, promise.drifts_since) == (7, timezone.localdate())
    assert sorted(name for name, _body in told(promise)) == ["Gets", "Gives"]
    assert all("12 January 2026" in body or "12 Jan 2026" in body for _name, body in told(promise))
    drift.tell(promise)
    assert len(told(promise)) == 2, "the same step tells nobody twice"
    arrive(world, 14)
    assert len(told(promise)) == 4


def test_a_drift_that_goes_on_keeps_its_day_and_one_that_ends_loses_it(promise: Dependency, world: World) -> None:
    arrive(world, 7)
    Dependency.objects.filter(pk=promise.pk).update(drifts_since=date(2026, 11, 2), escalated_on=date(2026, 11, 9))
    arrive(world, 9)
    promise.refresh_from_db()
    assert (promise.drifts_since, promise.escalated_on) == (date(2026, 11, 2), date(2026, 11, 9))
    arrive(world, 0)
    promise.refresh_from_db()
    assert (promise.drifts_since, promise.escalated_on) == (None, None)


def test_what_nobody_has_agreed_on_does_not_drift(promise: Dependency, world: World) -> None:
    actions.move(DependencyRegister, promise.pk, promise.version, "reopen", actor(world.owner), reason="To be talked of.")
    arrive(world, 7)
    promise.refresh_from_db()
    assert promise.drifts_since is None
    assert told(promise) == []


def test_the_first_promise_stays_and_the_hand_over_gets_its_day(promise: Dependency, world: World) -> None:
    first = promise.promised_by
    assert promise.first_promised == first
    row = actions.move(DependencyRegister, promise.pk, promise.version, "reopen", actor(world.owner), reason="A later day.")
    row = actions.change(DependencyRegister, row.pk, row.version, {"promised_by": "2026-02-02"}, actor(world.owner))
    for step in ("offer", "agree"):
        row = actions.move(DependencyRegister, row.pk, row.version, step, actor(world.owner))
    with pytest.raises(Invalid, match="Fill Handed over on first"):
        actions.move(DependencyRegister, row.pk, row.version, "deliver", actor(world.owner))
    row = actions.change(DependencyRegister, row.pk, row.version, {"delivered_on": "2026-02-03"}, actor(world.owner))
    row = actions.move(DependencyRegister, row.pk, row.version, "deliver", actor(world.owner))
    assert (row.first_promised, row.promised_by, row.delivered_on) == (first, date(2026, 2, 2), date(2026, 2, 3))


def test_a_promise_is_replaced_by_another_that_is_named(promise: Dependency, world: World) -> None:
    reason = "Both gates in one."
    with pytest.raises(Invalid, match="Fill"):
        actions.move(DependencyRegister, promise.pk, promise.version, "supersede", actor(world.owner), reason=reason)
    with pytest.raises(Invalid, match="cannot replace itself"):
        actions.change(DependencyRegister, promise.pk, promise.version, {"replaced_by": promise.pk}, actor(world.owner))
    other = world.record(DependencyRegister)
    row = actions.change(DependencyRegister, promise.pk, promise.version, {"replaced_by": other.pk}, actor(world.owner))
    row = actions.move(DependencyRegister, row.pk, row.version, "supersede", actor(world.owner), reason=reason)
    assert (row.state, row.standing, list(other.replaces.all())) == ("superseded", "superseded", [promise])


def appoint(person: str, role: str, place: Initiative) -> Person:
    found = Person.objects.create(title=person, email=f"{person.split(maxsplit=1)[0].lower()}@example.org", ref=f"PY-{person}")
    Appointment.objects.create(person=found, role=role, initiative=place, title=f"{role}: {person}", ref=f"AP-{person}")
    return found


def test_a_drift_that_lasts_goes_to_the_sponsors_and_offices_of_both_once(promise: Dependency, world: World) -> None:
    Appointment.objects.filter(role__in=(*escalation.SPONSORS, *escalation.OFFICE)).update(is_withdrawn=True)
    appoint("Senga Top", "sro", world.programme)
    appoint("Exel Own", "project_executive", world.project)
    appoint("Pema Office", "pmo_officer", world.programme)
    arrive(world, 7)
    since = date(2026, 11, 18)
    Dependency.objects.filter(pk=promise.pk).update(drifts_since=since)
    assert escalation.run(date(2026, 11, 24)) == 0, "four working days"
    assert escalation.run(date(2026, 11, 25)) == 1
    assert escalation.run(date(2026, 11, 26)) == 0
    promise.refresh_from_db()
    assert promise.escalated_on == date(2026, 11, 25)
    rows = Message.objects.filter(key__startswith=f"dependency-{promise.pk}-escalated")
    assert sorted(rows.values_list("name", flat=True)) == ["Exel Own", "Pema Office", "Senga Top"]
    change = Change.objects.filter(register="planning.dependency", record_id=promise.pk, verb="escalate").get()
    assert "Exel Own" in change.reason
    assert [step["state"] for step in escalation.ladder(promise)] == ["done", "done"]


def test_a_drift_that_nothing_has_noticed_is_begun_by_the_job(promise: Dependency) -> None:
    Dependency.objects.filter(pk=promise.pk).update(forecast=FINISH.date() + timedelta(days=3))
    assert (escalation.notice(), escalation.notice()) == (1, 0)
    promise.refresh_from_db()
    assert promise.drifts_since == timezone.localdate()
    assert len(told(promise)) == 2


def test_how_long_both_sides_have_is_a_standard(promise: Dependency, world: World) -> None:
    values = {
        "title": "Drift",
        "kind": "threshold",
        "name": escalation.STANDARD,
        "initiative": world.programme.pk,
        "value": {"working_days": 1},
        "valid_from": "2026-01-01",
    }
    actions.create(StandardRegister, values, actor(world.administrator))
    promise.drifts_since = date(2026, 11, 18)
    assert escalation.due_on(promise) == date(2026, 11, 19)
