"""The pages of one record as they are used, for every register: made, changed, merged, withdrawn and moved by its keepers alone."""

from typing import Any

from django.db import models

from mainstay.register import actions
from mainstay.register.models import Attachment, Change, Comment, Link
from mainstay.register.spec import REGISTERS, Register
from tests import page_forms
from tests.contract import worlds
from tests.contract.record_pages import (
    CHANGING,
    CLOSED,
    ENTERED,
    FIXED,
    MOVING,
    NO_VERSIONS,
    STEPPING,
    WRITING,
    SignedIn,
    Wording,
    changes,
    keeper,
    latest,
    plain,
    read,
)
from tests.contract.worlds import World


@CLOSED
def test_a_stranger_and_a_reader_write_nothing(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    record = world.record(register)
    before, values = (
        changes(),
        {"version": record.version, "title": "Taken over", "reason": "Because", "text": "Hello", "relation": "threatens"},
    )
    for account, expected in ((world.stranger, 404), (world.nobody, 404), (world.member, 403)):
        client = signed_in(account)
        for verb in WRITING:
            if account == world.member and verb == "watch":
                continue
            assert client.post(register.url(verb, record), values).status_code == expected, (verb, account)
    assert changes() == before
    assert Change.objects.filter(verb="refused").count() == len(WRITING) * 3 - 1
    record.refresh_from_db()
    assert (record.version, record.is_withdrawn) == (world.record(register).version, False)
    assert not Comment.objects.exists() and not Attachment.objects.exists() and not Link.objects.exists()


@ENTERED
def test_a_record_is_made_by_its_form_and_once_only(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    client = signed_in(keeper(world, register))
    held = world.record(register, -1)
    form = page_forms.form_to(client.get(register.url("copy", held)), register.url("create"))
    fresh = {name: "New-1" if name == "code" else "new@example.org" for name in ("code", "email") if name in register.fields()}
    before, rows = changes(), register.model._default_manager.count()
    first, second = form.send(client, **fresh), form.send(client, **fresh)
    assert (first.status_code, second.status_code) == (302, 302), page_forms.text(first)
    assert first.headers["Location"] == second.headers["Location"]
    assert (register.model._default_manager.count(), changes()) == (rows + 1, before + 1)
    made = register.model._default_manager.latest("pk")
    for name in register.fields():
        if name not in ("code", "email"):
            assert getattr(made, name) == getattr(held, name), name


@ENTERED
def test_a_form_that_cannot_be_used_comes_back_whole(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    client = signed_in(keeper(world, register))
    form = page_forms.form_to(client.get(register.url("copy", world.record(register))), register.url("create"))
    needed = [
        name
        for name in register.fields()
        if name in form.values and not register.field(name).blank and not register.field(name).has_default()
    ]
    before = changes()
    response = form.send(client, **dict.fromkeys(needed, ""))
    assert response.status_code == 422
    assert page_forms.targets(response) and page_forms.targets(response) <= page_forms.ids(response)
    again = page_forms.form_to(response, register.url("create"))
    assert {name: value for name, value in again.values.items() if name not in needed} == {
        name: value for name, value in form.values.items() if name not in needed
    }
    assert changes() == before


@CHANGING
def test_an_edit_is_one_change_with_before_and_after(world: World, signed_in: SignedIn, key: str) -> None:
    register, wording = REGISTERS[key], Wording(REGISTERS[key])
    client, record = signed_in(keeper(world, register)), world.record(register)
    form = page_forms.form_to(client.get(register.url("edit", record)), register.url("edit", record))
    before = changes()
    assert form.send(client).status_code == 302
    assert changes() == before, f"saving what stands already leaves a trace: {latest().before} → {latest().after}"
    assert form.send(client, **wording.values("Said otherwise"), reason="A better word").status_code == 302
    change = latest()
    assert changes() == before + 1
    assert (change.verb, change.record_id, change.reason) == ("change", record.pk, "A better word")
    assert (change.before[wording.name], change.after[wording.name]) == (wording.held(record), wording.of("Said otherwise"))
    assert wording.shown("Said otherwise") in page_forms.text(client.get(register.url("history", record)))


@CHANGING
def test_how_lines_end_is_no_change(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    names = [name for name in worlds.texts(register) if type(register.field(name)) is models.TextField]
    client, record = signed_in(keeper(world, register)), world.record(register)
    values = dict.fromkeys(names, "First line\n  second")
    record = actions.change(register, record.pk, record.version, values, worlds.actor(world.administrator))
    form = page_forms.form_to(client.get(register.url("edit", record)), register.url("edit", record))
    before = changes()
    typed = {name: form.values[name].replace("\n", "\r\n") for name in names}
    assert form.send(client, **typed).status_code == 302
    assert changes() == before


@CHANGING
def test_what_is_sent_beside_the_fields_changes_nothing(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    client, record = signed_in(keeper(world, register)), world.record(register)
    form = page_forms.form_to(client.get(register.url("edit", record)), register.url("edit", record))
    loose = {
        column.attname: "7"
        for column in register.model._meta.concrete_fields
        if column.name not in register.fields() and column.attname not in ("version",)
    }
    before = changes()
    form.send(client, **loose)
    assert changes() == before
    held = register.model._default_manager.get(pk=record.pk)
    for column in register.model._meta.concrete_fields:
        assert getattr(held, column.attname) == getattr(record, column.attname), column.name


@CHANGING
def test_a_foreign_record_is_not_taken_for_a_reference(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    client, record = signed_in(keeper(world, register)), world.record(register)
    form = page_forms.form_to(client.get(register.url("edit", record)), register.url("edit", record))
    for name, target in register.references().items():
        if worlds.is_shared(target) or worlds.is_shared(register):
            continue
        foreign, nowhere = world.foreign(target).pk, 987_654
        assert str(world.foreign(target)) not in page_forms.text(client.get(register.url("edit", record)))
        answers = [form.send(client, **{name: value}) for value in (foreign, nowhere)]
        assert [answer.status_code for answer in answers] == [422, 422], name
        texts = [plain(answer).replace(str(nowhere), "#").replace(str(foreign), "#") for answer in answers]
        assert texts[0] == texts[1], name
        suggested = client.get(f"{register.url()}choices/{name}/").json()["choices"]
        assert worlds.FOREIGN_CANARY not in " ".join(suggested)


@CHANGING
def test_a_late_save_meets_the_merge_page_and_loses_nothing(world: World, signed_in: SignedIn, key: str) -> None:
    register, wording = REGISTERS[key], Wording(REGISTERS[key])
    account, record = keeper(world, register), world.record(register)
    client = signed_in(account)
    form = page_forms.form_to(client.get(register.url("edit", record)), register.url("edit", record))
    actions.change(register, record.pk, record.version, wording.values("Theirs was first"), worlds.actor(world.administrator))
    before = changes()
    answer = form.send(client, **wording.values("Mine came late"))
    assert (answer.status_code, changes()) == (409, before)
    said = page_forms.text(answer)
    assert wording.shown("Theirs was first") in said and read(getattr(record, wording.name)) in said
    merged = page_forms.form_to(answer, register.url("edit", record))
    assert merged.values[wording.name] == wording.of("Mine came late")
    assert merged.send(client, **wording.values("Both are right")).status_code == 302
    held = register.model._default_manager.get(pk=record.pk)
    assert (wording.held(held), held.version) == (wording.of("Both are right"), record.version + 2)


@CHANGING
def test_a_save_without_its_version_is_no_save(world: World, signed_in: SignedIn, key: str) -> None:
    register, wording = REGISTERS[key], Wording(REGISTERS[key])
    client, record = signed_in(keeper(world, register)), world.record(register)
    form = page_forms.form_to(client.get(register.url("edit", record)), register.url("edit", record))
    before = changes()
    for version in NO_VERSIONS if key == "risk.risk" else NO_VERSIONS[:2]:  # all registers read it with the same function
        assert form.send(client, version=version, **wording.values("Blind")).status_code == 409, version
    assert changes() == before


@FIXED
def test_what_never_changes_offers_no_change_and_takes_none(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    record, before = world.record(register), changes()
    for account in (world.owner, world.administrator):
        client = signed_in(account)
        page = page_forms.tree(client.get(register.url("detail", record)))
        links = {link.get("href") for link in page.xpath("//main//a")}
        offered = links | {form.get("action") for form in page.xpath("//main//form")}
        assert offered.isdisjoint({register.url(verb, record) for verb in MOVING})
        for verb in MOVING:
            values = {"version": record.version, "title": "Rewritten", "reason": "Because"}
            assert client.post(register.url(verb, record), values).status_code == 403, verb
        assert client.post(register.url("comment", record), {"text": "Seen"}).status_code == 302
    held = register.model._default_manager.get(pk=record.pk)
    assert (changes(), held.version, held.title) == (before + 2, record.version, record.title)


@CHANGING
def test_withdrawing_asks_why_and_can_be_undone(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    client, record = signed_in(keeper(world, register)), world.record(register)
    form = page_forms.form_to(client.get(register.url("withdraw", record)), register.url("withdraw", record))
    assert form.send(client).status_code == 422
    assert form.send(client, reason="Entered twice").status_code == 302
    shown = client.get(register.url("detail", record))
    assert "Withdrawn" in page_forms.text(shown) and "Entered twice" in page_forms.text(shown)
    back = page_forms.form_to(client.get(register.url("reinstate", record)), register.url("reinstate", record))
    assert back.send(client).status_code == 302
    assert register.model._default_manager.get(pk=record.pk).is_withdrawn is False


NOT_OFFERED = {
    "assurance.assessment": ["complete", "approve", "validate", "accept"],
    "assurance.document": ["accept"],
    "assurance.gate": ["open"],
    "assurance.interview": ["propose", "accept"],
    "assurance.member": ["book"],
    "assurance.recommendation": ["verify", "decline"],
    "assurance.review": ["plan", "begin", "issue", "close"],
    "planning.levelling": ["accept"],
    "risk.drawdown": ["approve"],
    "risk.risk": ["escalate", "delegate"],
    "transition.criterion": ["confirm"],
    "transition.plan": ["declare", "go", "settle", "stabilise"],
    "transition.step": ["start", "skip"],
}
"""Steps that something in the world speaks against: open musts, nothing held yet, a form in draft, who claims does not confirm."""


@STEPPING
def test_every_step_offered_can_be_taken(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    assert register.states is not None
    client, record, refused = signed_in(world.administrator), world.record(register), []
    for name, move in register.states.moves.items():
        rows: Any = register.model._default_manager.filter(pk=record.pk)  # only registers with states have the column
        rows.update(state=move.sources[0])
        url = f"{register.url('detail', record)}move/{name}/"
        page = client.get(url)
        if why_not := register.refusal(rows.get(), name, world.administrator):
            refused.append(name)
            assert (page.status_code, client.post(url, {"version": rows.get().version}).status_code) == (403, 403), name
            assert why_not in page_forms.text(client.get(register.url("detail", record))) and url not in page_forms.text(page)
            assert rows.get().state == move.sources[0]
            continue
        assert page.status_code == 200, name
        form = page_forms.form_to(page, url)
        if move.needs_reason:
            assert form.send(client).status_code == 422, name
        fills = {field: filling(register, field, record) for field in move.requires if not form.values.get(field)}
        answer = form.send(client, reason="It is so", **fills)
        assert answer.status_code == 302, (name, page_forms.text(answer))
        assert rows.get().state == move.target
    assert refused == NOT_OFFERED.get(key, [])


def filling(register: type[Register], name: str, record: Any) -> str:
    field = register.field(name)
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._default_manager.exclude(pk=record.pk).values_list("pk", flat=True)[0])
    if field.choices:
        return str(field.flatchoices[0][0])
    return (
        "2026-11-25"
        if isinstance(field, models.DateField)
        else "12"
        if isinstance(field, models.DecimalField | models.IntegerField)
        else "Words"
    )
