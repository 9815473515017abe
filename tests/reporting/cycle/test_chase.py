"""The chase takes each step once, makes good what was missed, and leaves in peace whoever has sent or is paused."""

from datetime import date, timedelta

import pytest

from mainstay.initiatives.models import Initiative
from mainstay.organisation.models import Person
from mainstay.post.models import Message
from mainstay.reporting.cycle import chase
from mainstay.reporting.models import ChaseStep, Commission, Return
from tests.contract import worlds
from tests.contract.worlds import World

FRIDAY = date(2026, 11, 6)


@pytest.fixture
def row(world: World) -> Return:
    """One return, asked and due on a Friday, with a supplier and a sponsor who can be written to."""
    supplier = worlds.appoint("pm@example.org", "Pat Manager", "project_manager", world.project)
    sponsor = worlds.appoint("sro@example.org", "Sam Sponsor", "sro", world.programme)
    found = Return.objects.get(commission__initiative=world.programme, initiative=world.project)
    Return.objects.exclude(pk=found.pk).update(state="accepted")
    people = {"owner": Person.objects.get(account=supplier), "confirmer": Person.objects.get(account=sponsor)}
    Return.objects.filter(pk=found.pk).update(due_on=FRIDAY, **people)
    Commission.objects.filter(pk=found.commission_id).update(opens_on=date(2026, 10, 26), freezes_on=date(2026, 11, 12))
    found.refresh_from_db()
    return found


def sent() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("to", "key"))


def steps() -> list[str]:
    return list(ChaseStep.objects.order_by("pk").values_list("rung", flat=True))


def test_each_step_is_taken_on_its_day_and_once(row: Return) -> None:
    chase.run(date(2026, 10, 25))
    assert steps() == []
    for _twice in range(2):
        chase.run(date(2026, 10, 26))
    assert steps() == ["asked"]
    chase.run(FRIDAY)
    assert sent() == [("pm@example.org", f"return-{row.pk}-asked"), ("pm@example.org", f"return-{row.pk}-reminder")]
    chase.run(FRIDAY + timedelta(days=2))
    assert steps() == ["asked", "reminder"], "Saturday and Sunday are no working days"
    chase.run(date(2026, 11, 9))
    assert steps() == ["asked", "reminder", "call"]
    chase.run(date(2026, 11, 10))
    assert sent()[2:] == [("sro@example.org", f"return-{row.pk}-sponsor")]
    told = Message.objects.get(key=f"return-{row.pk}-sponsor")
    assert "Pat Manager was asked to send it." in told.body and "NOT REPORTED" in told.body


def test_what_was_missed_is_made_good(row: Return) -> None:
    chase.run(date(2026, 11, 12))
    assert steps() == ["asked", "reminder", "call", "sponsor", "frozen"]
    assert len(sent()) == 3


def test_the_question_carries_its_deadline(row: Return) -> None:
    chase.run(date(2026, 10, 26))
    assert "DTSTART;VALUE=DATE:20261106" in Message.objects.get().calendar


@pytest.mark.parametrize("state", ["sent", "checked", "confirmed", "accepted", "waived"])
def test_whoever_has_sent_is_left_in_peace(row: Return, state: str) -> None:
    Return.objects.filter(pk=row.pk).update(state=state)
    chase.run(date(2026, 11, 12))
    assert (steps(), sent()) == ([], [])


def test_a_paused_project_and_a_closed_commission_are_left_in_peace(row: Return) -> None:
    Initiative.objects.filter(pk=row.initiative_id).update(state="paused")
    chase.run(date(2026, 11, 12))
    Initiative.objects.filter(pk=row.initiative_id).update(state="delivery")
    Commission.objects.filter(pk=row.commission_id).update(state="closed")
    chase.run(date(2026, 11, 12))
    assert (steps(), sent()) == ([], [])


def test_a_supplier_who_was_removed_stops_nothing(row: Return) -> None:
    Return.objects.filter(pk=row.pk).update(owner=None)
    chase.run(date(2026, 11, 12))
    assert (len(steps()), [to for to, _key in sent()]) == (5, ["sro@example.org"])


def test_the_ladder_shows_what_was_done_and_what_comes_next(row: Return) -> None:
    chase.run(FRIDAY)
    told = chase.ladder(row, row.chase_steps.all())
    assert [step["state"] for step in told] == ["done", "done", "next", "", ""]
