"""Every write of every register leaves one event with what was and what is, in one transaction; and the chain of events cannot be bent."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.api.records import address
from mainstay.register import actions, guards
from mainstay.register.errors import ActionError, Stale
from mainstay.register.history import Event, append, canonical, digest_of, faults
from mainstay.register.models import ChainHead, Change
from mainstay.register.spec import REGISTERS, Register
from mainstay.register.values import snapshot
from tests.contract import addresses, telltales, worlds
from tests.contract.worlds import World

SignIn = Callable[[Account | None], Client]
ENTERED = sorted(register.key for register in REGISTERS.values() if register.is_entered)
EVERY_ENTERED = pytest.mark.parametrize("key", ENTERED)


def last() -> int:
    return Change.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0


def events_after(sequence: int) -> list[Change]:
    return list(Change.objects.filter(sequence__gt=sequence).order_by("sequence"))


def something_else(register: type[Register], record: Any) -> dict[str, Any]:
    """A change that the register takes: another text, or another e-mail address."""
    name = next(name for name in ("title", "post", "remit", "until", "description") if name in register.fields() or name == "until")
    return {name: "2099-01-01" if name == "until" else "Something else"}


def since(sequence: int, key: str, pk: int) -> Change:
    """The one event since then; it must be this record's."""
    found = events_after(sequence)
    assert [(event.register, event.record_id) for event in found] == [(key, pk)]
    return found[0]


@EVERY_ENTERED
def test_each_action_leaves_one_event(world: World, key: str) -> None:
    register, who = REGISTERS[key], worlds.actor(world.administrator)
    before = last()
    record = actions.create(register, {**worlds.values_for(register)[0], **unique(register)}, who, reason="New.")
    event = since(before, key, record.pk)
    assert (event.verb, event.before, event.after, event.reason) == ("create", {}, snapshot(register, record), "New.")
    assert (event.actor_id, event.actor_name, event.channel, event.ref) == (world.administrator.pk, "Ada Min", "page", record.ref)
    was, before = snapshot(register, record), last()
    record = actions.change(register, record.pk, record.version, something_else(register, record), who, reason="Better.")
    event, now = since(before, key, record.pk), snapshot(register, record)
    changed = {name for name in now if now[name] != was[name]}
    assert event.before == {name: was[name] for name in changed}
    assert event.after == {name: now[name] for name in changed}
    assert changed
    for act, value in ((actions.withdraw, True), (actions.reinstate, False)):
        before = last()
        record = act(register, record.pk, record.version, who, reason="Because.")
        event = since(before, key, record.pk)
        assert (event.before, event.after, event.reason) == ({"is_withdrawn": not value}, {"is_withdrawn": value}, "Because.")
    assert list(faults()) == []


def unique(register: type[Register]) -> dict[str, Any]:
    """What may stand only once."""
    values: dict[str, Any] = {}
    if "code" in register.fields():
        values["code"] = "NEW"
    if "email" in register.fields():
        values["email"] = "new@example.org"
    if register.key == "initiatives.standard":
        values["name"] = "another-standard"
    return values


@EVERY_ENTERED
def test_a_change_of_nothing_leaves_no_trace(world: World, key: str) -> None:
    register, record, before = REGISTERS[key], world.record(REGISTERS[key]), last()
    same = actions.change(register, record.pk, record.version, {"title": record.title}, worlds.actor(world.administrator))
    assert (same.version, last()) == (record.version, before)


@pytest.mark.parametrize("key", sorted(register.key for register in REGISTERS.values() if register.states and register.states.moves))
def test_each_move_leaves_one_event_or_none(world: World, key: str) -> None:
    register, who = REGISTERS[key], worlds.actor(world.administrator)
    assert register.states is not None
    taken = 0
    for name, step in register.states.moves.items():
        for state in step.sources:
            record = world.record(register)
            register.model._default_manager.filter(pk=record.pk).update(state=state)
            before, stored = last(), telltales.stored()
            try:
                with transaction.atomic():
                    moved = actions.move(register, record.pk, record.version, name, who, reason="It is time.")
            except ActionError:
                assert (last(), telltales.stored()) == (before, stored)
            else:
                event = since(before, key, record.pk)
                assert (event.verb, event.before, event.after) == (name, {"state": state}, {"state": step.target})
                assert moved.version == record.version + 1
                taken += 1
    assert taken


@EVERY_ENTERED
def test_a_write_of_the_api_leaves_one_event(world: World, signed_in: SignIn, key: str) -> None:
    register, client, record = REGISTERS[key], signed_in(world.administrator), world.record(REGISTERS[key])
    before = last()
    sent = {"version": record.version, "reason": "Told.", **something_else(register, record)}
    assert telltales.send(client, "PATCH", address(register, record.pk), json.dumps(sent)).status_code == 200
    event = since(before, key, record.pk)
    assert (event.verb, event.channel, event.reason) == ("change", "api", "Told.")
    before = last()
    values = {**worlds.values_for(register)[0], **unique(register)}
    made = telltales.send(client, "POST", address(register), json.dumps(values, default=str))
    assert made.status_code == 201, made.content
    assert since(before, key, made.json()["id"]).verb == "create"


@EVERY_ENTERED
def test_many_rows_leave_as_many_events_or_none(world: World, key: str) -> None:
    register, who, before, stored = REGISTERS[key], worlds.actor(world.administrator), last(), telltales.stored()
    good = {**worlds.values_for(register)[0], **unique(register)}
    bad = {"title": "x" * 300} if "title" in register.fields() else {"person": addresses.UNUSED_ID}
    with pytest.raises(ActionError):
        actions.create_many(register, [good, {**good, **bad}], who)
    assert (last(), telltales.stored()) == (before, stored)
    made = actions.create_many(register, [good], who)
    assert [(event.verb, event.record_id) for event in events_after(before)] == [("create", made[0].pk)]


# Versions


@EVERY_ENTERED
def test_no_write_without_the_version_that_stands(world: World, signed_in: SignIn, key: str) -> None:
    register, record, client = REGISTERS[key], world.record(REGISTERS[key]), signed_in(world.administrator)
    before, stored = last(), telltales.stored()
    for version in (None, record.version - 1, record.version + 1):
        for operation in addresses.operations_of(register):
            if not addresses.has_record(operation) or operation.method not in ("PATCH", "POST") or operation.body is None:
                continue
            if "version" not in operation.body.get("properties", {}) and operation.method != "PATCH":
                continue
            move = next(iter(register.states.moves), "x") if register.states else "x"
            response = telltales.send(
                client,
                operation.method,
                addresses.api_path(operation, pk=record.pk, move=move),
                json.dumps({"version": version, "reason": "x"}),
            )
            assert response.status_code == 409, operation.name
            assert response.json()["current"]["version"] == record.version
    with pytest.raises(Stale):
        actions.change(register, record.pk, None, {"title": "x"}, worlds.actor(world.administrator))
    for page in addresses.pages_of(register):
        if page.is_of_record and page.verb in ("change", "withdraw"):
            telltales.send(client, "POST", page.path(pk=record.pk), {"title": "Lost update", "reason": "x"})
            telltales.send(client, "POST", page.path(pk=record.pk), {"title": "Lost update", "reason": "x", "version": record.version + 7})
    record.refresh_from_db()
    assert record.title != "Lost update"
    assert telltales.stored() == stored
    assert last() == before


# In the same transaction


def test_a_write_that_is_undone_leaves_no_event(world: World) -> None:
    register, before, stored = REGISTERS["risk.risk"], last(), telltales.stored()

    class LaterFault(Exception):
        """What goes wrong after the write."""

    with pytest.raises(LaterFault), transaction.atomic():
        actions.create(register, worlds.values_for(register)[0], worlds.actor(world.owner))
        raise LaterFault
    assert (last(), telltales.stored()) == (before, stored)
    assert list(faults()) == []


def test_history_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        append([Event("risk.risk", "change")], worlds.actor(None))


# E1: what else is noted


def test_a_denied_write_is_noted(world: World, signed_in: SignIn) -> None:
    record, before = world.record(REGISTERS["risk.risk"]), last()
    telltales.send(signed_in(world.member), "PATCH", address(REGISTERS["risk.risk"], record.pk), '{"version": 1}')
    telltales.send(signed_in(world.stranger), "PATCH", address(REGISTERS["risk.risk"], record.pk), '{"version": 1}')
    noted = [(event.verb, event.actor_name, event.reason) for event in events_after(before)]
    assert noted == [("refused", name, f"PATCH {address(REGISTERS['risk.risk'], record.pk)}") for name in ("Mel Ember", "Stan Range")]


def test_an_export_is_noted(world: World, signed_in: SignIn) -> None:
    before = last()
    telltales.content(signed_in(world.owner).get("/api/v1/risk/risk/export?state=open"))
    assert [(event.verb, event.register, event.reason) for event in events_after(before)] == [("export", "risk.risk", "state=open")]


# E2, E4: tampering


def raw(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    "sql", ["UPDATE register_change SET reason = 'x'", "DELETE FROM register_change", "DELETE FROM register_change WHERE sequence = 3"]
)
def test_the_database_itself_refuses_to_change_the_history(world: World, sql: str) -> None:
    count = Change.objects.count()
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        raw(sql)
    assert Change.objects.count() == count
    assert list(faults()) == []


def without_guards() -> None:
    for name in (*guards.NAMES, *((f"{guards.TABLE}_no_truncate",) if connection.vendor == "postgresql" else ())):
        raw(f"DROP TRIGGER {name}" + (f" ON {guards.TABLE}" if connection.vendor == "postgresql" else ""))


def test_missing_guards_are_named_and_put_back(world: World) -> None:
    assert guards.missing() == []
    without_guards()
    assert guards.missing() == list(guards.NAMES)
    guards.install()
    assert guards.missing() == []


def altered_body(middle: Change, tail: Change) -> None:
    raw("UPDATE register_change SET reason = 'altered' WHERE sequence = %s", middle.sequence)


def altered_actor(middle: Change, tail: Change) -> None:
    raw("UPDATE register_change SET actor_name = 'Somebody Else' WHERE sequence = %s", middle.sequence)


def altered_value(middle: Change, tail: Change) -> None:
    raw("UPDATE register_change SET after = %s WHERE sequence = %s", canonical({**middle.after, "title": "Another"}), middle.sequence)


def removed_from_the_middle(middle: Change, tail: Change) -> None:
    raw("DELETE FROM register_change WHERE sequence = %s", middle.sequence)


def removed_from_the_end(middle: Change, tail: Change) -> None:
    raw("DELETE FROM register_change WHERE sequence = %s", tail.sequence)


def swapped(middle: Change, tail: Change) -> None:
    raw("UPDATE register_change SET sequence = -1 WHERE sequence = %s", middle.sequence)
    raw("UPDATE register_change SET sequence = %s WHERE sequence = %s", middle.sequence, middle.sequence + 1)
    raw("UPDATE register_change SET sequence = %s WHERE sequence = -1", middle.sequence + 1)


def inserted(middle: Change, tail: Change) -> None:
    made = Change.objects.get(pk=tail.pk)
    made.sequence, made.previous, made.reason = tail.sequence + 1, tail.digest, "slipped in"
    made.digest = digest_of(made)
    made.save(force_insert=True)


def rewritten_with_its_digest(middle: Change, tail: Change) -> None:
    middle.reason = "altered"
    raw("UPDATE register_change SET reason = 'altered', digest = %s WHERE sequence = %s", digest_of(middle), middle.sequence)


TAMPERING = {
    altered_body: "has been altered",
    altered_actor: "has been altered",
    altered_value: "has been altered",
    removed_from_the_middle: "is missing",
    removed_from_the_end: "its head names",
    swapped: "does not follow",
    inserted: "its head names",
    rewritten_with_its_digest: "does not follow",
}


@pytest.mark.parametrize("attack", TAMPERING, ids=lambda attack: attack.__name__)
def test_tampering_is_found_and_named(world: World, attack: Callable[[Change, Change], None]) -> None:
    assert list(faults()) == []
    without_guards()
    tail = Change.objects.order_by("-sequence")[0]
    attack(Change.objects.get(sequence=10), tail)
    found = list(faults())
    assert any(TAMPERING[attack] in fault.text for fault in found)
    assert min(fault.sequence for fault in found) in {10, 11, tail.sequence - 1, tail.sequence, tail.sequence + 1}


def test_a_head_that_is_gone_is_a_fault(world: World) -> None:
    ChainHead.objects.all().delete()
    assert [fault.text for fault in faults()] == ["The head of the chain is missing."]
