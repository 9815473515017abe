"""Reviews: windows that follow milestones, steps that wait, faults of a plan; teams that nobody is booked into twice."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.assurance import lists
from mainstay.assurance.day_lists import days_in
from mainstay.assurance.models import Review
from mainstay.assurance.plan.faults import Plan, faults
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.post.models import Message
from mainstay.register import actions
from mainstay.register.derived import derive
from mainstay.register.errors import Invalid, Refused
from mainstay.register.history import Actor
from mainstay.register.models import Change
from tests.assurance.conftest import change, create, fresh, move, person_of
from tests.contract import worlds
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
AWARD = date(2031, 6, 30)


@pytest.fixture
def milestone(world: World) -> Any:
    return actions.create(MilestoneRegister, {"title": "Award", "initiative": world.project.pk, "forecast": AWARD}, actor(world.owner))


def tied(world: World, milestone: Any, **values: Any) -> Any:
    given = {
        "title": "Gate 3",
        "initiative": world.project.pk,
        "kind": "gate-3",
        "milestone": milestone.pk,
        "owner": person_of(world.owner),
    }
    return create("review", world.owner, **{**given, **values})


def slips(milestone: Any, days: int) -> None:
    milestone.refresh_from_db()
    with transaction.atomic():
        derive(MilestoneRegister, milestone, {"forecast": AWARD + timedelta(days=days)}, Actor(None, "derived"), reason="A plan arrived.")


def test_a_slip_moves_the_window_says_so_and_tells_the_owner_once(world: World, milestone: Any) -> None:
    review = tied(world, milestone, offset_days=-14, window_days=28)
    assert (review.window_from, review.window_to) == (date(2031, 5, 20), date(2031, 6, 16))
    move(review, "agree", world.owner)
    for _again in range(2):
        slips(milestone, 10)
    review.refresh_from_db()
    assert (review.window_to, review.slip_days) == (date(2031, 6, 26), 10)
    told = Change.objects.get(register="assurance.review", record_id=review.pk, verb="derive")
    assert "is now expected on 10 Jul 2031" in told.reason
    assert Message.objects.filter(key__startswith=f"assurance-{review.pk}-window-").count() == 1


def test_a_slip_that_leaves_no_day_says_which(world: World, milestone: Any) -> None:
    review = tied(world, milestone, decision_on=AWARD)
    slips(milestone, 45)
    reason = Change.objects.get(register="assurance.review", record_id=review.pk, verb="derive").reason
    assert "No day of the window is before the decision on 30 Jun 2031" in reason
    slips(milestone, -4000)
    reason = Change.objects.filter(register="assurance.review", record_id=review.pk, verb="derive").latest("sequence").reason
    assert "lies in the past" in reason


def test_a_window_that_follows_is_not_typed_and_one_in_the_past_is_not_proposed(world: World, milestone: Any) -> None:
    review = tied(world, milestone)
    with pytest.raises(Invalid, match="follows from"):
        change(review, world.owner, window_to="2031-06-20")
    with pytest.raises(Invalid, match="over already"):
        create("review", world.owner, title="Late", initiative=world.project.pk, kind="gate-1", window_to="2020-01-31")
    with pytest.raises(Invalid, match="is for programmes"):
        create("review", world.owner, title="Zero", initiative=world.project.pk, kind="gate-0")
    with pytest.raises(Invalid, match="own type is called"):
        create("review", world.owner, title="Own", initiative=world.project.pk, kind="own")


def test_each_step_waits_for_what_it_needs(world: World, review: Review) -> None:
    move(review, "agree", world.owner)
    with pytest.raises(Invalid, match="Assessment meeting"):
        move(review, "assess", world.owner)
    change(review, world.owner, meeting_on="2030-11-12", planning_on="2031-01-14")
    with pytest.raises(Refused, match="comes first"):
        move(review, "plan", world.owner)
    move(review, "assess", world.owner)
    move(review, "plan", world.owner)
    with pytest.raises(Refused, match="no leader"):
        move(review, "begin", world.owner)
    with pytest.raises(Invalid):
        move(review, "cancel", world.owner)


def test_a_review_is_issued_with_its_report(world: World, review: Review, leader: Account, report: Any) -> None:
    Review.objects.filter(pk=review.pk).update(state="draft")
    with pytest.raises(Refused, match="has not been issued"):
        move(review, "issue", world.owner)
    change(report, leader, statement="Sound.")
    move(report, "issue", leader)
    assert move(review, "issue", world.owner).state == "issued"


# Teams


def place_for(world: World, review: Any, reviewer: Any, part: str = "member") -> Any:
    values = {"title": "Place", "initiative": review.initiative_id, "review": review.pk, "reviewer": reviewer.pk, "part": part}
    return create("member", world.owner, **values)


@pytest.fixture
def reviewer(world: World) -> Any:
    account = worlds.appoint("rita@example.org", "Rita Eviewer", "", None)
    return create(
        "reviewer", world.administrator, title="Rita Eviewer", person=person_of(account), most_days=6, interests="Saltmere Marine"
    )


def another(world: World, first: str, last: str, **values: Any) -> Any:
    given = {"title": "Deep dive", "initiative": world.programme.pk, "kind": "deep-dive", "window_to": "2031-12-31"}
    return create("review", world.owner, **given, starts_on=first, ends_on=last, **values)


def test_nobody_is_booked_twice_nor_over_their_load(world: World, review: Review, reviewer: Any) -> None:
    move(place_for(world, review, reviewer), "book", world.owner)
    same_days = another(world, "2031-02-13", "2031-02-14")
    with pytest.raises(Refused, match="booked from 10 Feb 2031 to 13 Feb 2031"):
        move(place_for(world, same_days, reviewer), "book", world.owner)
    with pytest.raises(Refused, match="7 review days in 2/2031, 6 at most"):
        move(place_for(world, another(world, "2031-02-17", "2031-02-19"), reviewer), "book", world.owner)
    change(reviewer, world.administrator, away="2031-03-03..2031-03-07")
    with pytest.raises(Refused, match="away on 3 Mar 2031"):
        move(place_for(world, another(world, "2031-03-03", "2031-03-04"), reviewer), "book", world.owner)
    with pytest.raises(Refused, match="not accredited to lead"):
        move(place_for(world, another(world, "2031-04-07", "2031-04-08"), reviewer, "leader"), "book", world.owner)
    later = another(world, "2031-05-05", "2031-05-06")
    move(place_for(world, later, reviewer), "book", world.owner)
    with pytest.raises(Invalid, match="booked from 10 Feb"):
        change(later, world.owner, starts_on="2031-02-11", ends_on="2031-02-12")


def test_nobody_reviews_what_they_have_to_do_with(world: World, reviewer: Any) -> None:
    marine = another(world, "2031-06-02", "2031-06-03", interests="Quay Ltd; saltmere marine")
    with pytest.raises(Refused, match="has to do with saltmere marine"):
        move(place_for(world, marine, reviewer), "book", world.owner)
    change(reviewer, world.administrator, interests=world.programme.code)
    with pytest.raises(Refused, match="has to do with scr"):
        move(place_for(world, another(world, "2031-06-09", "2031-06-10"), reviewer), "book", world.owner)


def test_of_two_bookings_that_passed_the_first_look_the_second_is_refused(world: World, review: Review, reviewer: Any) -> None:
    """The second coordinator's look came before the first one's booking: it is looked at again once it is written."""
    from mainstay.assurance.member import independence  # its question before the write, made to answer as it did then

    first, second = place_for(world, review, reviewer), place_for(world, another(world, "2031-02-12", "2031-02-13"), reviewer)
    assert independence.faults(first) == independence.faults(second) == []
    move(first, "book", world.owner)
    second.state = "booked"
    assert [text for _field, text in independence.stands(second, world.owner)]


def test_days_in_are_read_as_written() -> None:
    assert days_in("2027-01-04..2027-01-06; 2027-02-01") == {date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 6), date(2027, 2, 1)}
    for wrong in ("next week", "2027-01-06..2027-01-04"):
        with pytest.raises(ValueError):
            days_in(wrong)


# Faults of a plan: no database


TODAY = date(2027, 1, 4)
PLACE = SimpleNamespace(title="Causeway", kind="project")


def planned(pk: int, kind: Any = "gate-3", **values: Any) -> Any:
    row = Review(pk=pk, ref=f"AR-{pk}", title="Review", kind=kind, state="agreed")
    for name, value in values.items():
        setattr(row, name, value)
    row.initiative_id = 1
    row._state.fields_cache["initiative"] = PLACE
    return row


def leads(*reviews: Any, approvals: Any = (), **more: Any) -> list[str]:
    given = {"led": frozenset({1, 2}), "planned": frozenset({1}), **more}
    return [fault.lead for fault in faults(Plan(reviews=list(reviews), approvals=list(approvals), today=TODAY, **given))]


def approval(kind: str = "fbc", day: date = date(2027, 9, 1)) -> Any:
    return SimpleNamespace(kind=kind, state="planned", planned_on=day, initiative_id=1, initiative=PLACE, __str__=lambda: "AP-1")


MET = {"meeting_on": date(2027, 3, 8), "starts_on": date(2027, 6, 7), "ends_on": date(2027, 6, 10)}
LATER = {**MET, "meeting_on": date(2027, 3, 22)}


def test_a_plan_in_order_has_no_fault() -> None:
    assert leads(planned(1, decision_on=date(2027, 6, 30), **MET), approvals=[approval()]) == []


@pytest.mark.parametrize(
    ("reviews", "approvals", "expected"),
    [
        ([planned(1, decision_on=date(2027, 6, 9), **MET)], [], "G3 Causeway ends after its decision."),
        ([], [approval()], "G3 of Causeway is missing."),
        ([planned(1, **MET)], [approval(day=date(2027, 6, 9))], "G3 of Causeway ends after its approval."),
        ([planned(1, **MET), planned(2, "par", **{**MET, "starts_on": date(2027, 6, 10), "ends_on": date(2027, 6, 11)})], [],
         "G3 Causeway overlaps PAR Causeway."),
        ([planned(1, **MET), planned(2, **{**LATER, "starts_on": date(2027, 6, 21), "ends_on": date(2027, 6, 24)})], [],
         "G3 Causeway is planned twice."),
        ([planned(1, **{**MET, "meeting_on": date(2027, 5, 3)})], [], "The assessment meeting of G3 Causeway is out of time."),
        ([planned(1, window_from=date(2026, 11, 2), window_to=date(2026, 11, 27), meeting_on=date(2026, 8, 3))], [],
         "The window of G3 Causeway has passed."),
        ([planned(3, window_from=date(2027, 2, 1), window_to=date(2027, 2, 26), meeting_on=date(2026, 11, 2))], [],
         "G3 Causeway has no leader."),
        ([planned(1, window_from=date(2027, 7, 1), window_to=date(2027, 7, 30), **MET)], [], "G3 Causeway lies outside its window."),
    ],
)  # fmt: skip
def test_each_fault_is_found(reviews: list[Any], approvals: list[Any], expected: str) -> None:
    assert leads(*reviews, approvals=approvals) == [expected]


def test_a_red_needs_its_action_plan_assured_and_a_gate_its_plan() -> None:
    red = planned(1, state="closed", rating="red", **MET)
    assert leads(red, red=frozenset({1})) == ["G3 Causeway was Red and nobody assures its action plan."]
    later = {**MET, "starts_on": date(2027, 12, 6), "ends_on": date(2027, 12, 7), "meeting_on": date(2027, 9, 1)}
    assert leads(red, planned(2, "aap", follows_id=1, **later), red=frozenset({1})) == []
    assert leads(planned(1, **MET), planned=frozenset()) == ["G3 Causeway hangs in the air."]


def test_the_assessment_meeting_is_twelve_to_fourteen_weeks_ahead() -> None:
    """Northern Ireland: usually 12 to 14 weeks before the review."""
    review = planned(1, starts_on=date(2027, 6, 7))
    assert review.meeting_span == (date(2027, 3, 1), date(2027, 3, 15))
    assert planned(1, "health-check", starts_on=date(2027, 6, 7)).meeting_span is None


def test_the_types_come_before_the_approvals_that_they_inform() -> None:
    assert {one.informs: one.gate for one in lists.review_types().values() if one.informs} == {"soc": 1, "obc": 2, "fbc": 3, "go-live": 4}


def test_the_pages_are_for_those_who_may_see_the_programme(world: World, signed_in: SignedIn, review: Review) -> None:
    for name in ("plan", "triage", "map", "themes"):
        page = reverse(f"assurance.{name}", args=[world.programme.pk])
        assert signed_in(world.stranger).get(page).status_code == 404, name
        answer = signed_in(fresh(world.member)).get(page)
        assert answer.status_code == 200, name
    page = reverse("assurance.plan", args=[world.programme.pk])
    text = signed_in(fresh(world.member)).get(page).content.decode()
    assert "G2 Harbour Barrier" in text.replace("&#x27;", "'") or "Gate 2" in text
    assert review.ref in text
    assert timezone.localdate() < date(2031, 1, 1)


def test_pages_take_the_same_queries_for_many_reviews(world: World, signed_in: SignedIn, review: Review) -> None:
    def queries(name: str) -> int:
        client = signed_in(fresh(world.member))
        page = reverse(f"assurance.{name}", args=[world.programme.pk])
        client.get(page)
        with CaptureQueriesContext(connection) as found:
            assert client.get(page).status_code == 200
        return len(found)

    names = ("plan", "triage", "themes")
    before = [queries(name) for name in names]
    for number in range(8):
        another(world, f"2031-0{number + 1}-03", f"2031-0{number + 1}-04", decision_on=f"2031-0{number + 1}-02")
        values = {"title": "Advice", "initiative": review.initiative_id, "review": review.pk, "category": "ipa/1:1", "is_released": True}
        create("recommendation", world.administrator, **values, due_before=review.pk)
    assert [queries(name) for name in names] == before
