"""The pages of one record keep their promises, for every register: seen by its readers, changed by its keepers, unknown to strangers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from zlib import crc32

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mainstay.accounts.models import Account
from mainstay.register import about, actions
from mainstay.register.models import Attachment, Change, Comment, Link, Watch
from mainstay.register.spec import REGISTERS, Register
from mainstay.register.values import plain as plain_value
from tests import page_forms
from tests.contract import worlds
from tests.contract.worlds import World

SignedIn = Callable[[Account | None], Client]
EVERY = pytest.mark.parametrize("key", sorted(REGISTERS))
CHANGING = pytest.mark.parametrize("key", sorted(key for key, register in REGISTERS.items() if not register.is_fixed))
FIXED = pytest.mark.parametrize("key", sorted(key for key, register in REGISTERS.items() if register.is_fixed))
ENTERED = pytest.mark.parametrize("key", sorted(key for key, register in REGISTERS.items() if register.is_entered))
CLOSED_AND_CHANGING = pytest.mark.parametrize("key", sorted(register.key for register in worlds.closed() if not register.is_fixed))
CLOSED = pytest.mark.parametrize("key", sorted(register.key for register in worlds.closed()))
MOVING = ("edit", "withdraw", "reinstate", "attach", "link")
"""Pages whose use changes the record or what belongs to it."""
NO_VERSIONS = (None, "0", "", "-1", "x", "99999999999999999999", "١")
READING = ("detail", "history", "edit", "copy", "withdraw", "reinstate", "link")
WRITING = ("edit", "withdraw", "reinstate", "comment", "attach", "link", "watch")


def keeper(world: World, register: type[Register]) -> Account:
    """Somebody who may keep the register: the head of office, or the administrator where a register is nobody's place."""
    return world.owner if not worlds.is_shared(register) else world.administrator


def changes() -> int:
    return Change.objects.exclude(verb="refused").count()


def latest() -> Change:
    return Change.objects.latest("sequence")


def verbs_of(register: type[Register], verbs: tuple[str, ...]) -> list[str]:
    return [verb for verb in verbs if (register.is_entered or verb != "copy") and not (register.is_fixed and verb in MOVING)]


class Wording:
    """Puts words into a text field of a register; where it has none, a day that stands for these words."""

    def __init__(self, register: type[Register]) -> None:
        texts = ["title"] if "title" in register.fields() else worlds.texts(register)
        days = [name for name in register.fields() if isinstance(register.field(name), models.DateField) and not register.field(name).null]
        self.name, self.is_day = (texts or days)[0], not texts

    def of(self, words: str) -> str:
        """What is sent."""
        return (date(2020, 1, 1) + timedelta(days=crc32(words.encode()) % 2000)).isoformat() if self.is_day else words

    def values(self, words: str) -> dict[str, Any]:
        return {self.name: self.of(words)}

    def shown(self, words: str) -> str:
        """What a page then says."""
        return read(date.fromisoformat(self.of(words))) if self.is_day else words

    def held(self, record: Any) -> str:
        return str(plain_value(getattr(record, self.name)))


def read(value: Any) -> str:
    return f"{value.day} {value:%b %Y}" if isinstance(value, date) else str(value)


@EVERY
def test_a_reader_sees_every_value_of_a_record(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    record = world.record(register)
    for account in (world.owner, world.member):
        response = signed_in(account).get(register.url("detail", record))
        assert response.status_code == 200
        said = page_forms.text(response)
        assert str(record) in said
        for name in register.fields():
            if name not in ("title", "marking"):
                assert register.label(name) in said, name


@EVERY
def test_a_reader_is_offered_nothing_that_would_be_refused(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    record = world.record(register)
    response = signed_in(world.member).get(register.url("detail", record))
    page = page_forms.tree(response)
    offered = {form.get("action") for form in page.xpath('//main//form[@method="post"]')} - {register.url("watch", record)}
    assert offered == set()
    links = {link.get("href") for link in page.xpath("//main//a")}
    assert links.isdisjoint({register.url(verb, record) for verb in verbs_of(register, ("edit", "withdraw", "reinstate", "copy"))})


@CLOSED
def test_a_stranger_is_told_that_there_is_nothing(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    record = world.record(register)
    nowhere = record.pk + 10_000
    stranger, nobody = signed_in(world.stranger), signed_in(world.nobody)
    for verb in verbs_of(register, READING):
        none = stranger.get(register.url(verb, nowhere))
        for answer in (stranger.get(register.url(verb, record)), nobody.get(register.url(verb, record))):
            assert (answer.status_code, none.status_code) == (404, 404), verb
            assert plain(answer) == plain(none), verb
    assert signed_in(None).get(register.url("detail", record)).status_code == 302


def plain(response: Any) -> str:
    """The page's words without the line that names time and number of the request."""
    page = page_forms.tree(response)
    for line in page.xpath("//main//code/.."):
        line.drop_tree()
    return " ".join(page.xpath('//*[@id="main"]')[0].text_content().split())


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


@EVERY
def test_reading_writes_nothing(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    record, client = world.record(register), signed_in(keeper(world, register))
    client.get(register.url("detail", record))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for verb in verbs_of(register, READING):
            assert client.get(register.url(verb, record)).status_code == 200, verb
        for verb in ("create", "guide") if register.is_entered else ("guide",):
            assert client.get(register.url(verb)).status_code == 200, verb
    wrote = [query["sql"] for query in asked if query["sql"].split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE")]
    assert wrote == []


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


@EVERY
def test_every_step_offered_can_be_taken(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    if register.states is None:
        return
    client, record = signed_in(world.administrator), world.record(register)
    for name, move in register.states.moves.items():
        rows: Any = register.model._default_manager.filter(pk=record.pk)  # only registers with states have the column
        rows.update(state=move.sources[0])
        url = f"{register.url('detail', record)}move/{name}/"
        page = client.get(url)
        assert page.status_code == 200, name
        form = page_forms.form_to(page, url)
        if move.needs_reason:
            assert form.send(client).status_code == 422, name
        fills = {field: filling(register, field) for field in move.requires if not form.values.get(field)}
        answer = form.send(client, reason="It is so", **fills)
        assert answer.status_code == 302, (name, page_forms.text(answer))
        assert rows.get().state == move.target


def filling(register: type[Register], name: str) -> str:
    field = register.field(name)
    return (
        "2026-11-25"
        if isinstance(field, models.DateField)
        else "12"
        if isinstance(field, models.DecimalField | models.IntegerField)
        else "Words"
    )


@CHANGING
def test_comments_files_links_and_watching(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    account = keeper(world, register)
    client, record, other = signed_in(account), world.record(register), world.record(REGISTERS["risk.risk"], 1)
    url = register.url("detail", record)
    assert client.post(register.url("comment", record), {"text": "Seen <b>on</b> site"}).status_code == 302
    file = SimpleUploadedFile("minutes.txt", b"What was said", content_type="text/html")
    assert client.post(register.url("attach", record), {"file": file}).status_code == 302
    assert client.post(register.url("link", record), {"relation": "threatens", "to": f"risk.risk:{other.pk}"}).status_code == 302
    assert client.post(register.url("watch", record), {"do": "watch"}).status_code == 302
    page = client.get(url)
    assert b"Seen &lt;b&gt;on&lt;/b&gt; site" in page.content
    assert "minutes.txt" in page_forms.text(page) and str(other) in page_forms.text(page) and "Stop watching" in page_forms.text(page)
    held = Attachment.objects.get()
    download = client.get(f"{register.url('attach', record)}{held.pk}/")
    assert (download.content, download.headers["Content-Type"]) == (b"What was said", "application/octet-stream")
    assert download.headers["Content-Disposition"] == 'attachment; filename="minutes.txt"'
    assert "sandbox" in download.headers["Content-Security-Policy"]
    back = signed_in(world.owner).get(REGISTERS["risk.risk"].url("detail", other))
    assert "threatened by" in page_forms.text(back) and str(record) in page_forms.text(back)
    for path in (
        f"{register.url('comment', record)}{Comment.objects.get().pk}/remove/",
        f"{register.url('attach', record)}{held.pk}/remove/",
    ):
        assert client.post(path).status_code == 302
    assert client.post(f"{register.url('link', record)}{Link.objects.get().pk}/remove/").status_code == 302
    assert client.get(f"{register.url('attach', record)}{held.pk}/").status_code == 404
    verbs = list(Change.objects.filter(register=key, record_id=record.pk).order_by("sequence").values_list("verb", flat=True))
    assert verbs[-6:] == ["comment", "attach", "link", "uncomment", "detach", "unlink"]


@CLOSED_AND_CHANGING
def test_what_hangs_on_a_record_is_as_closed_as_the_record(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    record, owner = world.record(register), worlds.actor(world.owner)
    file = about.attach(register, record.pk, SimpleUploadedFile("a.txt", b"words"), owner)
    comment = about.comment(register, record.pk, "Mine", owner)
    stranger = signed_in(world.stranger)
    own = world.foreign(register)
    for place in (record, own):
        assert stranger.get(f"{register.url('attach', place)}{file.pk}/").status_code == 404
        assert stranger.post(f"{register.url('attach', place)}{file.pk}/remove/").status_code == 404
        assert stranger.post(f"{register.url('comment', place)}{comment.pk}/remove/").status_code == 404
    said = [
        plain(stranger.post(register.url("link", own), {"relation": "threatens", "to": f"{key}:{pk}"}))
        for pk in (record.pk, record.pk + 10_000)
    ]
    assert said[0] == said[1]
    assert not Link.objects.exists()


@CLOSED_AND_CHANGING
def test_a_link_is_told_only_where_both_ends_may_be_seen(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    record, foreign = world.record(register), world.foreign(register)
    Link.objects.create(register=key, record_id=record.pk, relation="threatens", to_register=key, to_id=foreign.pk, by=world.administrator)
    assert str(foreign) in page_forms.text(signed_in(world.administrator).get(register.url("detail", record)))
    assert worlds.FOREIGN_CANARY not in page_forms.text(signed_in(world.owner).get(register.url("detail", record)))
    answer = signed_in(world.owner).post(f"{register.url('link', record)}{Link.objects.get().pk}/remove/")
    assert answer.status_code == 404


@CHANGING
def test_a_watcher_is_told_of_changes_by_others_until_seen(world: World, signed_in: SignedIn, key: str) -> None:
    register, wording = REGISTERS[key], Wording(REGISTERS[key])
    record, client = world.record(register), signed_in(world.member)
    client.post(register.url("watch", record), {"do": "watch"})
    assert "since you looked" not in page_forms.text(client.get(register.url("detail", record)))
    actions.change(register, record.pk, record.version, wording.values("Changed meanwhile"), worlds.actor(world.administrator))
    assert "1 change since you looked" in page_forms.text(client.get(register.url("detail", record)))
    title = str(register.model._default_manager.get(pk=record.pk))
    assert title in watched(client) and register.label(wording.name) in watched(client)
    client.post(register.url("watch", record), {"do": "seen"})
    assert "since you looked." not in page_forms.text(client.get(register.url("detail", record)))
    assert title not in watched(client)
    client.post(register.url("watch", record), {"do": "unwatch"})
    assert not Watch.objects.filter(is_withdrawn=False).exists()


def watched(client: Client) -> str:
    """What the home page says has changed since one looked."""
    return " ".join(page_forms.tree(client.get("/")).xpath('//*[@id="watched"]')[0].text_content().split())


@CHANGING
def test_the_past_shows_what_was_and_takes_nothing(world: World, signed_in: SignedIn, key: str) -> None:
    register, wording = REGISTERS[key], Wording(REGISTERS[key])
    record = world.record(register)
    sequence = Change.objects.latest("sequence").sequence
    actions.change(register, record.pk, record.version, wording.values("Only since lately"), worlds.actor(world.administrator))
    client, then, late = signed_in(keeper(world, register)), f"?as_at=%23{sequence}", wording.shown("Only since lately")
    assert late in page_forms.text(client.get(register.url("detail", record)))
    past = client.get(register.url("detail", record) + then)
    assert late not in page_forms.text(past) and read(getattr(record, wording.name)) in page_forms.text(past)
    links = [link.get("href") for link in page_forms.tree(past).xpath("//main//a") if link.get("href").startswith("/")]
    assert links and all("as_at=%23" in link for link in links)
    before = changes()
    for verb in WRITING:
        answer = client.post(
            register.url(verb, record) + then, {"version": record.version + 1, "title": "Rewritten", "text": "x", "reason": "x"}
        )
        assert answer.status_code == 409, verb
    assert client.get(register.url("edit", record) + then).status_code == 409
    assert changes() == before


@EVERY
def test_before_it_was_made_there_was_nothing(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    record = world.record(register)
    made = Change.objects.filter(register=key, record_id=record.pk).earliest("sequence")
    if made.sequence == 1:
        return
    client = signed_in(keeper(world, register))
    assert client.get(f"{register.url('detail', record)}?as_at=%23{made.sequence - 1}").status_code == 404


@CHANGING
def test_a_comparison_strikes_out_what_was(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    names = [name for name in worlds.texts(register) if name not in ("title", "ref")]
    if not names:
        return
    record, name = world.record(register), names[0]
    sequence = Change.objects.latest("sequence").sequence
    actions.change(register, record.pk, record.version, {name: "Newly put"}, worlds.actor(world.administrator))
    page = signed_in(keeper(world, register)).get(f"{register.url('detail', record)}?compare=%23{sequence}")
    assert "1 value differs" in page_forms.text(page)
    struck = [element.text_content() for element in page_forms.tree(page).xpath("//main//s")]
    assert struck == [str(getattr(record, name)) or "–"]


@EVERY
def test_a_page_takes_the_same_queries_however_much_hangs_on_it(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    record, account = world.record(register), keeper(world, register)
    client, by = signed_in(account), worlds.actor(world.administrator)
    others = [REGISTERS["risk.risk"].model._default_manager.get(pk=pk) for pk in world.mine["risk.risk"]]

    def hang(count: int) -> None:
        for number in range(count):
            about.comment(register, record.pk, f"Remark {number}", by)
            Link.objects.create(register=key, record_id=record.pk, relation="causes", to_register="risk.risk", to_id=others[number % 2].pk)
            Attachment.objects.create(register=key, record_id=record.pk, name=f"{number}.txt", digest="0" * 64, size=5, by=by.account)

    def asked(verb: str) -> int:
        client.get(register.url(verb, record))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(register.url(verb, record)).status_code == 200
        return len(queries)

    hang(2)
    verbs, wording = verbs_of(register, ("detail", "history", "edit")), Wording(register)
    for number in range(0 if register.is_fixed else 8):
        held = register.model._default_manager.get(pk=record.pk)
        actions.change(register, record.pk, held.version, wording.values(f"Title {number}"), by)
    few = [asked(verb) for verb in verbs]
    hang(20)
    assert all(more <= before for more, before in zip([asked(verb) for verb in verbs], few, strict=True))
    assert few[0] <= 60
