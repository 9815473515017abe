"""A party outside answers a promise by its link: each step of its side, in words that the other side reads, and none of the other's."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from mainstay.organisation.models import Person
from mainstay.planning.dependency.model import Side
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency, PromiseLink
from mainstay.planning.promises import bearing
from mainstay.planning.promises.answers import answers_of
from mainstay.post.models import Message
from mainstay.register import actions, telling
from mainstay.register.errors import Invalid, Refused
from mainstay.register.history import faults
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS
from tests.contract import telltales, worlds
from tests.contract.worlds import World, actor
from tests.planning.outside.conftest import CALLED, NEEDED, link_of, live, promised, say, step


def page(url: str, status: int = 200) -> str:
    answer = Client().get(url)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def test_a_giver_outside_offers_is_asked_for_another_day_agrees_and_delivers(gets: Dependency, world: World) -> None:
    url = link_of(gets, world)
    assert say(url, gets, "offer", "2027-04-01", "The transformer comes in March.").status_code == 302
    step(gets, world, "counter", reason="The pumps are tested in March.")
    assert "Agree to 1 Mar 2027" in page(url)
    assert say(url, gets, "match").status_code == 302
    gets.refresh_from_db()
    assert (gets.state, gets.promised_by) == ("offered", NEEDED)
    step(gets, world, "agree")
    today = timezone.localdate()
    assert say(url, gets, "deliver", today.isoformat()).status_code == 302
    gets.refresh_from_db()
    assert (gets.state, gets.delivered_on, gets.first_promised) == ("delivered", today, NEEDED)
    by_link = Change.objects.filter(channel="link", record_id=gets.pk)
    assert {(event.actor_id, event.actor_name) for event in by_link} == {(None, CALLED)}
    (told, *_rest) = telling.told(DependencyRegister, world.owner, by_link.filter(verb="offer").order_by("sequence"))
    assert (told.who, told.what, told.why) == (CALLED, "offer this date, by signed link:", "The transformer comes in March.")
    assert list(faults()) == []


def test_a_getter_outside_asks_for_another_day_agrees_and_accepts(gives: Dependency, world: World) -> None:
    url = link_of(gives, world)
    assert say(url, gives, "counter", "2027-01-31", "Our crew is there in January.").status_code == 302
    row = actions.change(DependencyRegister, gives.pk, gives.version + 2, {"promised_by": "2027-01-31"}, actor(world.owner))
    step(row, world, "offer")
    assert say(url, gives, "agree").status_code == 302
    gives.refresh_from_db()
    assert (gives.state, gives.needed_by, gives.promised_by) == ("agreed", date(2027, 1, 31), date(2027, 1, 31))
    row = actions.change(DependencyRegister, gives.pk, gives.version, {"delivered_on": timezone.localdate()}, actor(world.owner))
    step(row, world, "deliver")
    assert say(url, gives, "dispute", reason="Two drawings are missing.").status_code == 302
    step(gives, world, "deliver")
    assert say(url, gives, "accept").status_code == 302
    gives.refresh_from_db()
    assert gives.state == "accepted"
    assert "Nothing is to be answered any more" in page(url)


def test_agreeing_to_an_offer_without_a_day_of_ones_own_takes_the_day_offered(gives: Dependency, world: World) -> None:
    url = link_of(gives, world)
    assert say(url, gives, "agree", "2027-02-15").status_code == 302
    gives.refresh_from_db()
    assert (gives.state, gives.needed_by) == ("agreed", date(2027, 2, 15))


def test_the_page_shows_this_promise_what_was_said_of_it_and_nothing_else(gets: Dependency, world: World) -> None:
    reason = "Of no concern outside."
    actions.change(
        DependencyRegister, gets.pk, gets.version, {"impact": "A flood", "criticality": "high"}, actor(world.owner), reason=reason
    )
    other = world.record(DependencyRegister)
    url = link_of(gets, world)
    say(url, gets, "offer", "2027-04-01")
    step(gets, world, "counter", reason="Too late for us.")
    text = page(url)
    for words in ("Substation energised", "Supply of 2 MVA", "Loaded for 72 hours", "Too late for us.", CALLED, world.project.title):
        assert words in text
    for words in (reason, "A flood", "Pumps stand still", "made a link", other.title, "ms-rail"):
        assert words not in text
    assert re.findall(r'<a\b[^>]*href="(?!#)', text) == []
    assert " style=" not in text


def test_looking_writes_nothing_and_a_person_who_looks_is_noticed(gets: Dependency, world: World) -> None:
    url = link_of(gets, world)
    before = telltales.stored()
    page(url)
    assert telltales.stored() == before
    assert Client().post(url, {"do": "opened"}).status_code == 204
    assert live(gets).opened_at is not None


@pytest.mark.parametrize(
    ("name", "day", "reason", "told"),
    [
        ("offer", "", "", "Enter a day."),
        ("offer", "soon", "", "“soon”"),
        ("dispute", "", "", "This cannot be answered as the promise stands now."),
        ("accept", "", "", "This cannot be answered as the promise stands now."),
        ("nonsense", "", "", "This cannot be answered as the promise stands now."),
    ],
)
def test_what_cannot_be_taken_is_told_in_a_sentence_and_writes_nothing(
    gets: Dependency, world: World, name: str, day: str, reason: str, told: str
) -> None:
    url = link_of(gets, world)
    before = Change.objects.count()
    answer = say(url, gets, name, day, reason)
    assert answer.status_code == 422
    assert told in unescape(answer.content.decode())
    assert Change.objects.count() == before


def test_reasons_are_asked_for_and_what_was_typed_stays(gives: Dependency, world: World) -> None:
    url = link_of(gives, world)
    answer = say(url, gives, "counter", "2027-01-31", "  ")
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Say why: the other side reads it" in text
    assert 'value="2027-01-31"' in text
    answer = say(url, gives, "revise", "2027-01-31", "Mine.")
    assert answer.status_code == 422, "the date of the giver is not the getter's to offer"


def test_a_side_holds_its_own_date_and_steps_alone_whatever_is_sent(gets: Dependency, gives: Dependency, world: World) -> None:
    for row, field, move in ((gets, "needed_by", "agree"), (gives, "promised_by", "offer")):
        link_of(row, world)
        row.refresh_from_db()
        bearer = bearing.actor_of(live(row))
        with pytest.raises(Invalid, match="Only those who may decide"):
            actions.change(DependencyRegister, row.pk, row.version, {field: "2027-05-05"}, bearer)
        with pytest.raises(Invalid, match="Only those who may decide"):
            actions.change(DependencyRegister, row.pk, row.version, {"title": "Mine"}, bearer)
        for step_name in (move, "fail", "supersede", "reopen"):
            with pytest.raises((Refused, Invalid)):
                actions.move(DependencyRegister, row.pk, row.version, step_name, bearer, reason="Why not")
        with pytest.raises(Refused):
            actions.withdraw(DependencyRegister, row.pk, row.version, bearer, reason="Why not")


def test_our_side_moves_neither_its_date_nor_answers_for_it_while_its_link_lives(gets: Dependency, world: World) -> None:
    url = link_of(gets, world)
    say(url, gets, "offer", "2027-04-01")
    gets.refresh_from_db()
    with pytest.raises(Invalid, match="This is the giver's date") as told:
        actions.change(DependencyRegister, gets.pk, gets.version, {"promised_by": "2027-03-01"}, actor(world.owner))
    assert CALLED in str(told.value)
    step(gets, world, "counter", reason="Earlier.")
    with pytest.raises(Refused, match="Withdraw the link before you answer for them"):
        step(gets, world, "offer")
    PromiseLink.objects.update(withdrawn_at=timezone.now())
    row = step(gets, world, "offer")
    assert row.state == "offered", "by telephone, once the link is withdrawn; the history says who wrote it down"


def test_a_date_that_was_told_to_the_other_side_is_moved_by_its_own_alone_inside_as_well(world: World) -> None:
    """The sides are two projects here: who directs one of them moves that one's date."""
    getter = worlds.appoint("getter@example.org", "Gus Getter", "project_manager", world.project)
    values = {
        "title": "Levels",
        "giver": world.programme.pk,
        "initiative": world.project.pk,
        "promised_by": "2027-02-01",
        "needed_by": "2027-03-01",
    }
    row = actions.create(DependencyRegister, values, actor(world.owner))
    row = step(row, world, "offer")
    with pytest.raises(Invalid, match="Only the giver may do this"):
        actions.change(DependencyRegister, row.pk, row.version, {"promised_by": "2027-01-01"}, actor(getter))
    row = actions.change(DependencyRegister, row.pk, row.version, {"needed_by": "2027-02-20"}, actor(getter))
    row = actions.change(DependencyRegister, row.pk, row.version, {"promised_by": "2027-01-20"}, actor(world.owner))
    assert (row.promised_by, row.needed_by) == (date(2027, 1, 20), date(2027, 2, 20))


def test_two_at_once_the_second_is_told_and_keeps_what_was_typed(gets: Dependency, world: World) -> None:
    url = link_of(gets, world)
    gets.refresh_from_db()
    read = gets.version
    assert say(url, gets, "offer", "2027-04-01").status_code == 302
    answer = say(url, gets, "offer", "2027-05-01", "Mine.", version=read)
    assert answer.status_code == 409
    assert "Somebody else has answered since you opened this page" in unescape(answer.content.decode())
    gets.refresh_from_db()
    assert (gets.state, gets.promised_by) == ("offered", date(2027, 4, 1))


def test_each_side_is_told_of_the_others_step_once_by_mail(gets: Dependency, world: World) -> None:
    Person.objects.filter(pk=gets.owner_id).update(email="olive@example.org")
    url = link_of(gets, world)
    (mail,) = Message.objects.filter(key__startswith=f"promise-{gets.pk}-link")
    assert (mail.to, mail.is_secret, url in mail.body) == ("wil@tern.example.org", True, True)
    say(url, gets, "offer", "2027-04-01")
    (ours,) = Message.objects.filter(key__endswith="-ours")
    assert (ours.to, "Offered" in ours.body, "/promise/" in ours.body) == ("olive@example.org", True, False)
    step(gets, world, "counter", reason="Earlier.")
    (theirs,) = Message.objects.filter(key__endswith="-party")
    assert (theirs.to, url in theirs.body, theirs.is_secret) == ("wil@tern.example.org", True, True)


def test_answers_follow_from_state_and_side_and_each_of_them_can_be_taken(gets: Dependency, gives: Dependency) -> None:
    for row, side in ((gets, "giver"), (gives, "getter")):
        for state in REGISTERS[DependencyRegister.key].states.states:  # type: ignore[union-attr]  # this register has states
            row.state = state
            for one in answers_of(row, Side(side)):
                assert not one.move or one.move in bearing.STEPS[Side(side)]
                assert not one.field or one.field in bearing.FIELDS[Side(side)]


def test_a_promise_names_one_side_outside_and_that_one_whole(world: World) -> None:
    for values, field, told in (
        ({"outside_email": ""}, "outside_email", "Fill all three"),
        ({"outside_email": "nobody"}, "outside_email", "Enter an address such as name@example.org"),
        ({"outside_email": "Owner@example.org"}, "outside_email", "signs in here"),
        ({"outside": ""}, "giver", "Giver and getter are the same"),
        ({"outside": "", "giver": world.programme.pk}, "outside", "Say which side"),
        ({"outside": "both"}, "outside", "both"),
        ({"give_activity": "A10"}, "give_activity", "A party outside has no plan here"),
    ):
        with pytest.raises(Invalid) as fault:
            promised(world, "giver", **values)
        assert told in str(fault.value.errors[field])


def test_dates_are_days_with_an_end(gets: Dependency, world: World) -> None:
    url = link_of(gets, world)
    late = (timezone.localdate() + timedelta(days=1)).isoformat()
    say(url, gets, "offer", "2027-02-01")
    step(gets, world, "agree")
    answer = say(url, gets, "deliver", late)
    assert answer.status_code == 422
    assert "This day has not come yet" in unescape(answer.content.decode())
    gets.refresh_from_db()
    assert (gets.state, gets.delivered_on) == ("agreed", None), "the day and the step: both or neither"


def test_the_giver_outside_declines_what_is_asked_with_its_reasons(gets: Dependency, world: World) -> None:
    url = link_of(gets, world)
    answer = say(url, gets, "decline")
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    gets.refresh_from_db()
    assert gets.state == "draft"
    assert say(url, gets, "decline", reason="The cable is sold to somebody else.").status_code < 400
    gets.refresh_from_db()
    assert gets.state == "rejected"
    assert "sold to somebody else" in Change.objects.filter(record_id=gets.pk, verb="decline").get().reason
