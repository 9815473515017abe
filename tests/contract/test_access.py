"""Who may come in: every address declares it, strangers learn nothing, and a role does what the access table says and no more."""

import json
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from mainstay.accounts.models import Account
from mainstay.api.operations import Operation
from mainstay.api.service import all_operations, service
from mainstay.initiatives.roles import ROLES
from mainstay.register.access import VERBS as RIGHTS
from mainstay.register.requests import ADMINISTRATOR, PUBLIC, SIGNED_IN
from mainstay.register.spec import REGISTERS, Register
from mainstay.web import checks
from tests.contract import addresses, telltales, worlds
from tests.contract.addresses import OTHER_UNUSED_ID, UNUSED_ID, Address
from tests.contract.worlds import World

SignIn = Callable[[Account | None], Client]
EVERY_REGISTER = pytest.mark.parametrize("key", sorted(REGISTERS))
CLOSED = pytest.mark.parametrize("key", sorted(register.key for register in worlds.closed()))
OWN_AFFAIRS = ("register_watch", "register_savedview")
"""What whoever may look in may also keep for themselves."""
NOT_FOUND = {404, 405}
"""What a stranger gets; 405 where no such verb exists for anybody."""


def is_known(permission: str | None) -> bool:
    if permission in (PUBLIC, SIGNED_IN, ADMINISTRATOR):
        return True
    key, _colon, verb = (permission or "").partition(":")
    return key in REGISTERS and verb in RIGHTS


# A1: default deny


def test_every_address_declares_what_it_asks() -> None:
    assert {str(address): address.permission for address in addresses.all_addresses() if not is_known(address.permission)} == {}


def test_every_operation_of_the_api_declares_what_it_asks() -> None:
    known = {operation.name: operation for operation in all_operations()}
    found = {
        inner.operation_id: inner.view_func
        for router in service()._get_bound_routers()
        for view in router.path_operations.values()
        for inner in view.operations
    }
    assert set(found) == set(known)
    assert {name: view.permission for name, view in found.items() if not is_known(view.permission)} == {}


def test_an_operation_that_writes_asks_for_more_than_sight() -> None:
    free = {operation.name for operation in all_operations() if operation.is_write and operation.permission.endswith(":view")}
    assert free == {name for name in free if name.partition("_")[0] in {"watch", "unwatch", "comment"}}


def test_a_view_that_declares_nothing_stops_the_start(settings: Any) -> None:
    def forgotten(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    urls = ModuleType("forgotten_urls")
    urls.urlpatterns = [path("forgotten/", forgotten)]  # type: ignore[attr-defined]  # what the framework reads
    settings.ROOT_URLCONF = urls
    assert [fault.id for fault in checks.every_address_is_declared()] == ["web.E001"]


# Nobody signed in


def test_whoever_is_not_signed_in_is_sent_to_the_door(world: World, client: Client, breadth: AbstractSet[str]) -> None:
    wrong = {}
    for address in addresses.pages(breadth):
        if address.permission == PUBLIC:
            continue
        for verb in ("GET", "POST"):
            response = telltales.send(client, verb, address.path())
            if not (response.status_code == 302 and response.headers["Location"].startswith("/sign-in/?next=/")):
                wrong[f"{verb} {address}"] = response.status_code
    assert wrong == {}


def test_the_api_answers_401_to_whoever_is_unknown(world: World, client: Client) -> None:
    before, wrong = telltales.stored(), {}
    for operation in all_operations():
        response = telltales.send(client, operation.method, addresses.api_path(operation))
        if response.status_code != 401 or "Bearer" not in response.headers.get("WWW-Authenticate", ""):
            wrong[operation.name] = response.status_code
    assert wrong == {}
    assert telltales.stored() == before


# A2, A6: strangers


def strange_pages(register: type[Register]) -> list[Address]:
    return [address for address in addresses.pages_of(register) if address.is_of_record]


@CLOSED
def test_a_stranger_cannot_tell_a_record_from_none_on_its_pages(world: World, signed_in: SignIn, key: str) -> None:
    register = REGISTERS[key]
    client, pk, before = signed_in(world.stranger), world.mine[key][0], telltales.stored()
    wrong = {}
    for address in strange_pages(register):
        for verb in addresses.VERBS if key == "risk.risk" else ("GET", "POST"):
            theirs = telltales.send(client, verb, address.path(pk=pk))
            none = telltales.send(client, verb, address.path(pk=UNUSED_ID))
            same = telltales.same_for_both(theirs, pk) == telltales.same_for_both(none, UNUSED_ID)
            if theirs.status_code not in NOT_FOUND or theirs.status_code != none.status_code or not same:
                wrong[f"{verb} {address}"] = (theirs.status_code, none.status_code)
    assert wrong == {}
    assert telltales.stored() == before


@CLOSED
def test_a_stranger_cannot_tell_a_record_from_none_in_the_api(world: World, signed_in: SignIn, key: str) -> None:
    register, pk = REGISTERS[key], world.mine[key][0]
    client, before, wrong = signed_in(world.stranger), telltales.stored(), {}
    for operation in addresses.operations_of(register):
        if not addresses.has_record(operation):
            continue
        for body in ('{"version": 1, "reason": "x"}', "{}"):
            theirs = telltales.send(client, operation.method, addresses.api_path(operation, pk=pk), body)
            none = telltales.send(client, operation.method, addresses.api_path(operation, pk=UNUSED_ID), body)
            if theirs.status_code != 404 or telltales.words(theirs) != telltales.words(none):
                wrong[operation.name] = (theirs.status_code, none.status_code)
    assert wrong == {}
    assert telltales.stored() == before


def test_whoever_holds_nothing_finds_no_register(world: World, signed_in: SignIn, breadth: AbstractSet[str]) -> None:
    client, wrong = signed_in(world.nobody), {}
    for register in (REGISTERS[key] for key in sorted(breadth)):
        for address in addresses.pages_of(register):
            response = telltales.send(client, "GET", address.path(pk=world.mine[register.key][0]))
            if response.status_code not in NOT_FOUND:
                wrong[str(address)] = response.status_code
        for operation in addresses.operations_of(register):
            response = telltales.send(client, operation.method, addresses.api_path(operation, pk=world.mine[register.key][0]))
            if response.status_code not in ((404,) if not is_creation(operation) else (403, 404)):
                wrong[operation.name] = response.status_code
    assert wrong == {}


def is_creation(operation: Operation) -> bool:
    return operation.permission.endswith(":create")


# A2, what roles may do

NEEDS_NOTHING = {"again_forecasts_run"}
"""Operations that change no record and take no values: whoever may use them has done so with an empty body."""


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_does_what_the_table_says_and_no_more(world: World, signed_in: SignIn, role: str) -> None:
    client, wrong = signed_in(world.account(role)), {}
    for register in REGISTERS.values():
        for operation in addresses.operations_of(register):
            verb = operation.permission.partition(":")[2]
            # A role of a programme shows the offices, but reaches none of them.
            reaches = verb == "view" or not (register.is_open and register.scope) or not addresses.has_record(operation)
            allowed = ROLES[role].allows(register.key, verb) and reaches
            path = addresses.api_path(operation, pk=world.mine[register.key][0])
            # Without a version nothing is written: what is allowed ends at 409, or at 422 where values are missing.
            response = telltales.send(client, operation.method, path, "{}")
            missing = (404,) if "nothing" in path or str(OTHER_UNUSED_ID) in path else ()
            done = (201,) if operation.name in NEEDS_NOTHING else ()
            fits = response.status_code in ((200, 409, 422, *missing, *done) if allowed else (403,))
            if not fits:
                wrong[f"{operation.method} {path}"] = (allowed, response.status_code)
    assert wrong == {}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_opens_the_pages_that_the_table_says(world: World, signed_in: SignIn, role: str) -> None:
    client, wrong = signed_in(world.account(role)), {}
    for register in REGISTERS.values():
        for address in addresses.pages_of(register):
            if ROLES[role].allows(register.key, address.verb):
                continue
            for verb in ("GET", "POST"):
                response = telltales.send(client, verb, address.path(pk=world.mine[register.key][0]))
                if response.status_code not in (403, 404, 405):
                    wrong[f"{verb} {address}"] = response.status_code
    assert wrong == {}


@EVERY_REGISTER
def test_a_reader_changes_nothing(world: World, signed_in: SignIn, key: str) -> None:
    register, client = REGISTERS[key], signed_in(world.member)
    record, before = world.record(register), telltales.stored(*OWN_AFFAIRS)
    for operation in addresses.operations_of(register):
        if operation.is_write:
            body = json.dumps({"version": record.version, "reason": "Because.", "title": "Mine now"})
            response = telltales.send(client, operation.method, addresses.api_path(operation, pk=record.pk), body)
            assert response.status_code == 403, operation.name
    for address in addresses.pages_of(register):
        telltales.send(client, "POST", address.path(pk=record.pk), {"version": record.version, "title": "Mine now", "reason": "Because."})
    assert telltales.stored(*OWN_AFFAIRS) == before


# A8, rights that end


def test_a_right_that_ends_is_gone_at_the_next_request(world: World, signed_in: SignIn) -> None:
    from mainstay.initiatives.models import Appointment  # only here is an appointment ended

    client, path = signed_in(world.owner), f"/api/v1/risk/risk/{world.mine['risk.risk'][0]}"
    assert client.get(path).status_code == 200
    Appointment.objects.filter(person__account=world.owner).update(is_withdrawn=True)
    assert client.get(path).status_code == 404


def test_an_account_that_is_switched_off_is_out_at_the_next_request(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.owner)
    assert client.get("/api/v1/me").status_code == 200
    Account.objects.filter(pk=world.owner.pk).update(is_active=False)
    assert client.get("/api/v1/me").status_code == 401


def pairs(value: Any) -> set[str]:
    return {f"{name}:{verb}" for name, verbs in value.items() for verb in verbs}


def test_what_the_api_says_that_one_may_is_what_the_table_says(world: World, signed_in: SignIn) -> None:
    told = signed_in(world.member).get("/api/v1/me").json()["may"]
    assert pairs(told) == {f"{key}:view" for key in REGISTERS}
