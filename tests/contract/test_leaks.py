"""Nothing that an account may not see reaches it: by second ids, by lists, counts, filters, search, exports, or the text of an error."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.api.records import address
from mainstay.register import actions
from mainstay.register.errors import Invalid, Refused
from mainstay.register.requests import ADMINISTRATOR, PUBLIC
from mainstay.register.spec import REGISTERS, Register
from tests.contract import addresses, telltales, worlds
from tests.contract.addresses import UNUSED_ID, Address
from tests.contract.worlds import FOREIGN_CANARY, World

SignIn = Callable[[Account | None], Client]
CLOSED = pytest.mark.parametrize("key", sorted(register.key for register in worlds.closed()))
SECOND_IDS = [
    (register.key, name)
    for register in REGISTERS.values()
    for name, target in register.references().items()
    if not worlds.is_shared(target) and register.is_entered
]
"""Every writable field that names a record which may be hidden."""


def foreign_names(record: Any) -> list[str]:
    """All the ways in which somebody could name a record that is hidden from them."""
    return [name for name in (str(record.pk), record.ref, getattr(record, "code", ""), record.title, str(record)) if name]


# A3: second ids


@pytest.mark.parametrize(("key", "name"), SECOND_IDS)
def test_a_hidden_record_is_no_value(world: World, signed_in: SignIn, key: str, name: str) -> None:
    register = REGISTERS[key]
    hidden = world.foreign(register.references()[name])
    client, before = signed_in(world.owner), telltales.stored()
    record = world.record(register)
    for given in foreign_names(hidden):
        if given == hidden.ref and register.references()[name].model._default_manager.filter(ref=given).count() > 1:
            continue  # the same reference is given in each programme, and names the writer's own record here
        sent = {"version": record.version, name: given}
        response = telltales.send(client, "PATCH", address(register, record.pk), json.dumps(sent))
        assert response.status_code == 422, (given, response.content)
        assert response.json()["errors"] == {name: [f"There is no such record, or it is not yours to see: {given[:80]}."]}
    values = {**worlds.values_for(register)[0], name: hidden.pk}
    response = telltales.send(client, "POST", address(register), json.dumps(values, default=str))
    unknown = telltales.send(client, "POST", address(register), json.dumps({**values, name: UNUSED_ID}, default=str))
    assert (response.status_code, unknown.status_code) == (422, 422)
    assert response.content.replace(f"see: {hidden.pk}.".encode(), b"ID") == unknown.content.replace(f"see: {UNUSED_ID}.".encode(), b"ID")
    many = telltales.send(client, "POST", f"{address(register)}/many", json.dumps({"rows": [values]}, default=str))
    assert many.status_code == 422
    assert FOREIGN_CANARY not in many.content.decode()
    assert telltales.stored() == before


OWN_STEPS = {"risk.reviewed", "risk.make_risk", "risk.make_issue"}
"""Pages that take one step with the record itself and read no other field of what is sent; their own tests see to them."""


@pytest.mark.parametrize(("key", "name"), SECOND_IDS)
def test_a_page_takes_no_hidden_record_either(world: World, signed_in: SignIn, key: str, name: str) -> None:
    register = REGISTERS[key]
    hidden, record = world.foreign(register.references()[name]), world.record(register)
    client, before = signed_in(world.owner), telltales.stored()
    naming = register.model._default_manager.filter(**{f"{name}_id": hidden.pk})
    held = set(naming.values_list("pk", flat=True))
    for place in addresses.pages_of(register):
        if place.verb not in ("create", "change") or place.name in OWN_STEPS:
            continue
        parts = {"pk": record.pk, "name": name, "field": name}
        response = telltales.send(
            client, "POST", place.path(**parts), {"version": record.version, name: hidden.pk, "value": hidden.pk, "title": "x"}
        )
        assert FOREIGN_CANARY not in telltales.words(response), place
    assert set(naming.values_list("pk", flat=True)) == held
    assert telltales.stored() == before or all_titles(register, "x")


def all_titles(register: type[Register], title: str) -> bool:
    """Whether the only new thing is the title that was sent along, with a version that was right."""
    return register.model._default_manager.filter(title=title).exists()


@CLOSED
def test_a_filter_by_something_hidden_finds_nothing(world: World, signed_in: SignIn, key: str) -> None:
    register, client = REGISTERS[key], signed_in(world.owner)
    for name, target in register.references().items():
        if worlds.is_shared(target):
            continue
        hidden = world.foreign(target)
        found = client.get(address(register), {name: str(hidden.pk)})
        assert found.json() == client.get(address(register), {name: str(UNUSED_ID)}).json() == {"count": 0, "next": None, "results": []}
    theirs, none = (client.get(address(register), {"in": str(pk)}) for pk in (world.other.pk, UNUSED_ID))
    assert theirs.json() == none.json() == {"count": 0, "next": None, "results": []}


# A4: lists, counts, search, exports


@CLOSED
def test_lists_and_counts_hold_what_is_mine(world: World, signed_in: SignIn, key: str) -> None:
    register = REGISTERS[key]
    for account, own in ((world.owner, world.mine), (world.stranger, world.theirs)):
        answer = signed_in(account).get(address(register), {"limit": "1000"}).json()
        ids = {row["id"] for row in answer["results"]}
        assert answer["count"] == len(ids)
        assert not ids & {*(world.theirs if own is world.mine else world.mine)[key]}
        assert ids >= {*own[key]}


OF_NO_REGISTER = "what belongs to no register"


@pytest.mark.parametrize("key", [*sorted(REGISTERS), OF_NO_REGISTER])
def test_nothing_of_the_other_programme_is_told_anywhere(world: World, signed_in: SignIn, key: str) -> None:
    """Every address that can be read, as somebody of my programme, with my own records' ids: no word of the other programme."""
    client, told = signed_in(world.owner), []
    for path in every_readable(world, REGISTERS.get(key)):
        response = client.get(path)
        assert response.status_code < 500, path
        if FOREIGN_CANARY in telltales.words(response):
            told.append(path)
    assert told == []


def every_readable(world: World, register: type[Register] | None) -> list[str]:
    paths: list[str] = []
    for page in addresses.pages():
        if page.register is register and page.permission not in (PUBLIC, ADMINISTRATOR):
            paths += [page.path(**parts) for parts in parts_for(world, page)] if page.holes else [page.path()]
    for operation in addresses.all_operations():
        if operation.register is register and operation.method == "GET":
            ids = world.mine[register.key] if register else [UNUSED_ID]
            paths += [addresses.api_path(operation, pk=pk) for pk in ids]
    beginning = FOREIGN_CANARY[:5]
    searches = ["/search/?q={}", "/api/v1/search?q={}"] if register is None else [f"{address(register)}?q={{}}"]
    if register and "title" in register.fields():
        searches.append(f"{address(register)}?title.has={{}}")
    return [*dict.fromkeys(paths), *(search.format(beginning) for search in searches)]


def parts_for(world: World, page: Address) -> list[dict[str, Any]]:
    """What stands in the address: my records on their own pages, one of them elsewhere, and every name that the page knows."""
    if page.register is None:
        return [{"pk": UNUSED_ID}]
    kind = page.name.rpartition(".")[2]
    known = {
        "cell": [name for name in page.register.inline if name in page.register.references()],
        "choices": [*page.register.references()],
        "move": [*page.register.states.moves] if page.register.states else [],
    }
    ids = world.mine[page.register.key][: None if kind == "detail" else 1]
    return [{"pk": pk, "name": name} for pk in ids for name in known.get(kind) or ["nothing"]]


def test_the_search_finds_what_is_mine_only(world: World, signed_in: SignIn) -> None:
    mine = signed_in(world.owner).get("/api/v1/search", {"q": FOREIGN_CANARY}).json()
    assert mine == {"count": 0, "is_more": False, "counts": {}, "results": []}
    theirs = signed_in(world.stranger).get("/api/v1/search", {"q": FOREIGN_CANARY, "limit": "100"}).json()
    assert {(hit["register"], hit["id"]) for hit in theirs["results"]} <= {(key, pk) for key, ids in world.theirs.items() for pk in ids}
    assert theirs["count"] == len(theirs["results"]) > 5


def test_a_reference_that_is_hidden_is_withheld(world: World, signed_in: SignIn) -> None:
    """A dependency between the two programmes: each side sees it, and of the other side that there is one."""
    register = REGISTERS["planning.dependency"]
    chief = worlds.actor(world.administrator)
    record = actions.create(
        register, {"title": "Power", "initiative": world.programme.pk, "giver": world.other.pk, "owner": "Edie Larch"}, chief
    )
    client = signed_in(world.owner)
    shown = client.get(address(register, record.pk)).json()
    assert (shown["giver"], shown["withheld"]) == (None, ["giver"])
    listed = next(row for row in client.get(address(register)).json()["results"] if row["id"] == record.pk)
    assert (listed["giver"], listed["withheld"]) == (None, ["giver"])
    history = client.get(f"{address(register, record.pk)}/history").json()
    assert history["results"][0]["after"]["giver"] == "withheld"
    exported = telltales.content(client.get(f"{address(register)}/export")).decode()
    for text in (json.dumps(shown), json.dumps(listed), json.dumps(history), exported):
        assert FOREIGN_CANARY not in text
    for page in addresses.pages_of(register):
        response = client.get(page.path(pk=record.pk))
        assert FOREIGN_CANARY not in telltales.words(response), page
        assert world.other.code not in telltales.words(response), page
    assert signed_in(world.stranger).get(address(register, record.pk)).json()["giver"]["id"] == world.other.pk


# A5, what errors tell


@CLOSED
def test_an_error_tells_nothing_of_what_is_hidden(world: World, signed_in: SignIn, key: str) -> None:
    register, client = REGISTERS[key], signed_in(world.owner)
    pk = world.theirs[key][0]
    for body in ({"title": "x" * 300, "version": 99}, {"title": 12}, {"version": "x"}, {}):
        for operation in addresses.operations_of(register):
            if addresses.has_record(operation):
                response = telltales.send(client, operation.method, addresses.api_path(operation, pk=pk), json.dumps(body))
                assert response.status_code == 404, operation.name
                assert FOREIGN_CANARY not in response.content.decode()


# A7, fields that nobody writes


@pytest.mark.parametrize("key", sorted(register.key for register in REGISTERS.values() if register.is_entered))
def test_only_declared_fields_are_written(world: World, signed_in: SignIn, key: str) -> None:
    register, client, before = REGISTERS[key], signed_in(world.administrator), telltales.stored()
    record = world.record(register)
    undeclared = {field.name for field in register.model._meta.get_fields()} - set(register.fields()) - {"version"}
    undeclared |= {"pk", "is_administrator", "account", "path", "actor", "_state", "__class__", "save", "delete"} - set(register.fields())
    for name in sorted(undeclared):
        response = telltales.send(client, "PATCH", address(register, record.pk), json.dumps({"version": record.version, name: 1}))
        assert (response.status_code, response.json()["errors"]) == (422, {name: ["There is no field of this name that can be written."]})
        values = {**worlds.values_for(register)[0], name: 1}
        assert telltales.send(client, "POST", address(register), json.dumps(values, default=str)).status_code == 422
    assert telltales.stored() == before


@pytest.mark.parametrize("key", sorted(register.key for register in REGISTERS.values() if register.is_entered))
def test_a_form_writes_declared_fields_only(world: World, signed_in: SignIn, key: str) -> None:
    register, client = REGISTERS[key], signed_in(world.administrator)
    record = world.record(register)
    names = [
        field.attname for field in register.model._meta.concrete_fields if field.name not in (*register.fields(), "updated_at", "as_at")
    ]
    held = {name: getattr(record, name) for name in names}
    for page in addresses.pages_of(register):
        if page.is_of_record and page.verb == "change":
            telltales.send(
                client,
                "POST",
                page.path(pk=record.pk),
                {
                    "is_withdrawn": "on",
                    "state": "closed",
                    "path": "/",
                    "account": 1,
                    "source": "derived",
                    "created_at": "2001-01-01",
                    "ref": "X",
                },
            )
    record.refresh_from_db()
    assert {name: getattr(record, name) for name in names} == held


# A10: out of one's own reach


def test_a_write_that_leads_out_of_reach_is_undone(world: World) -> None:
    """Somebody who keeps risks of the project but only reads those of the programme may not lift one there."""
    keeper = worlds.appoint("keeper@example.org", "Kit Eeper", "project_manager", world.project)
    reader = world.member
    register = REGISTERS["risk.risk"]
    chief = worlds.actor(world.administrator)
    values = {**worlds.values_for(register)[0], "initiative": world.project.pk}
    record = actions.create(register, values, chief)
    from mainstay.initiatives.models import Appointment  # only here does one person get a second appointment

    person = Appointment.objects.get(person__account=keeper).person
    actions.create(REGISTERS["initiatives.appointment"], {"person": person.pk, "role": "reader", "initiative": world.programme.pk}, chief)
    keeper = Account.objects.get(pk=keeper.pk)
    before = telltales.stored()
    with pytest.raises(Refused):
        actions.change(register, record.pk, record.version, {"initiative": world.programme.pk}, worlds.actor(keeper))
    assert telltales.stored() == before
    with pytest.raises(Invalid):
        actions.change(register, record.pk, record.version, {"initiative": world.other.pk}, worlds.actor(keeper))
    with pytest.raises(Refused):
        actions.change(register, record.pk, record.version, {"title": "x"}, worlds.actor(reader))
    assert telltales.stored() == before
