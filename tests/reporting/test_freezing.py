"""Freezing a snapshot: what is kept, what is refused, and that nothing changes it afterwards."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainstay.communications.action.register import ActionRegister
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.organisation.models import Person
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.register import actions, asat, document, store
from mainstay.register.errors import ActionError, Frozen, Invalid, NotFound, Refused
from mainstay.register.models import Change
from mainstay.reporting.board_pack.facts import PackFacts
from mainstay.reporting.freezing import facts_of, freeze
from mainstay.reporting.models import Snapshot
from mainstay.reporting.snapshot.register import SnapshotRegister
from tests.contract.worlds import FOREIGN_CANARY, World, actor


def last_change() -> Change:
    return Change.objects.order_by("-sequence")[0]


def test_a_snapshot_names_its_place_in_the_history_and_the_digest_of_its_facts(world: World) -> None:
    before = last_change()
    made = freeze(world.programme, "October 2026", actor(world.owner), audience="Programme board")
    event = last_change()
    assert (made.sequence, made.frozen_by, made.audience) == (before.sequence, "Olive Ner", "Programme board")
    assert (event.verb, event.record_id, event.after["digest"], event.after["sequence"]) == (
        "freeze",
        made.pk,
        made.digest,
        before.sequence,
    )
    content = store.get(made.digest)
    assert len(content) == made.size
    assert document.to_bytes(document.from_bytes(PackFacts, content)) == content
    assert facts_of(made).chain == before.digest


def test_it_holds_what_its_maker_may_see_and_no_more(world: World) -> None:
    made = freeze(world.programme, "October 2026", actor(world.owner))
    held = facts_of(made)
    assert {row.pk for row in held.milestones} == set(world.mine["planning.milestone"])
    assert {row.pk for row in held.risks} == set(world.mine["risk.risk"])
    assert FOREIGN_CANARY.encode() not in store.get(made.digest)


def test_its_marking_is_the_highest_of_what_it_shows(world: World) -> None:
    assert freeze(world.programme, "First", actor(world.owner)).marking == "OFFICIAL"
    row = world.record(MilestoneRegister)
    actions.change(MilestoneRegister, row.pk, row.version, {"marking": "OFFICIAL-SENSITIVE"}, actor(world.owner))
    assert freeze(world.programme, "Second", actor(world.owner)).marking == "OFFICIAL-SENSITIVE"


def test_what_changes_later_is_not_in_it(world: World) -> None:
    made = freeze(world.programme, "October 2026", actor(world.owner))
    held = store.get(made.digest)
    row = world.record(MilestoneRegister)
    actions.change(MilestoneRegister, row.pk, row.version, {"title": "Renamed since"}, actor(world.owner))
    assert b"Renamed since" not in held
    assert facts_of(Snapshot.objects.get(pk=made.pk)) == document.from_bytes(PackFacts, held)


def test_the_next_tells_what_moved_and_why(world: World) -> None:
    first = freeze(world.programme, "October 2026", actor(world.owner))
    row = world.record(MilestoneRegister)
    later = row.forecast + timedelta(days=30)
    actions.change(MilestoneRegister, row.pk, row.version, {"forecast": later}, actor(world.owner), reason="The yard flooded.")
    second = freeze(world.programme, "November 2026", actor(world.owner))
    held = facts_of(second)
    assert second.previous == first
    assert held.previous is not None
    assert (held.previous.name, held.previous.digest) == ("October 2026", first.digest)
    assert [(move.item, move.days, move.reason, move.by) for move in held.moves if move.item == "forecast"] == [
        ("forecast", 30, "The yard flooded.", "Olive Ner")
    ]


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u202e", "x" * 81, "live", "LIVE", "2026-11-10", "#12"])
def test_names_that_cannot_be_used(world: World, name: str) -> None:
    before = last_change().sequence
    with pytest.raises(Invalid) as fault:
        freeze(world.programme, name, actor(world.owner))
    assert list(fault.value.errors) == ["name"]
    assert (Snapshot.objects.count(), last_change().sequence) == (0, before)


@pytest.mark.parametrize("again", ["October 2026", "october 2026", " October  2026 ", "OCTOBER\u00a02026"])
def test_a_name_is_given_once(world: World, again: str) -> None:
    freeze(world.programme, "October 2026", actor(world.owner))
    with pytest.raises(Invalid, match="has a snapshot called"):
        freeze(world.programme, again, actor(world.owner))
    assert Snapshot.objects.count() == 1


def test_the_same_name_may_stand_at_another_initiative(world: World) -> None:
    freeze(world.programme, "October 2026", actor(world.owner))
    assert freeze(world.project, "October 2026", actor(world.owner)).initiative == world.project


def test_nothing_is_frozen_of_an_initiative_with_nothing_in_it(world: World) -> None:
    values = {"code": "EMPTY", "title": "Nothing yet", "kind": "project", "parent": world.programme.pk}
    empty = actions.create(InitiativeRegister, values, actor(world.owner))
    with pytest.raises(Invalid, match="nothing to freeze in EMPTY"):
        freeze(empty, "October 2026", actor(world.owner))


def test_who_may_not(world: World) -> None:
    with pytest.raises(NotFound):
        freeze(world.programme, "October 2026", actor(world.stranger))
    with pytest.raises(Refused):
        freeze(world.programme, "October 2026", actor(world.member))
    with pytest.raises(NotFound):
        freeze(world.programme, "October 2026", actor(None))
    assert Snapshot.objects.count() == 0


def test_a_snapshot_never_changes(world: World) -> None:
    made = freeze(world.programme, "October 2026", actor(world.owner))
    attempts = [
        lambda: actions.change(SnapshotRegister, made.pk, made.version, {"title": "Renamed"}, actor(world.owner)),
        lambda: actions.withdraw(SnapshotRegister, made.pk, made.version, actor(world.owner), reason="No longer wanted."),
        made.save,
        made.delete,
    ]
    for attempt in attempts:
        with pytest.raises((Frozen, Refused)):
            attempt()
    held = Snapshot.objects.get(pk=made.pk)
    assert (held.title, held.version, held.is_withdrawn, held.digest) == ("October 2026", 1, False, made.digest)


def test_nobody_enters_one_by_hand(world: World) -> None:
    with pytest.raises(ActionError):
        actions.create(SnapshotRegister, {"initiative": world.programme.pk, "title": "Forged"}, actor(world.owner))
    assert Snapshot.objects.count() == 0


def test_a_correction_stands_beside_what_it_corrects(world: World) -> None:
    first = freeze(world.programme, "October 2026", actor(world.owner))
    wrong = freeze(world.programme, "November 2026", actor(world.owner))
    with pytest.raises(Invalid, match="Say what was wrong"):
        freeze(world.programme, "November 2026, corrected", actor(world.owner), corrects=wrong)
    right = freeze(
        world.programme,
        "November 2026, corrected",
        actor(world.owner),
        corrects=wrong,
        correction="The forecast of M-001 was a typing error.",
    )
    held = Snapshot.objects.get(pk=wrong.pk)
    assert (held.digest, held.standing, right.standing, right.previous) == (wrong.digest, "superseded", "in force", first)
    with pytest.raises(Invalid, match="has been corrected already"):
        freeze(world.programme, "Again", actor(world.owner), corrects=wrong, correction="Once more.")
    assert freeze(world.programme, "December 2026", actor(world.owner)).previous == right


def test_a_correction_stays_at_its_initiative(world: World) -> None:
    made = freeze(world.programme, "October 2026", actor(world.owner))
    with pytest.raises(NotFound):
        freeze(world.project, "Other", actor(world.owner), corrects=made, correction="Wrong place.")


def test_sent_twice_it_is_frozen_once(world: World) -> None:
    first = freeze(world.programme, "October 2026", actor(world.owner), once="abc")
    assert freeze(world.programme, "October 2026", actor(world.owner), once="abc") == first
    assert Snapshot.objects.count() == 1


def test_an_earlier_snapshot_that_is_gone_is_said(world: World) -> None:
    first = freeze(world.programme, "October 2026", actor(world.owner))
    store.place(first.digest).unlink()
    held = facts_of(freeze(world.programme, "November 2026", actor(world.owner)))
    assert held.moves == ()
    assert "is missing from the store" in held.previous_unread


def test_seen_as_at_offers_it_to_those_who_may_see_it(world: World) -> None:
    made = freeze(world.programme, "October 2026", actor(world.owner))
    moment = asat.moment_of("SCR October 2026", world.member)
    assert moment is not None
    assert moment.sequence == made.sequence
    assert [told.name for told in asat.snapshots_for(world.stranger)] == []
    with pytest.raises(Invalid):
        asat.moment_of("SCR October 2026", world.stranger)


def test_the_queries_do_not_grow_with_the_rows(world: World) -> None:
    freeze(world.programme, "One", actor(world.owner))
    with CaptureQueriesContext(connection) as few:
        freeze(world.programme, "Two", actor(world.owner))
    for number in range(30):
        values = {
            "initiative": world.project.pk,
            "title": f"Action {number}",
            "due_on": "2026-01-05",
            "owner": Person.objects.values_list("pk", flat=True)[0],
        }
        actions.create(ActionRegister, values, actor(world.owner))
    with CaptureQueriesContext(connection) as many:
        freeze(world.programme, "Three", actor(world.owner))
    assert len(many) == len(few)
    assert len(many) <= 65
