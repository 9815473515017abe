"""The list of every register: the same queries for one row and thirty, filters that say what they do, edits that conflict or fail whole."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection, models
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.register import actions, filters
from mainstay.register.access import visible_to
from mainstay.register.models import Change, SavedView
from mainstay.register.selecting import chosen_rows, ordered
from mainstay.register.spec import REGISTERS, Register
from mainstay.register.tables import columns_of
from tests.contract import worlds
from tests.contract.worlds import FOREIGN_CANARY, World, actor

SignedIn = Callable[[Account | None], Client]
REGISTER_LIST = list(REGISTERS.values())
each = pytest.mark.parametrize("register", REGISTER_LIST, ids=lambda register: register.key)
each_entered = pytest.mark.parametrize("register", [r for r in REGISTER_LIST if r.is_entered], ids=lambda register: register.key)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as held:
        assert client.get(address).status_code == 200
    return len(held)


def fragment(client: Client, register: type[Register], query: dict[str, str]) -> Any:
    """The list alone, as a press on a heading of it asks for it."""
    return client.get(register.url(), query, headers={"HX-Request": "true", "HX-Target": "list"})


def more_rows(register: type[Register], world: World, count: int) -> None:
    """`count` copies of the first row, straight into the table: only their number matters here."""
    record = world.record(register)
    for number in range(count):
        record.pk, record.id = None, None
        record._state.adding = True
        record.ref = f"{register.code}-9{number:03d}"
        if hasattr(record, "title"):
            record.title = f"Row {number}"
        for field in register.model._meta.concrete_fields:
            if field.unique and not field.primary_key:
                setattr(record, field.name, None if field.null else f"X{number}")
        if hasattr(record, "email"):
            record.email = ""
        part_from_others(record, number)
        record.save(force_insert=True)


def part_from_others(record: Any, number: int) -> None:
    """Where a table takes a row once for each day or for each row of another table, the copy gets one of its own."""
    for constraint in record._meta.constraints:
        names = getattr(constraint, "fields", ())
        days = [name for name in names if isinstance(record._meta.get_field(name), models.DateField)]
        others = [name for name in names if name != "initiative" and isinstance(record._meta.get_field(name), models.ForeignKey)]
        if days:
            setattr(record, days[0], getattr(record, days[0]) + timedelta(days=number + 1))
        elif others:
            target = getattr(record, others[0])
            target.pk, target.id, target.ref, target._state.adding = None, None, f"OTHER-{number}", True
            target.title = f"{target.title[:60]} {number}"
            if hasattr(target, "email"):
                target.email = ""
            part_from_others(target, number)
            target.save(force_insert=True)
            setattr(record, others[0], target)


@each
def test_a_list_takes_the_same_queries_for_few_rows_and_for_many(register: type[Register], world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    client.get(register.url())  # what is read once for a process
    few = queries(client, register.url())
    more_rows(register, world, 30)
    assert queries(client, register.url()) == few


@each
def test_a_list_shows_what_its_reader_may_see(register: type[Register], world: World, signed_in: SignedIn) -> None:
    for account in (world.owner, world.member, world.stranger, world.administrator):
        answer = signed_in(account).get(f"{register.url()}?per=200&view=all")
        seen = {int(pk) for pk in re.findall(rf'href="{register.url()}(\d+)/"', answer.content.decode())}
        assert seen == set(visible_to(account, register).filter(is_withdrawn=False).values_list("pk", flat=True))
        if account in (world.owner, world.member):
            assert FOREIGN_CANARY not in answer.content.decode()
    assert signed_in(world.nobody).get(register.url()).status_code == 404
    assert signed_in(None).get(register.url()).status_code == 302


@each
def test_every_column_can_be_shown_and_sorted(register: type[Register], world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    names = list(columns_of(register))
    assert client.get(register.url(), {"columns": ",".join(reversed(names)), "view": "all"}).status_code == 200
    for name, column in columns_of(register).items():
        if column.order:
            assert fragment(client, register, {"sort": f"-{name}", "columns": "ref"}).status_code == 200, name


@each
def test_every_column_takes_every_question(register: type[Register], world: World, signed_in: SignedIn) -> None:
    """Each question by itself of the database, where one that breaks would show; all of them together of the page."""
    asked: dict[str, list[str]] = {"none": [], "zzz": [], "5": [], "%_'\"<b>": []}
    for column in filters.filterable(register):
        if column.name == "as_at":
            continue  # by itself the name asks for the list of another day, and the column is never empty
        for name, value in ((column.name, "none"), (column.name, "zzz"), (f"{column.name}.from", "5"), (f"{column.name}.has", "%_'\"<b>")):
            found = filters.read(register, QueryDict(urlencode({name: value})), world.owner)
            assert chosen_rows(register, world.owner, found).count() >= 0, (name, value)
            asked[value].append(name)
    for value, columns in asked.items():
        assert signed_in(world.owner).get(register.url(), dict.fromkeys(columns, value)).status_code == 200, value


@each
def test_a_filter_by_a_rows_own_value_finds_the_row(register: type[Register], world: World) -> None:
    record = world.record(register)
    for column in filters.filterable(register):
        value = getattr(record, column.name)
        if value in (None, "") or column.kind in ("moment", "long", "text"):
            continue
        text = str(getattr(value, "pk", value)) if column.kind != "yes_no" else ("yes" if value else "no")
        query = QueryDict(mutable=True)
        if column.kind in ("number", "date"):
            query[f"{column.name}.from"] = query[f"{column.name}.to"] = str(value)
        else:
            query[column.name] = text
        found = filters.read(register, query, world.owner)
        assert found.problems == []
        assert record.pk in set(chosen_rows(register, world.owner, found).values_list("pk", flat=True)), column.name


@each
def test_the_list_of_the_past_is_the_list_as_it_was(register: type[Register], world: World, signed_in: SignedIn) -> None:
    """Sorting and filtering of a moment are done twice, by the database and by hand: they must agree where nothing has changed."""
    client = signed_in(world.owner)
    sequence = Change.objects.order_by("-sequence").values_list("sequence", flat=True)[0]
    for name, column in columns_of(register).items():
        if column.order:
            query = {"sort": name, "per": "200", "columns": "ref"}
            live = rows_on(fragment(client, register, query), register)
            assert rows_on(fragment(client, register, query | {"as_at": f"#{sequence}"}), register) == live != [], name


def rows_on(answer: Any, register: type[Register]) -> list[int]:
    assert answer.status_code == 200
    return list(dict.fromkeys(int(pk) for pk in re.findall(r'data-pk="(\d+)"', answer.content.decode())))


@each_entered
def test_an_edit_is_seen_in_the_comparison_and_not_before_it(register: type[Register], world: World, signed_in: SignedIn) -> None:
    client, record = signed_in(world.administrator), world.record(register)
    sequence = Change.objects.order_by("-sequence").values_list("sequence", flat=True)[0]
    old = record.title
    values = {"title": "Another title entirely"} if "title" in register.fields() else None
    if values is None:
        pytest.skip("has no title of its own to change")
    actions.change(register, record.pk, record.version, values, actor(world.administrator))
    compared = client.get(register.url(), {"compare": f"#{sequence}", "columns": "ref,title"}).content.decode()
    assert f"<s>{old}</s>".replace("'", "&#x27;") in compared and "Another title entirely" in compared
    assert "Another title entirely" not in client.get(register.url(), {"as_at": f"#{sequence}", "columns": "ref,title"}).content.decode()
    only = rows_on(client.get(register.url(), {"compare": f"#{sequence}", "only": "changed"}), register)
    assert only == [record.pk]


@each_entered
def test_a_withdrawn_row_stays_in_the_comparison_and_leaves_the_list(register: type[Register], world: World, signed_in: SignedIn) -> None:
    client, record = signed_in(world.administrator), world.record(register)
    sequence = Change.objects.order_by("-sequence").values_list("sequence", flat=True)[0]
    actions.withdraw(register, record.pk, record.version, actor(world.administrator), reason="A double.")
    assert record.pk not in rows_on(client.get(register.url(), {"per": "200", "view": "all"}), register)
    answer = client.get(register.url(), {"compare": f"#{sequence}", "per": "200"})
    assert record.pk in rows_on(answer, register)
    assert 'class="is-gone"' in answer.content.decode()
    assert record.pk in rows_on(client.get(register.url(), {"withdrawn": "yes"}), register)


@each_entered
def test_a_cell_is_edited_where_it_stands(register: type[Register], world: World, signed_in: SignedIn) -> None:
    record = world.record(register)
    for name in register.inline:
        url = f"{register.url()}{record.pk}/cell/{name}/?columns={','.join(register.columns)}"
        form = signed_in(world.administrator).get(url)
        assert form.status_code == 200 and f'name="{name}"' in form.content.decode(), name
        assert signed_in(world.member).get(url).status_code == 403
        if register in worlds.closed():
            assert signed_in(world.stranger).get(url).status_code == 404
        stale = signed_in(world.administrator).post(url, {name: "", "version": record.version + 1})
        assert stale.status_code == 409, name
        assert signed_in(world.administrator).post(url, {name: ""}).status_code == 409, "a version is needed"
    answer = signed_in(world.administrator).get(f"{register.url()}{record.pk}/cell/is_withdrawn/")
    assert answer.status_code == 404


def test_a_saved_cell_answers_with_its_row(world: World, signed_in: SignedIn) -> None:
    register = REGISTERS["risk.risk"]
    record = world.record(register)
    url = f"{register.url()}{record.pk}/cell/probability/?columns=ref,probability,expected_cost"
    answer = signed_in(world.owner).post(url, {"probability": "60 %", "version": record.version})
    assert answer.status_code == 200
    assert answer.headers["X-Version"] == str(record.version + 1)
    assert "700,000" in answer.content.decode(), "what is worked out from the cell comes with it"
    refused = signed_in(world.owner).post(url, {"probability": "135", "version": record.version + 1})
    assert refused.status_code == 422
    assert "R-001, probability, %: Probability, % is 135. Enter 0 to 100." in refused.content.decode()
    lost = signed_in(world.owner).post(url, {"probability": "61", "version": record.version})
    assert lost.status_code == 409
    assert "30 → 60" in lost.content.decode() and "you typed “61”" in lost.content.decode()
    assert register.model._default_manager.get(pk=record.pk).probability == 60


@each_entered
def test_many_rows_are_changed_or_none(register: type[Register], world: World, signed_in: SignedIn) -> None:
    """One of two rows has been changed since: neither is saved, and the one is named."""
    client = signed_in(world.administrator)
    records = list(visible_to(world.administrator, register).order_by("pk")[:2])
    name = next(field for field in register.inline)
    rows = f"{records[0].pk}:{records[0].version},{records[-1].pk}:{records[-1].version + 5}"
    body = {"do": "change", "step": "apply", "rows": rows, "field": name, f"value-{name}": "", "reason": "x"}
    before = Change.objects.count()
    answer = client.post(register.url("bulk"), body)
    assert answer.status_code == 422
    assert Change.objects.count() == before


def test_rows_are_withdrawn_together_with_a_reason(world: World, signed_in: SignedIn) -> None:
    register = REGISTERS["risk.risk"]
    client = signed_in(world.owner)
    body = {"do": "withdraw", "all": "yes", "query": ""}
    first = client.post(register.url("bulk"), body)
    assert first.status_code == 200
    rows = re.search(r'name="rows" value="([^"]*)"', first.content.decode())
    assert rows is not None
    assert client.post(register.url("bulk"), {"do": "withdraw", "step": "preview", "rows": rows[1]}).status_code == 422
    done = client.post(register.url("bulk"), {"do": "withdraw", "step": "apply", "rows": rows[1], "reason": "Another register holds them."})
    assert done.status_code == 302
    assert not visible_to(world.owner, register).filter(is_withdrawn=False).exists()
    assert visible_to(world.administrator, register).filter(is_withdrawn=False).exists(), "the other programme's rows are not touched"


def test_bulk_takes_no_row_that_is_not_the_writers(world: World, signed_in: SignedIn) -> None:
    register = REGISTERS["risk.risk"]
    foreign = world.foreign(register)
    body = {"do": "change", "step": "apply", "rows": f"{foreign.pk}:{foreign.version}", "field": "category", "value-category": "mine now"}
    answer = signed_in(world.owner).post(register.url("bulk"), body)
    assert answer.status_code == 422
    assert foreign.title not in answer.content.decode()
    assert register.model._default_manager.get(pk=foreign.pk).category == foreign.category


def test_a_view_is_saved_shared_renamed_made_the_default_and_deleted(world: World, signed_in: SignedIn) -> None:
    register = REGISTERS["risk.risk"]
    client = signed_in(world.owner)
    client.post(
        register.url("views"), {"do": "save", "name": "Mine to watch", "query": "sort=-probability&state=open&page=2", "is_shared": "yes"}
    )
    view = SavedView.objects.get(name="Mine to watch")
    assert view.query == "sort=-probability&state=open"
    assert view.path == world.programme.path
    assert "Mine to watch" in signed_in(world.member).get(register.url()).content.decode()
    assert "Mine to watch" not in signed_in(world.stranger).get(register.url()).content.decode()
    assert signed_in(world.member).post(register.url("views"), {"do": "delete", "id": view.pk}).status_code == 404
    client.post(register.url("views"), {"do": "rename", "id": view.pk, "name": "Watched"})
    client.post(register.url("views"), {"do": "default", "id": view.pk})
    assert client.get(register.url()).headers["Location"] == f"{register.url()}?sort=-probability&state=open&view={view.pk}"
    assert client.get(f"{register.url()}?view=all").status_code == 200
    client.post(register.url("views"), {"do": "delete", "id": view.pk})
    assert client.get(register.url()).status_code == 200


def test_nothing_is_changed_from_a_page_of_the_past(world: World, signed_in: SignedIn) -> None:
    register = REGISTERS["risk.risk"]
    record = world.record(register)
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    url = f"{register.url()}{record.pk}/cell/probability/?as_at={day}"
    assert signed_in(world.owner).post(url, {"probability": "50", "version": record.version}).status_code == 409
    page = signed_in(world.owner).get(f"{register.url()}?as_at={day}").content.decode()
    assert "data-cell=" not in page and 'id="bulk"' not in page


@pytest.mark.parametrize(
    "query",
    [
        "page=99999",
        "page=-1",
        "page=x",
        "per=7",
        "sort=nonsense",
        "sort=-",
        "columns=,,",
        "columns=nope",
        "compare=never",
        "in=999999",
        "q=%00",
        "owner=%00",
        "view=12345",
    ],
)
def test_an_address_that_says_nonsense_gets_a_list(query: str, world: World, signed_in: SignedIn) -> None:
    assert signed_in(world.owner).get(f"/risk/risk/?{query}", follow=True).status_code == 200


def test_what_is_empty_comes_last_both_ways(world: World) -> None:
    register = REGISTERS["risk.risk"]
    from mainstay.register.selecting import Order  # beside its only use

    rows = visible_to(world.owner, register)
    for is_descending in (False, True):
        values = [row.days_likely for row in ordered(register, rows, Order("days_likely", is_descending))]
        assert None in values and values.index(None) == len([value for value in values if value is not None])
