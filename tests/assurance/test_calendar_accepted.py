"""A proposed calendar on pages, as a command and by the API: accepted whole or not at all, hidden from others, told to those concerned."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from mainstay.accounts.models import Account
from mainstay.assurance import jobs
from mainstay.assurance.calendar import board
from mainstay.assurance.calendar.period import Period, period_of
from mainstay.assurance.models import Member, Proposal, Review, Reviewer
from mainstay.assurance.proposal import accepting, proposing, writing
from mainstay.assurance.proposal.content import Placed, Somebody
from mainstay.cli import main as command
from mainstay.jobs.models import Job
from mainstay.jobs.progress import Cancelled, Progress
from mainstay.post.models import Message
from mainstay.register import store
from mainstay.register.errors import Invalid, Refused, Stale
from mainstay.register.history import faults as history_faults
from mainstay.register.models import Change
from tests.assurance.calendars import booked, gate, pool, ready
from tests.assurance.conftest import change, create, fresh, move
from tests.contract.worlds import World, actor

__all__ = ["pool"]
SignedIn = Callable[[Account | None], Client]
SECRET = "posidonia"
YEAR = Period("year", date(2031, 1, 1), date(2031, 12, 31))


@pytest.fixture
def proposal(world: World, pool: dict[str, Reviewer]) -> Proposal:
    """A review to date and one that moves because its leader is away."""
    gate(world, title=f"New {SECRET}", members=0)
    stands = gate(world, title=f"Stands {SECRET}", members=0, initiative=world.programme.pk, starts_on="2031-05-19", ends_on="2031-05-22")
    booked(world, stands, pool["Ash"], "leader")
    change(pool["Ash"], world.administrator, away="2031-05-21")
    return proposing.keep(ready(world), actor(world.owner))


def test_acceptance_writes_days_and_teams_through_the_registers(world: World, proposal: Proposal, pool: dict[str, Reviewer]) -> None:
    found = proposal.content
    assert [one.is_moved for one in found.placed].count(True) == 1
    assert accepting.accept(proposal, [one.review.pk for one in found.placed], proposal.version, actor(world.owner)) == 2
    for one in found.placed:
        row = Review.objects.get(pk=one.review.pk)
        assert (row.starts_on, row.ends_on) == (one.first, one.last)
        team = Member.objects.filter(review=row, state="booked")
        assert {each.reviewer_id for each in team} == {each.pk for each in one.team}
        assert (
            Change.objects.filter(register="assurance.review", record_id=row.pk).latest("sequence").reason
            == f"Proposed calendar {proposal.ref} accepted."
        )
    proposal.refresh_from_db()
    assert proposal.state == "accepted"
    told = Message.objects.filter(key__startswith=f"assurance-calendar-{proposal.pk}-")
    named = {each.name for one in found.placed for each in (*one.team, *one.leaves)}
    assert {one.name for one in told} >= named
    assert all("BEGIN:VEVENT" in one.calendar for one in told if "you lead the team" in one.body)
    assert list(history_faults()) == []
    with pytest.raises(Refused, match="accepted already"):
        accepting.accept(proposal, [found.placed[0].review.pk], proposal.version, actor(world.owner))


def test_what_has_changed_since_is_refused_and_nothing_is_written(world: World, proposal: Proposal, pool: dict[str, Reviewer]) -> None:
    first, other = proposal.content.placed
    row = Review.objects.get(pk=first.review.pk)
    change(row, world.owner, decision="Something else")
    members, chosen = Member.objects.filter(is_withdrawn=False).count(), [first.review.pk, other.review.pk]
    with pytest.raises(Invalid, match=f"Changed since this was proposed: .*{row.ref}"):
        accepting.accept(proposal, chosen, proposal.version, actor(world.owner))
    with pytest.raises(Stale):
        accepting.accept(proposal, [other.review.pk], proposal.version + 1, actor(world.owner))
    change(pool[other.leader.name], world.administrator, away=f"{other.first}")
    with pytest.raises(Refused, match="is away on"):
        accepting.accept(proposal, [other.review.pk], proposal.version, actor(world.owner))
    proposal.refresh_from_db()
    assert (Member.objects.filter(is_withdrawn=False).count(), proposal.state) == (members, "proposed")
    assert not Message.objects.filter(key__startswith="assurance-calendar-").exists()


def test_people_change_places_with_one_another(world: World, pool: dict[str, Reviewer]) -> None:
    """One leader for two reviews that take each other's days."""
    given = {"members": 0, "level": 3}
    one = gate(world, title="First", **given, starts_on="2031-05-12", ends_on="2031-05-15")
    other = gate(world, title="Second", **given, initiative=world.programme.pk, starts_on="2031-05-19", ends_on="2031-05-22")
    for review in (one, other):
        booked(world, review, pool["Ash"], "leader")
    made = proposing.keep(ready(world), actor(world.owner))
    first, second = sorted(made.content.placed, key=lambda each: each.first)
    swapped = [
        Placed(**{**values(first), "first": second.first, "last": second.last}),
        Placed(**{**values(second), "first": first.first, "last": first.last}),
    ]
    writing.write(swapped, actor(world.owner), "They change places.")
    days = dict(Review.objects.filter(pk__in=[one.pk, other.pk]).values_list("pk", "starts_on"))
    assert days == {one.pk: date(2031, 5, 19), other.pk: date(2031, 5, 12)}
    assert Member.objects.filter(state="booked", is_withdrawn=False, reviewer=pool["Ash"]).count() == 2


def test_a_review_waits_for_the_one_whose_days_it_takes(world: World, pool: dict[str, Reviewer]) -> None:
    """Two in a row move on by a week with one team: nobody is released for it. And a leader gives the lead to a member."""
    first, second = date(2031, 5, 5), date(2031, 5, 12)
    given: dict[str, Any] = {"members": 1, "initiative": world.programme.pk}
    one = gate(world, title="First", **given, starts_on=f"{first}", ends_on="2031-05-08")
    other = gate(world, title="Second", **given, starts_on=f"{second}", ends_on="2031-05-15")
    for review in (one, other):
        booked(world, review, pool["Ash"], "leader")
        booked(world, review, pool["Elm"], "member")
    made = {each.review.pk: values(each) for each in proposing.keep(ready(world), actor(world.owner)).content.placed}
    ash, elm = (Somebody(pool[name].pk, name) for name in ("Ash", "Elm"))
    later = [
        Placed(**{**made[one.pk], "first": second, "last": date(2031, 5, 15), "leader": elm, "members": (ash,)}),
        Placed(**{**made[other.pk], "first": date(2031, 5, 19), "last": date(2031, 5, 22), "leader": ash, "members": (elm,)}),
    ]
    before = Change.objects.latest("sequence").sequence
    writing.write(later, actor(world.owner), "A week later.")
    found = Change.objects.filter(sequence__gt=before).order_by("sequence").values_list("register", "verb")
    assert list(found) == [("assurance.review", "change")] * 2 + [("assurance.member", "change")] * 2
    assert dict(Review.objects.filter(pk__in=made).values_list("pk", "starts_on")) == {one.pk: second, other.pk: date(2031, 5, 19)}
    parts = Member.objects.filter(review=one, state="booked").values_list("reviewer__title", "part")
    assert dict(parts) == {"Ash": "member", "Elm": "leader"}


def test_who_has_left_the_pool_or_may_not_lead_is_named_with_the_review(world: World, proposal: Proposal) -> None:
    one = next(each for each in proposal.content.placed if each.is_new)
    for broken, why in (({"is_withdrawn": True}, ""), ({"is_withdrawn": False, "may_lead": False}, "is not accredited to lead")):
        Reviewer.objects.filter(pk=one.leader.pk).update(**broken)
        with pytest.raises(Refused, match=f"{one.review.place} {one.review.ref}: .*{why}.* Leave it out, or propose a calendar again."):
            accepting.accept(proposal, [one.review.pk], proposal.version, actor(world.owner))
    proposal.refresh_from_db()
    assert (proposal.state, Review.objects.get(pk=one.review.pk).starts_on) == ("proposed", None)


def values(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def test_asked_for_shown_and_accepted_on_pages(world: World, pool: dict[str, Reviewer], signed_in: SignedIn) -> None:
    gate(world, title="Soon", window_from="2050-05-02", window_to="2050-05-27", members=0)
    client, place = signed_in(world.owner), world.programme.pk
    usual = {"year": "2050", "basis": "plan", "notice_weeks": "4", "seconds": "2", "seed": "1"}
    crowded = client.post(reverse("assurance.propose", args=[place]), {**usual, "rooms": "Belfast"})
    assert crowded.status_code == 422 and "such as Belfast: 2; Derry: 1" in crowded.content.decode()
    wrong = client.post(reverse("assurance.propose", args=[place]), {**usual, "seconds": "x"})
    assert wrong.status_code == 422 and "Give a number of seconds from 1 to 600." in wrong.content.decode()
    assert client.post(reverse("assurance.propose", args=[place]), {**usual, "rooms": "Belfast: 2"}).status_code == 302
    job = Job.objects.latest("pk")
    assert (job.kind, job.state, job.error) == ("assurance.propose", "done", "")
    made = Proposal.objects.latest("pk")
    assert made.rooms == "Belfast: 2"
    assert 'value="Belfast: 2"' in client.get(reverse("assurance.calendar", args=[place])).content.decode(), "as it was told last"
    page = client.get(reverse("assurance.proposed", args=[made.pk]))
    assert page.status_code == 200 and "Soon" in page.content.decode() and "proven best" in page.content.decode()
    nothing = client.post(reverse("assurance.accept_proposed", args=[made.pk]), {"version": made.version})
    assert nothing.status_code == 409 and "Choose at least one review" in nothing.content.decode()
    review = made.content.placed[0].review.pk
    done = client.post(reverse("assurance.accept_proposed", args=[made.pk]), {"version": made.version, "review": [review]})
    assert (done.status_code, done["Location"]) == (302, reverse("assurance.calendar", args=[place]))
    shown = client.get(reverse("assurance.calendar", args=[place]) + "?year=2050").content.decode()
    assert "Soon" in shown and made.content.placed[0].leader.name in shown
    assert client.get(reverse("assurance.calendar", args=[place]) + "?year=soon").status_code == 422
    store.place(made.result_digest).unlink()
    assert client.get(reverse("assurance.proposed", args=[made.pk])).status_code == 410


@pytest.mark.parametrize("who", ["stranger", "nobody", "member"])
def test_others_learn_nothing_of_it(world: World, proposal: Proposal, signed_in: SignedIn, who: str) -> None:
    """A reader of the programme sees its calendar; a stranger nothing; nobody but who may write accepts."""
    client = signed_in(getattr(world, who))
    place = world.programme.pk
    told = (
        reverse("assurance.proposed", args=[proposal.pk]),
        f"/api/v1/assurance/proposal/{proposal.pk}/calendar",
        f"/api/v1/assurance/calendar?initiative={place}&year=2031",
        f"{reverse('assurance.calendar', args=[place])}?year=2031",
        reverse("assurance.calendar_file", args=[place]),
    )
    for address in told:
        answer = client.get(address)
        assert answer.status_code == (200 if who == "member" else 422 if "initiative=" in address and who == "stranger" else 404), address
        assert (SECRET in answer.content.decode()) == (who == "member"), address
    accepted = client.post(reverse("assurance.accept_proposed", args=[proposal.pk]), {"version": 1, "review": ["1"]})
    assert accepted.status_code == 404
    assert client.post(reverse("assurance.propose", args=[place]), {}).status_code == 404


def test_a_board_counts_what_its_reader_may_not_see_for_coordinators_only(
    world: World, pool: dict[str, Reviewer], signed_in: SignedIn
) -> None:
    given = {"window_from": "2031-05-05", "window_to": "2031-05-30", "starts_on": "2031-05-12", "ends_on": "2031-05-15"}
    hidden = create("review", world.administrator, title=SECRET, initiative=world.other.pk, kind="gate-3", **given)
    booked(world, hidden, pool["Ash"], "leader", by=world.administrator)
    lines = {name: {line.reviewer.title: line for line in board.board(fresh(getattr(world, name)), YEAR)} for name in ("owner", "member")}
    may = lines["owner"]["Ash"].cells[4]
    assert (may.days, "a review elsewhere" in may.told, world.other.title in may.told) == (4, True, False)
    assert lines["member"]["Ash"].cells[4].days == 0
    Reviewer.objects.filter(title="Ash").update(most_days=3)
    over = {line.reviewer.title: line for line in board.board(fresh(world.owner), YEAR)}["Ash"].cells[4]
    assert (over.is_over, over.text) == (True, "4 over 3")
    file = signed_in(world.owner).get(reverse("assurance.reviewer_file", args=[pool["Ash"].pk])).content.decode()
    assert "VEVENT" not in file and SECRET not in file
    own = signed_in(Account.objects.get(email="ash@example.org")).get(reverse("assurance.reviewer_file", args=[pool["Ash"].pk]))
    [event] = Calendar.from_ical(own.content).walk("VEVENT")
    assert (str(event["summary"]), "description" in event, "url" in event) == (str(hidden), False, False), (
        "what the booking told, and no more"
    )


def test_two_places_at_once_stand_out(world: World, pool: dict[str, Reviewer]) -> None:
    one = gate(world, title="One", starts_on="2031-05-12", ends_on="2031-05-15")
    other = gate(world, title="Two", initiative=world.programme.pk, starts_on="2031-05-19", ends_on="2031-05-22")
    for review in (one, other):
        booked(world, review, pool["Ash"], "leader")
    Review.objects.filter(pk=other.pk).update(starts_on="2031-05-14", ends_on="2031-05-17")  # as an old import left it
    [line] = [line for line in board.board(world.owner, YEAR) if line.reviewer.title == "Ash"]
    assert line.cells[4].is_doubled
    assert [text.endswith("both on 14 May 2031") for text in line.doubled] == [True]


def test_the_calendar_file_says_days_state_and_team(world: World, pool: dict[str, Reviewer], signed_in: SignedIn) -> None:
    review = gate(world, starts_on="2031-05-12", ends_on="2031-05-15")
    booked(world, review, pool["Ash"], "leader")
    answer = signed_in(world.member).get(reverse("assurance.calendar_file", args=[world.programme.pk]))
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt, str(event["status"])) == (date(2031, 5, 12), date(2031, 5, 16), "TENTATIVE")
    assert "Leader: Ash" in str(event["description"])
    move(review, "agree", world.owner)
    again = signed_in(world.member).get(reverse("assurance.calendar_file", args=[world.programme.pk]))
    assert [str(one["uid"]) for one in Calendar.from_ical(again.content).walk("VEVENT")] == [str(event["uid"])]


def test_the_command_and_the_api_say_the_same(
    world: World, pool: dict[str, Reviewer], signed_in: SignedIn, capsys: pytest.CaptureFixture[str]
) -> None:
    gate(world, window_from="2050-05-02", window_to="2050-05-27", members=0)
    given = ["assurance", "calendar", "scr", "--year", "2050", "--seconds", "2", "--json", "--as", world.owner.email]
    assert command.run(given) == 0
    told = json.loads(capsys.readouterr().out)
    made = Proposal.objects.latest("pk")
    client = signed_in(world.owner)
    answer = client.get(f"/api/v1/assurance/proposal/{made.pk}/calendar").json()
    assert answer["placed"] == told["placed"] and len(told["placed"]) == 1
    body = {"version": made.version, "reviews": [told["placed"][0]["id"]]}
    done = client.post(f"/api/v1/assurance/proposal/{made.pk}/accept", json.dumps(body), content_type="application/json")
    assert (done.status_code, done.json()["state"]) == (200, "accepted")
    shown = client.get(f"/api/v1/assurance/calendar?initiative={world.programme.pk}&year=2050").json()
    assert [one["starts_on"] for one in shown["reviews"]] == [told["placed"][0]["first"]]
    assert command.run(["assurance", "calendar", "nowhere", "--as", world.owner.email]) == 1


def test_a_search_that_is_stopped_keeps_its_best(world: World, pool: dict[str, Reviewer]) -> None:
    gate(world, window_from="2050-05-02", window_to="2050-05-27", members=0)

    class Stopping(Progress):
        def __call__(self, done: int, total: int, text: str = "") -> None:
            raise Cancelled

    chosen = {"year": 2050, "basis": "plan", "notice_weeks": 4, "seconds": 30, "seed": 1}
    found = jobs.propose(Stopping(), initiative=world.programme.pk, by=world.owner.pk, **chosen)
    assert Proposal.objects.get(pk=found["proposal"]).content.stopped
    with pytest.raises(Refused):
        jobs.propose(Progress(), initiative=world.programme.pk, by=world.member.pk, **chosen)


def test_periods_of_a_calendar() -> None:
    today = date(2027, 2, 10)
    asked: tuple[dict[str, str], ...] = ({}, {"year": "2028"}, {"from": "2027-04-07"}, {"from": "2027-04-07", "by": "month"})
    assert [period_of(told, today).first for told in asked] == [date(2027, 2, 1), date(2028, 1, 1), date(2027, 4, 5), date(2027, 4, 1)]
    assert len(list(period_of({"from": "2027-04-07"}, today).steps())) == 13
    for wrong in ({"year": "x"}, {"from": "2027-13-01"}, {"year": "9999"}):
        with pytest.raises(Invalid):
            period_of(wrong, today)
