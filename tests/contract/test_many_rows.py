"""Lists of many rows: sorted by a reference in blocks, and searched through the index; both say the same as the plain way."""

from typing import Any

import pytest
from django.http import QueryDict

from mainstay.register import actions, filters, search
from mainstay.register.access import visible_to
from mainstay.register.asat import at_sequence
from mainstay.register.conditions import hold
from mainstay.register.errors import Invalid
from mainstay.register.models import Change
from mainstay.register.paging import counted_ids, page_ids, past_page
from mainstay.register.selecting import Order, chosen_rows, ordered, past_ids
from mainstay.register.spec import REGISTERS, Register
from mainstay.register.tables import columns_of
from tests.contract.worlds import CANARY, World, actor

each = pytest.mark.parametrize("register", list(REGISTERS.values()), ids=lambda register: register.key)
MANY = 1_000_000


@each
def test_rows_sorted_by_a_reference_come_in_the_same_order_however_many_they_are(register: type[Register], world: World) -> None:
    rows = visible_to(world.owner, register)
    for name, column in columns_of(register).items():
        for order in (Order(name), Order(name, is_descending=True)) if column.kind == "reference" else ():
            wanted = list(ordered(register, rows, order).values_list("pk", flat=True))
            pages = [page_ids(register, rows, order, MANY, start, 2) for start in range(0, len(wanted) + 2, 2)]
            assert [pk for page in pages for pk in page] == wanted, order


def found(register: type[Register], world: World, words: str, **more: str) -> set[int]:
    query = QueryDict(mutable=True)
    query.update({"q": words, **more})
    return set(chosen_rows(register, world.owner, filters.read(register, query, world.owner)).values_list("pk", flat=True))


@each
def test_a_list_is_searched_by_whole_words_and_their_beginnings(register: type[Register], world: World) -> None:
    record = world.record(register)
    first = str(record).split()[0]
    assert record.pk in found(register, world, str(record))
    assert record.pk in found(register, world, first[: max(1, len(first) - 1)].upper())
    assert found(register, world, f"{first} zzzz") == set()
    assert found(register, world, "-") == set()


def test_what_is_withdrawn_is_found_among_the_withdrawn(world: World) -> None:
    register = REGISTERS["risk.risk"]
    record = world.record(register)
    actions.withdraw(register, record.pk, record.version, actor(world.administrator), reason="Entered twice.")
    assert record.pk not in found(register, world, record.ref)
    assert record.pk in found(register, world, record.ref, withdrawn="yes")


@each
def test_a_record_at_hand_holds_what_the_index_finds(register: type[Register], world: World) -> None:
    """Lists of the past ask the record where lists of today ask the index."""
    records: list[Any] = list(visible_to(world.owner, register).filter(is_withdrawn=False))
    for words in (CANARY, CANARY[:4], str(records[0]), records[0].title.split()[-1], "r", "zzzz", "a b", "-", "harbour"):
        query = QueryDict(mutable=True)
        query["q"] = words
        conditions = filters.read(register, query, world.owner).conditions
        assert {record.pk for record in records if hold(conditions, record)} == found(register, world, words), words


def test_accents_and_phrases_are_compared_as_the_index_does(world: World) -> None:
    register = REGISTERS["risk.risk"]
    record = world.record(register)
    values = {"title": "Sluice-gate at Béziers jams"}
    changed = actions.change(register, record.pk, record.version, values, actor(world.administrator))
    for words in ("sluice-gate", "gate-sluice", "béziers", "beziers", "BÉZ jams", "uice"):
        assert search.has(register, changed, words) == (record.pk in found(register, world, words)), words
    assert search.has(register, changed, "sluice-ga")
    assert not search.has(register, changed, "uice")


@each
def test_a_page_of_what_is_costly_to_find_is_the_same_page(register: type[Register], world: World) -> None:
    rows = visible_to(world.owner, register)
    total = rows.count()
    for start in range(0, total + 4, 2):
        plain = counted_ids(register, rows, None, start, 2, is_costly=False)
        assert counted_ids(register, rows, None, start, 2, is_costly=True) == plain
        assert plain[1] == total


@pytest.mark.parametrize("register", [kind for kind in REGISTERS.values() if kind.is_entered], ids=lambda register: register.key)
def test_a_row_of_many_is_refused_in_the_same_words_as_one(register: type[Register], world: World) -> None:
    administrator = actor(world.administrator)
    wrong = {"title": "x" * 500, "initiative": "no such thing", "owner": "-1", "state": "never", "marking": "SECRET", "probability": "lots"}
    for values in ({}, wrong):
        with pytest.raises(Invalid) as one:
            actions.create(register, values, administrator)
        with pytest.raises(actions.InvalidRows) as many:
            actions.create_many(register, [values], administrator)
        assert many.value.rows[0] == one.value.errors


@pytest.mark.parametrize("register", [kind for kind in REGISTERS.values() if kind.is_entered], ids=lambda register: register.key)
def test_a_page_of_the_past_is_a_piece_of_the_whole_list_of_the_past(register: type[Register], world: World) -> None:
    """Rows that have changed since are put among those that have not, in every order."""
    moment = at_sequence(Change.objects.latest("sequence").sequence)
    record, administrator = world.record(register), actor(world.administrator)
    if "title" in register.fields():
        record = actions.change(register, record.pk, record.version, {"title": "0 Quite another title"}, administrator)
    actions.withdraw(register, record.pk, record.version, administrator, reason="Not needed any more.")
    selection = filters.read(register, QueryDict(), world.owner)
    for name, column in columns_of(register).items():
        for order in (Order(name), Order(name, is_descending=True)) if column.order else ():
            wanted, _past = past_ids(register, world.owner, selection, order, moment)
            assert record.pk in wanted
            pages = [past_page(register, world.owner, selection, order, moment, start, 2) for start in range(0, len(wanted), 2)]
            assert [pk for ids, _total, _past in pages for pk in ids] == wanted, order
            assert {total for _ids, total, _past in pages} == {len(wanted)}
