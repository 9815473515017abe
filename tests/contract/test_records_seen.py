"""The pages of one record as they are read, for every register: whole for its readers, nothing for strangers, the past as it was."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainstay.register import about, actions
from mainstay.register.models import Attachment, Change, Link
from mainstay.register.spec import REGISTERS
from tests import page_forms
from tests.contract import worlds
from tests.contract.record_pages import (
    CHANGING,
    CLOSED,
    EVERY,
    READING,
    TELLING,
    WRITING,
    SignedIn,
    Wording,
    changes,
    keeper,
    plain,
    read,
    verbs_of,
    words_of,
)
from tests.contract.worlds import World


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
    record = world.record(register, -1)
    made = Change.objects.filter(register=key, record_id=record.pk).earliest("sequence")
    assert made.sequence > 1
    client = signed_in(keeper(world, register))
    assert client.get(f"{register.url('detail', record)}?as_at=%23{made.sequence - 1}").status_code == 404


@TELLING
def test_a_comparison_strikes_out_what_was(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    record, name = world.record(register), words_of(register)[0]
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
        with CaptureQueriesContext(connection) as queries:
            assert client.get(register.url(verb, record)).status_code == 200
        return len(queries)

    hang(2)
    verbs, wording = verbs_of(register, ("detail", "history", "edit")), Wording(register)
    for number in range(0 if register.is_fixed else 8):
        held = register.model._default_manager.get(pk=record.pk)
        actions.change(register, record.pk, held.version, wording.values(f"Title {number}"), by)
    for verb in verbs:
        client.get(register.url(verb, record))  # what is read once for a process
    few = [asked(verb) for verb in verbs]
    hang(20)
    assert all(more <= before for more, before in zip([asked(verb) for verb in verbs], few, strict=True))
    # The page of an initiative asks each register once what is new in it, that of a person each that names people once who is meant.
    assert few[0] <= (40 + len(REGISTERS) if key in ("initiatives.initiative", "organisation.person") else 60)
