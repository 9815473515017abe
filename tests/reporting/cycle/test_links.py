"""A signed link opens one return to the person who supplies it, dies with every reason for it, and tells a guesser nothing."""

import json
import logging
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mainstay.accounts.models import Account, Guess
from mainstay.cli import main
from mainstay.initiatives.models import Appointment
from mainstay.initiatives.working_days import working_day
from mainstay.organisation.models import Person
from mainstay.post import sending
from mainstay.post.models import Message
from mainstay.register import actions, document, store
from mainstay.register.history import faults
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS
from mainstay.reporting.cycle import chase, content, linking
from mainstay.reporting.cycle import supplier as gone
from mainstay.reporting.cycle.content import ContentError
from mainstay.reporting.models import Commission, Return, ReturnLink
from mainstay.risk.models import Risk
from mainstay.web.logs import JsonLines
from tests.contract import telltales, worlds
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
RETURN, RISK = REGISTERS["reporting.project_return"], REGISTERS["risk.risk"]
NEEDED = {"q.rating": "green", "q.summary": "All well.", "was.q.rating": "", "was.q.summary": ""}


@pytest.fixture
def supplier(world: World) -> Person:
    """Somebody outside: no account, no role."""
    values = {"title": "Pat Outside", "email": "pat@supplier.example.org"}
    made: Person = actions.create(REGISTERS["organisation.person"], values, actor(world.administrator))
    return made


@pytest.fixture
def asked(row: Return, supplier: Person) -> Return:
    """The return asked of them, due in a week."""
    due = timezone.localdate() + timedelta(days=7)
    Return.objects.filter(pk=row.pk).update(owner=supplier, due_on=due)
    Return.objects.exclude(pk=row.pk).update(state="accepted")
    Commission.objects.filter(pk=row.commission_id).update(opens_on=date(2026, 11, 1), due_on=due)
    row.refresh_from_db()
    return row


@pytest.fixture
def url(asked: Return) -> str:
    """The link in the mail."""
    chase.run()
    found = re.findall(r"\S*/answer/\S+", Message.objects.get(key=f"return-{asked.pk}-asked").body)
    assert len(found) == 1
    return str(found[0])


def page(url: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def shown(url: str) -> str:
    """The rows that the page shows, as it seals them."""
    found = re.search(r'name="shown" value="([^"]+)"', page(url))
    assert found is not None
    return found.group(1)


def save(url: str, values: dict[str, str]) -> Any:
    return Client().post(url, {"shown": shown(url), **values}, headers={"X-Save": "yes"})


def send(url: str, **values: str) -> Any:
    return Client().post(url, {**NEEDED, **values, "do": "send"})


# What it opens


def test_the_mail_holds_the_link_and_the_calendar_does_not(asked: Return, url: str) -> None:
    message = Message.objects.get(key=f"return-{asked.pk}-asked")
    assert message.to == "pat@supplier.example.org"
    assert "without signing in" in message.body
    assert "/answer/" not in message.calendar
    assert url.rstrip("/").rpartition("/")[2] not in json.dumps(list(ReturnLink.objects.values()), default=str)


def test_the_reminder_holds_the_same_link(asked: Return, url: str) -> None:
    chase.run(asked.due_on)
    assert url in Message.objects.get(key=f"return-{asked.pk}-reminder").body
    assert ReturnLink.objects.count() == 1


def test_it_shows_the_form_of_this_return_and_no_way_to_another_page(asked: Return, risk: Risk, url: str) -> None:
    text = page(url)
    for words in ("Rating", "Yard closes", "Send to the programme office", "Pat Outside"):
        assert words in text
    assert re.findall(r'<a\b[^>]*href="(?!#)', text) == []
    assert "ms-rail" not in text


def test_looking_writes_nothing_whoever_looks_and_however_often(asked: Return, url: str) -> None:
    before = telltales.stored()
    for _number in range(3):
        assert Client().get(url).status_code == Client().head(url).status_code == 200
    assert telltales.stored() == before
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_an_answer_is_saved_as_it_is_given_and_the_history_says_by_whom(world: World, asked: Return, risk: Risk, url: str) -> None:
    key = f"r.risk.risk.{risk.pk}.probability"
    answer = save(url, {"q.summary": "All well.", "was.q.summary": "", key: "55", f"was.{key}": "30"})
    assert answer.status_code == 200
    assert answer.json()["faults"] == {}
    asked.refresh_from_db()
    risk.refresh_from_db()
    assert (asked.state, asked.answers["summary"], risk.probability) == ("started", "All well.", 55)
    events = Change.objects.filter(channel="link").order_by("sequence")
    assert {(event.actor_id, event.actor_name) for event in events} == {(None, "Pat Outside")}
    assert {event.verb for event in events} == {"change", "start"}
    assert list(faults()) == []


def test_a_row_that_ceases_to_be_asked_by_an_answer_can_still_be_answered(asked: Return, risk: Risk, url: str) -> None:
    before, key = shown(url), f"r.risk.risk.{risk.pk}."
    Risk.objects.filter(pk=risk.pk).update(is_withdrawn=False)
    for name, text, was in (("probability", "55", "30"), ("response", "accept", "")):
        values = {"shown": before, f"{key}{name}": text, f"was.{key}{name}": was}
        answer = Client().post(url, values, headers={"X-Save": "yes"})
        assert answer.status_code == 200


def test_the_same_faults_are_told(asked: Return, url: str) -> None:
    answer = save(url, {"q.spent": "much", "was.q.spent": ""})
    assert answer.json()["faults"] == {"q.spent": "Spent, £ is “much”. Enter an amount such as 43,900,000 or 43.9m."}
    told = Client().post(url, {"q.summary": "All well.", "was.q.summary": "", "do": "send"})
    assert told.status_code == 422
    assert "Rating: an answer is needed." in told.content.decode()


def test_sent_it_thanks_shows_what_was_sent_and_stays_until_it_is_accepted(world: World, asked: Return, url: str) -> None:
    assert send(url).status_code == 302
    text = page(url)
    for words in ("Sent, thank you", "Pat Outside sent this return on", "All well."):
        assert words in text
    asked.refresh_from_db()
    assert asked.state == "sent"
    for move, status in (("check", 200), ("reject", 200)):
        asked = actions.move(RETURN, asked.pk, asked.version, move, actor(world.owner), reason="Say what the yard does.")
        assert Client().get(url).status_code == status
    assert "Say what the yard does." in page(url)
    chase.run()
    assert url in Message.objects.get(key=f"return-{asked.pk}-back-1").body
    assert send(url, **{"q.summary": "The yard stays.", "was.q.summary": "All well.", "was.q.rating": "green"}).status_code == 302
    asked.refresh_from_db()
    for move in ("check", "accept"):
        asked = actions.move(RETURN, asked.pk, asked.version, move, actor(world.owner))
    assert Client().get(url).status_code == 404


def test_it_opens_nothing_beside_the_return(world: World, asked: Return, url: str) -> None:
    client = Client()
    page(url, client)
    for other in (
        "/",
        f"/reporting/returns/{asked.pk}/",
        RETURN.url("detail", asked),
        "/risk/risk/",
        f"/api/v1/reporting/project_return/{asked.pk}",
    ):
        assert client.get(other).status_code in (302, 401), other
    assert "sessionid" not in client.cookies
    assert "session" not in client.cookies


def test_rows_that_are_not_asked_about_stay_whatever_the_form_says(world: World, asked: Return, url: str) -> None:
    foreign = world.foreign(RISK)
    elsewhere = Risk.objects.filter(initiative=world.programme).first()
    assert elsewhere is not None
    for other in (foreign, elsewhere):
        key = f"r.risk.risk.{other.pk}.probability"
        told = save(url, {key: "99", f"was.{key}": str(other.probability or "")}).json()
        assert set(told["faults"]) == {key}
        assert other.title not in json.dumps(told)
        assert Risk.objects.get(pk=other.pk).probability == other.probability


def test_rows_that_another_link_has_shown_are_not_shown_by_this_one(asked: Return, url: str) -> None:
    link = ReturnLink.objects.get()
    forged = shown(url)
    ReturnLink.objects.filter(pk=link.pk).update(handle="0" * 24)
    other = linking.address(ReturnLink.objects.select_related("of").get())
    assert Client().post(other, {"shown": forged, "q.summary": "x", "was.q.summary": ""}, headers={"X-Save": "yes"}).status_code == 200


# Two at once; processes that really meet are in test_at_once.py


def test_who_comes_after_it_was_sent_is_told_by_whom_and_what_is_not_in_it(
    world: World, signed_in: SignedIn, asked: Return, url: str
) -> None:
    office, fill = signed_in(world.owner), f"/reporting/returns/{asked.pk}/"
    assert send(url).status_code == 302
    late = {**NEEDED, "q.rating": "red", "q.summary": "Late."}
    before = telltales.stored()
    for client, place in ((office, fill), (Client(), url)):
        answer = client.post(place, {**late, "do": "send"})
        assert answer.status_code == 409
        text = answer.content.decode()
        for words in ("Pat Outside sent this return on", "Rating: “Green” was sent. Yours, “red”", "Yours, “Late.”, is not saved"):
            assert words in text
        told = client.post(place, late, headers={"X-Save": "yes"})
        assert (told.status_code, set(told.json()["faults"])) == (409, {"q.rating", "q.summary"})
    assert telltales.stored() == before


def test_a_button_that_is_pressed_twice_sends_once_and_ends_where_the_first_one_does(asked: Return, url: str) -> None:
    assert send(url).status_code == send(url).status_code == 302
    assert Change.objects.filter(record_id=asked.pk, verb="send").count() == 1


# What ends it


def wrong(url: str) -> list[str]:
    """Links that were never made: another signature, none, another handle, nothing of the kind."""
    head, _slash, token = url.rstrip("/").rpartition("/")
    handle, _dot, sign = token.partition(".")
    other = "A" if sign[5] != "A" else "B"
    return [f"{head}/{text}/" for text in (f"{handle}.{sign[:5]}{other}{sign[6:]}", handle, f"{'0' * 24}.{sign}", "nothing")]


def dead(url: str) -> tuple[int, str]:
    answer = Client().get(url)
    return answer.status_code, re.sub(r'name="csrf-token" content="[^"]+"', "", answer.content.decode())


def test_wrong_old_and_unknown_links_get_the_same_page(asked: Return, url: str) -> None:
    told = {dead(one) for one in wrong(url)}
    linking.withdraw(ReturnLink.objects.select_related("of__initiative", "person").get(), actor(None))
    told.add(dead(url))
    assert len(told) == 1
    ((status, text),) = told
    assert status == 404
    assert "This link opens nothing" in text
    assert asked.title not in text


def end_expired(asked: Return, world: World) -> None:
    last = timezone.localdate() - timedelta(days=1)
    ReturnLink.objects.update(expires_on=last)


def end_replaced(asked: Return, world: World) -> None:
    actions.change(RETURN, asked.pk, asked.version, {"owner": "Olive Ner"}, actor(world.owner))


def end_left(asked: Return, world: World) -> None:
    Person.objects.filter(pk=asked.owner_id).update(left_on=timezone.localdate())


def end_removed(asked: Return, world: World) -> None:
    Person.objects.filter(pk=asked.owner_id).update(is_withdrawn=True)


def end_waived(asked: Return, world: World) -> None:
    actions.move(RETURN, asked.pk, asked.version, "waive", actor(world.owner), reason="Closed.")


def end_cancelled(asked: Return, world: World) -> None:
    Commission.objects.filter(pk=asked.commission_id).update(state="cancelled")


ENDS = [end_expired, end_replaced, end_left, end_removed, end_waived, end_cancelled]


@pytest.mark.parametrize("end", ENDS)
def test_it_dies_with_each_reason_for_it(world: World, asked: Return, url: str, end: Callable[[Return, World], None]) -> None:
    assert save(url, {"q.summary": "Kept.", "was.q.summary": ""}).status_code == 200
    asked.refresh_from_db()
    held = shown(url)
    end(asked, world)
    before = telltales.stored()
    assert dead(url)[0] == 404
    late = Client().post(url, {"shown": held, "q.summary": "Lost?", "was.q.summary": "Kept.", "do": "send"})
    assert late.status_code == 404
    assert "Lost?" in late.content.decode(), "what was typed is shown, to be copied"
    assert telltales.stored() == before
    asked.refresh_from_db()
    assert asked.answers["summary"] == "Kept."


def test_its_last_day_is_signed_with_it(asked: Return, url: str) -> None:
    link = ReturnLink.objects.get()
    ReturnLink.objects.update(expires_on=link.expires_on + timedelta(days=365))
    assert dead(url)[0] == 404


def test_it_holds_for_ten_working_days_after_the_day_it_is_due(asked: Return, url: str) -> None:
    assert ReturnLink.objects.get().expires_on == working_day(asked.initiative, asked.due_on, 10)


def test_replayed_after_it_was_accepted_it_changes_nothing(world: World, asked: Return, url: str) -> None:
    send(url)
    asked.refresh_from_db()
    for move in ("check", "accept"):
        asked = actions.move(RETURN, asked.pk, asked.version, move, actor(world.owner))
    before = telltales.stored()
    assert send(url).status_code == 404
    assert telltales.stored() == before


def test_neither_a_definition_nor_an_installation_that_forbids_it_gives_one(asked: Return, url: str, settings: Any) -> None:
    settings.RETURN_LINKS = False
    assert dead(url)[0] == 404
    Message.objects.all().delete()
    chase.run(asked.due_on)
    assert "/answer/" not in Message.objects.get(key=f"return-{asked.pk}-reminder").body


def test_a_definition_that_says_no_gives_no_link(world: World, asked: Return, url: str) -> None:
    text = asked.commission.definition.content
    Commission.objects.filter(pk=asked.commission_id).update(
        content_digest=store.put(document.to_bytes(content.read(f"{text}\nlink: no\n")))
    )
    assert dead(url)[0] == 404
    assert linking.for_mail(Return.objects.select_related("commission", "owner", "initiative").get(pk=asked.pk)) is None


@pytest.mark.parametrize(
    ("line", "told"), [("link: maybe", "link"), ("link_days: 999", "link_days is 999."), ("links: no", "means nothing")]
)
def test_a_definition_says_yes_or_no_and_how_long(asked: Return, line: str, told: str) -> None:
    with pytest.raises(ContentError) as fault:
        content.read(f"{asked.commission.definition.content}\n{line}\n")
    assert told in str(fault.value)


def test_what_was_mailed_is_not_kept_once_it_is_sent(asked: Return, url: str, settings: Any, mailoutbox: list[Any]) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    sending.send(Message.objects.get(key=f"return-{asked.pk}-asked").pk)
    assert url in mailoutbox[0].body
    held = Message.objects.get(key=f"return-{asked.pk}-asked")
    assert (held.state, held.body) == ("sent", "")


# The office


def test_the_office_makes_a_new_one_withdraws_it_and_is_shown_it(world: World, signed_in: SignedIn, asked: Return, url: str) -> None:
    office, place = signed_in(world.owner), f"/reporting/returns/{asked.pk}/link/"
    assert "may answer without signing in" in office.get(RETURN.url("detail", asked)).content.decode()
    assert office.post(place, {"do": "make"}).status_code == 302
    assert dead(url)[0] == 404
    second = linking.address(ReturnLink.objects.select_related("of").get(withdrawn_at=None))
    assert second in Message.objects.order_by("-pk")[0].body
    assert second in office.post(place, {"do": "show"}).content.decode()
    assert Change.objects.order_by("-sequence")[0].verb == "was shown the link"
    assert office.post(place, {"do": "withdraw"}).status_code == 302
    assert dead(second)[0] == 404
    chase.run(asked.due_on)
    assert "/answer/" not in Message.objects.get(key=f"return-{asked.pk}-reminder").body, "a withdrawn link is not made again by itself"


def test_a_command_prints_the_link_and_makes_a_new_one(asked: Return, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    name = f"{asked.initiative.code}/{asked.ref}"
    assert main.run(["returns", "link", name]) == 0
    assert capsys.readouterr().out.strip() == url
    assert main.run(["returns", "link", name, "--new", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert dead(url)[0] == 404
    assert Client().get(told["link"]).status_code == 200
    assert Change.objects.filter(verb="was shown the link", channel="command").count() == 2
    assert main.run(["returns", "link", "RT-999"]) != 0
    assert "There is no return RT-999" in capsys.readouterr().err


def test_nobody_else_sees_or_touches_it(world: World, signed_in: SignedIn, asked: Return, url: str) -> None:
    place = f"/reporting/returns/{asked.pk}/link/"
    for account, status in ((world.member, 403), (world.stranger, 404), (world.nobody, 404)):
        for what in ("make", "withdraw", "show"):
            assert signed_in(account).post(place, {"do": what}).status_code == status
    assert "Signed link" not in signed_in(world.member).get(RETURN.url("detail", asked)).content.decode()
    assert Client().get(url).status_code == 200


def test_when_it_was_last_opened_is_known_once_a_person_has(asked: Return, url: str) -> None:
    Client().get(url)
    assert ReturnLink.objects.get().opened_at is None
    assert Client().post(url, {"do": "opened"}).status_code == 204
    assert ReturnLink.objects.get().opened_at is not None


# The supplier goes between commission and submission


@pytest.fixture
def manager(world: World, asked: Return) -> Account:
    account = worlds.appoint("pm@example.org", "Pam Manager", "project_manager", world.project)
    Return.objects.filter(pk=asked.pk).update(owner=Person.objects.get(account=account))
    asked.refresh_from_db()
    return account


def test_a_supplier_who_loses_the_role_loses_link_and_form_and_the_office_is_told(
    world: World, signed_in: SignedIn, asked: Return, manager: Account, url: str
) -> None:
    assert save(url, {"q.summary": "Kept.", "was.q.summary": ""}).status_code == 200
    Appointment.objects.filter(person__account=manager).update(until=timezone.localdate() - timedelta(days=1))
    assert dead(url)[0] == 404
    assert signed_in(manager).get(f"/reporting/returns/{asked.pk}/").status_code == 404
    office = signed_in(world.owner)
    told = "Pam Manager is no longer project manager there, since"
    assert told in office.get(RETURN.url("detail", asked)).content.decode()
    assert told in office.get(REGISTERS["reporting.commission"].url("detail", asked.commission_id)).content.decode()
    Message.objects.all().delete()
    chase.run(asked.due_on)
    assert not Message.objects.filter(to="pm@example.org").exists()
    asked.refresh_from_db()
    assert asked.answers["summary"] == "Kept."


def test_who_was_named_without_a_role_stays_and_a_second_role_keeps_it(world: World, asked: Return, manager: Account) -> None:
    assert gone.why_gone(asked) == ""
    held = Appointment.objects.get(person__account=manager)
    values = {"person": held.person_id, "role": "programme_manager", "initiative": world.programme.pk}
    actions.create(REGISTERS["initiatives.appointment"], values, actor(world.administrator))
    Appointment.objects.filter(pk=held.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert gone.why_gone(asked) == ""


# What is kept of it, and how often it may be tried


def test_it_stands_in_no_log(asked: Return, url: str, caplog: pytest.LogCaptureFixture) -> None:
    token = url.rstrip("/").rpartition("/")[2]
    with caplog.at_level(logging.DEBUG):
        Client(enforce_csrf_checks=True).post(url, NEEDED)
        Client().put(url)
        for one in wrong(url):
            Client().get(one)
    formatter = JsonLines()
    lines = [formatter.format(record) for record in caplog.records]
    assert any("/answer/" in line for line in lines)
    assert [line for line in lines if token[:24] in line or token[30:50] in line] == []
    assert not Change.objects.filter(reason__contains=token[:24]).exists()


def test_its_page_tells_nobody_where_it_lies(url: str) -> None:
    headers = Client().get(url).headers
    assert headers["Referrer-Policy"] == "strict-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]


def test_a_form_without_its_token_is_refused(asked: Return, url: str) -> None:
    before = telltales.stored()
    assert Client(enforce_csrf_checks=True).post(url, NEEDED).status_code == 403
    assert telltales.stored() == before


def test_the_eleventh_guess_waits_and_so_does_a_right_one(url: str) -> None:
    for _number in range(10):
        assert dead("/answer/nothing/")[0] == 404
    assert dead("/answer/nothing/")[0] == 429
    assert dead(url)[0] == 429
    Guess.objects.all().delete()
    assert Client().get(url).status_code == 200
