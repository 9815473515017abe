"""The timetable of a review: nobody in two places, everybody only when they can, and a reason for whoever finds no hour."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from mainstay.accounts.models import Account
from mainstay.assurance.interview import hours, proposing
from mainstay.assurance.models import Interview, Review
from mainstay.post.models import Message
from mainstay.register.errors import Invalid
from tests.assurance.conftest import change, create, fresh, move, person_of
from tests.contract import worlds
from tests.contract.worlds import World

SignedIn = Callable[[Account | None], Client]
MONDAY = date(2031, 2, 10)


def wanted(world: World, review: Any, name: str, **values: Any) -> Any:
    return create("interview", world.owner, title=name, initiative=review.initiative_id, review=review.pk, others=name, **values)


def times(review: Review) -> dict[str, tuple[date | None, str]]:
    rows = Interview.objects.filter(review=review.pk, is_withdrawn=False)
    return {row.title: (row.held_on, row.begins) for row in rows}


def test_hours_are_read_as_written() -> None:
    read = hours.spans("2031-02-10 09:00-12:00; 2031-02-11; 2031-02-10 14:00 to 15:30")
    assert read == {MONDAY: [(540, 720), (840, 930)], date(2031, 2, 11): [(0, 1440)]}
    for wrong in ("Monday", "2031-02-10 12:00-09:00", "2031-02-30", "2031-02-10 25:00-26:00"):
        with pytest.raises(ValueError, match=wrong.split()[0]):
            hours.spans(wrong)


@given(st.integers(15, 210))
def test_slots_lie_in_the_day_and_keep_lunch_and_break_free(minutes: int) -> None:
    slots = proposing.slots_of([MONDAY], minutes)
    assert slots
    for slot in slots:
        assert slot.last - slot.first == minutes
        assert slot.first >= 9 * 60
        assert slot.last <= 17 * 60
        assert slot.last <= 12 * 60 + 30 or slot.first >= 13 * 60 + 30
    assert all(later.first - earlier.last >= 15 for earlier, later in pairwise(slots))


def test_a_timetable_is_proposed_accepted_and_written_as_a_calendar(
    world: World, signed_in: SignedIn, review: Review, leader: Account
) -> None:
    wanted(world, review, "Ruth Okafor", available="2031-02-10 09:00-10:00")
    wanted(world, review, "Ines Marlowe", available="2031-02-10 09:00-11:30")
    wanted(world, review, "Dev Anand", panel="Lena Eader")
    client = signed_in(fresh(leader))  # the team itself proposes it
    page = reverse("assurance.timetable", args=[review.pk])
    assert client.post(reverse("assurance.propose_timetable", args=[review.pk])).status_code == 302
    found = times(review)
    assert found["Ruth Okafor"] == (MONDAY, "09:00")
    assert found["Ines Marlowe"] == (MONDAY, "10:15")
    assert len(set(found.values())) == 3
    text = client.get(page).content.decode()
    assert "Accept the 3 that are proposed" in text
    assert client.post(reverse("assurance.accept_timetable", args=[review.pk])).status_code == 302
    assert set(Interview.objects.filter(review=review.pk).values_list("state", flat=True)) == {"accepted"}
    calendar = Calendar.from_ical(client.get(reverse("assurance.timetable_calendar", args=[review.pk])).content)
    events = [event for event in calendar.walk("VEVENT") if "Ruth" in event["summary"]]
    assert [event.decoded("dtstart").strftime("%Y-%m-%d %H:%M") for event in events] == ["2031-02-10 09:00"]
    assert {event["status"] for event in calendar.walk("VEVENT")} == {"CONFIRMED"}
    # What is accepted keeps its hour when another one is wanted.
    wanted(world, review, "Sian Pryce", available="2031-02-10 09:00-15:00", importance=10)
    client.post(reverse("assurance.propose_timetable", args=[review.pk]))
    assert times(review)["Ruth Okafor"] == (MONDAY, "09:00")
    assert times(review)["Sian Pryce"] == (MONDAY, "13:30")


def test_whoever_finds_no_hour_is_named_with_the_reason(world: World, signed_in: SignedIn, review: Review, leader: Account) -> None:
    assert leader
    wanted(world, review, "Away Allweek", available="2031-03-03")
    wanted(world, review, "Minor Voice", available="2031-02-10 09:00-10:00", importance=2)
    wanted(world, review, "Major Voice", available="2031-02-10 09:00-10:00", importance=9)
    client = signed_in(world.owner)
    text = client.post(reverse("assurance.propose_timetable", args=[review.pk])).content.decode()
    assert "Away Allweek finds no hour." in text
    assert "They can come on none of the review days, 10 Feb 2031 to 13 Feb 2031; they can come 2031-03-03." in text
    assert "Minor Voice finds no hour." in text
    assert "given to a more important interview" in text
    assert times(review)["Major Voice"] == (MONDAY, "09:00")
    move(Interview.objects.get(title="Major Voice"), "accept", world.owner)
    text = client.post(reverse("assurance.propose_timetable", args=[review.pk])).content.decode()
    assert "taken by what is fixed already: Major Voice" in text
    nothing = create("review", world.owner, title="Later", initiative=review.initiative_id, kind="par", window_to="2031-09-30")
    answer = client.post(reverse("assurance.propose_timetable", args=[nothing.pk]))
    assert (answer.status_code, "has no days yet" in answer.content.decode()) == (422, True)


def test_briefings_are_rows_and_block_the_team(world: World, signed_in: SignedIn, review: Review, leader: Account, sro: Account) -> None:
    assert leader
    change(review, world.owner, planning_on="2031-01-14")
    client = signed_in(world.owner)
    for _twice in range(2):
        assert client.post(reverse("assurance.add_meetings", args=[review.pk])).status_code == 302
    rows = list(Interview.objects.filter(review=review.pk).order_by("held_on"))
    assert [row.kind for row in rows] == ["planning", *["briefing"] * 4]
    assert {row.interviewee_id for row in rows} == {person_of(sro)}
    assert rows[-1].title == "Draft report to the owner"
    wanted(world, review, "Late Comer", available="2031-02-10 15:45-17:00")
    text = client.post(reverse("assurance.propose_timetable", args=[review.pk])).content.decode()
    assert "Late Comer finds no hour." in text


def test_nobody_is_entered_for_two_at_once(world: World, review: Review, leader: Account) -> None:
    assert leader
    person = person_of(worlds.appoint("busy@example.org", "Bus Y", "", None))
    first = create(
        "interview", world.owner, title="One", initiative=review.initiative_id, review=review.pk, interviewee=person,
        held_on="2031-02-10", begins="09:00", panel="Lena Eader",
    )  # fmt: skip
    with pytest.raises(Invalid, match=r"Bus Y is in .*One from 09:00 to 10:00 on 10 Feb 2031"):
        wanted(world, review, "Two", interviewee=person, held_on="2031-02-10", begins="09:30", panel="Somebody else")
    with pytest.raises(Invalid, match="Lena Eader is in"):
        wanted(world, review, "Three", held_on="2031-02-10", begins="09:30")
    other = create("review", world.owner, title="Dive", initiative=review.initiative_id, kind="deep-dive", window_to="2031-12-31")
    with pytest.raises(Invalid, match="Bus Y is in a conversation elsewhere"):
        wanted(world, other, "Four", interviewee=person, held_on="2031-02-10", begins="09:30")
    assert move(first, "cancel", world.owner, "Not needed.").state == "cancelled"
    wanted(world, review, "Two", interviewee=person, held_on="2031-02-10", begins="09:30")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"begins": "9.30", "held_on": "2031-02-10"}, "Write the hour as 09:30"),
        ({"begins": "09:30"}, "day and hour, or neither"),
        ({"available": "next week"}, "next week.* cannot be read"),
        ({"others": ""}, "Choose who is met"),
    ],
)
def test_what_cannot_be_read_is_said(world: World, review: Review, values: dict[str, str], told: str) -> None:
    given = {"title": "X", "initiative": review.initiative_id, "review": review.pk, "others": "A", **values}
    with pytest.raises(Invalid, match=told):
        create("interview", world.owner, **given)


def test_the_timetable_is_for_those_who_see_the_review(world: World, signed_in: SignedIn, review: Review) -> None:
    names = ("timetable", "timetable_calendar")
    assert {signed_in(world.stranger).get(reverse(f"assurance.{name}", args=[review.pk])).status_code for name in names} == {404}
    member = signed_in(fresh(world.member))
    assert member.get(reverse("assurance.timetable", args=[review.pk])).status_code == 200
    for name in ("propose_timetable", "accept_timetable", "add_meetings"):
        assert member.post(reverse(f"assurance.{name}", args=[review.pk])).status_code in (403, 404)


def test_whoever_is_met_is_told_when_the_hour_stands_and_when_it_falls(world: World, review: Review, leader: Account) -> None:
    assert leader
    person = person_of(worlds.appoint("met@example.org", "Mia Et", "", None))
    values = {"title": "About the price", "initiative": review.initiative_id, "review": review.pk, "interviewee": person}
    row = create("interview", world.owner, **values, held_on="2031-02-10", begins="09:30", place="Room 4")
    move(row, "propose", world.owner)
    assert not Message.objects.filter(to="met@example.org").exists()
    move(row, "accept", world.owner)
    told = Message.objects.get(to="met@example.org")
    assert "10 Feb 2031, 09:30 to 10:30, Room 4" in told.body
    (event,) = Calendar.from_ical(told.calendar).walk("VEVENT")
    assert (event.decoded("dtstart").hour, event.decoded("dtend").hour, str(event["location"])) == (9, 10, "Room 4")
    change(row, world.owner, place="Room 5")
    assert Message.objects.filter(to="met@example.org").count() == 1
    change(row, world.owner, begins="11:00")
    assert "11:00 to 12:00, Room 5" in Message.objects.filter(to="met@example.org").latest("pk").body
    move(row, "decline", world.owner, "Is in court that day.")
    assert "is off" in Message.objects.filter(to="met@example.org").latest("pk").subject
    assert times(review)["About the price"] == (None, "")


def test_two_reviews_that_want_one_person_give_different_hours(world: World, signed_in: SignedIn, review: Review, leader: Account) -> None:
    assert leader
    values = {"title": "Dive", "initiative": review.initiative_id, "kind": "deep-dive", "window_to": "2031-12-31"}
    other = create("review", world.owner, **values, starts_on="2031-02-10", ends_on="2031-02-10")
    person = person_of(worlds.appoint("busy@example.org", "Bus Y", "", None))
    client = signed_in(world.owner)
    for each in (review, other):
        wanted(world, each, each.title, interviewee=person, available="2031-02-10 09:00-11:15")
        assert client.post(reverse("assurance.propose_timetable", args=[each.pk])).status_code == 302
    for each in (review, other):
        assert client.post(reverse("assurance.accept_timetable", args=[each.pk])).status_code == 302
    assert [times(each)[each.title] for each in (review, other)] == [(MONDAY, "09:00"), (MONDAY, "10:15")]
