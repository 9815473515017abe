"""A calendar is proposed from the registers: days, teams, what stands, what has no place and why; bad input in a sentence."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from mainstay.assurance.models import Review, Reviewer
from mainstay.assurance.proposal.content import Content
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.register import actions
from mainstay.register.errors import Invalid, Refused
from tests.assurance.calendars import booked, gate, pool, work_out
from tests.assurance.conftest import change, create, move
from tests.contract import worlds
from tests.contract.worlds import World, actor

__all__ = ["pool"]
MAY = {"starts_on": date(2031, 5, 12), "ends_on": date(2031, 5, 15)}


def only_reason(found: Content) -> str:
    assert found.placed == ()
    [left] = found.left
    return " ".join(left.reasons)


def test_days_team_and_meeting_come_from_the_registers(world: World, pool: dict[str, Reviewer]) -> None:
    gate(world, skills="marine", level=3, decision_on="2031-05-23", decision="Award")
    [found] = work_out(world).placed
    assert (found.leader.name, len(found.members)) == ("Ash", 1)
    assert (found.first, found.last) == (date(2031, 5, 12), date(2031, 5, 15))
    assert found.first - timedelta(weeks=14) <= (found.meeting or date.min) <= found.first - timedelta(weeks=12)
    assert found.why == "Window 5 May 2031 to 30 May 2031; over before Award on 23 May 2031."
    assert work_out(world).placed == (found,), "the same rows and seed give the same calendar"


def test_the_window_follows_the_milestone_and_holidays_stay_free(world: World, pool: dict[str, Reviewer]) -> None:
    milestone = actions.create(
        MilestoneRegister, {"title": "Award", "initiative": world.project.pk, "forecast": "2031-05-19"}, actor(world.owner)
    )
    gate(world, milestone=milestone.pk, window_from=None, window_to=None, window_days=10, offset_days=-7)
    [found] = work_out(world).placed
    assert found.first == date(2031, 5, 6), "the fifth is a bank holiday, and four days in a row begin on the sixth"
    assert "as it follows from" in found.why and "expected on 19 May 2031" in found.why


def test_what_is_booked_elsewhere_away_tied_or_at_its_limit_is_not_taken(world: World, pool: dict[str, Reviewer]) -> None:
    elsewhere = create(
        "review", world.administrator, title="Elsewhere", initiative=world.other.pk, kind="gate-3",
        window_from="2031-05-05", window_to="2031-05-30", **MAY,
    )  # fmt: skip
    booked(world, elsewhere, pool["Ash"], "leader", by=world.administrator)
    change(pool["Elm"], world.administrator, away="2031-05-19..2031-05-30")
    gate(world, members=0)
    [found] = work_out(world).placed
    assert (found.leader.name, found.first) in {("Ash", date(2031, 5, 19)), ("Elm", date(2031, 5, 13)), ("Ash", date(2031, 5, 20))}
    change(pool["Ash"], world.administrator, days_a_year=4)
    assert work_out(world).placed[0].leader.name == "Elm"
    worlds.actions.create(
        worlds.REGISTERS["initiatives.appointment"],
        {"person": pool["Elm"].person_id, "role": "project_manager", "initiative": world.project.pk, "since": timezone.localdate()},
        actor(world.administrator),
    )
    assert "1 have to do with its department" in only_reason(work_out(world))


def test_days_on_which_interviewees_are_away_stay_free(world: World, pool: dict[str, Reviewer]) -> None:
    gate(world, unavailable="2031-05-12..2031-05-23")
    [found] = work_out(world).placed
    assert found.first in {date(2031, 5, 6), date(2031, 5, 27)}, "two bank holidays leave one day in each of the other weeks"
    Review.objects.update(unavailable="2031-05-01..2031-05-31")
    assert "on which people to be interviewed are away" in only_reason(work_out(world))
    with pytest.raises(Invalid, match="Write days as 2027-01-04"):
        gate(world, unavailable="in May")


def test_rooms_of_a_region_are_shared_and_a_confirmed_review_uses_one(world: World, pool: dict[str, Reviewer]) -> None:
    short = {"window_from": "2031-05-12", "window_to": "2031-05-16", "members": 0}
    sure = gate(world, title="Sure", region="Belfast", starts_on="2031-05-12", ends_on="2031-05-15", members=0)
    change(sure, world.owner, meeting_on="2031-02-10", planning_on="2031-04-14")
    for step in ("agree", "assess", "plan"):
        move(sure, step, world.owner)
    create("review", world.owner, title="Other", initiative=world.programme.pk, kind="gate-0", region="belfast ", **short)
    assert len(work_out(world).placed) == 1
    assert len(work_out(world, rooms="Belfast: 2; Derry: 1").placed) == 1
    found = work_out(world, rooms="Belfast: 1")
    [left] = found.left
    assert "The rooms in belfast are taken on 2 of 2 possible first days." in left.reasons
    assert "One more room in belfast." in left.remedies
    for wrong in ("Belfast", "Belfast: x", "Belfast: 1; belfast: 2", ": 3", "Belfast: 1000"):
        with pytest.raises(Invalid, match="Write regions with the number"):
            work_out(world, rooms=wrong)


def test_whoever_looked_twice_in_a_row_leaves_the_third_to_others(world: World, pool: dict[str, Reviewer]) -> None:
    for month in (5, 6, 7):
        gate(world, f"Gate of month {month}", window_from=f"2031-0{month}-05", window_to=f"2031-0{month}-30", members=0, level=3)
    found = work_out(world)
    assert [one.leader.name for one in found.placed] == ["Ash", "Ash"]
    assert "Letting somebody who is in its other reviews do so again." in found.left[0].remedies
    assert len(work_out(world, seed=2).placed) == 2
    Review.objects.update(level=2)
    assert {one.leader.name for one in work_out(world).placed} == {"Ash", "Elm"}


def test_what_stands_stays_and_an_absence_changes_one_person_only(world: World, pool: dict[str, Reviewer]) -> None:
    review = gate(world, **MAY)
    booked(world, review, pool["Ash"], "leader")
    booked(world, review, pool["Fir"], "member")
    move(review, "agree", world.owner)
    [found] = work_out(world).placed
    assert found.is_kept
    change(pool["Fir"], world.administrator, away="2031-05-13")
    [found] = work_out(world).placed
    assert (found.first, found.leader.name, [one.name for one in found.joins], [one.name for one in found.leaves]) == (
        MAY["starts_on"], "Ash", ["Elm"], ["Fir"],
    )  # fmt: skip
    assert found.why.endswith("Fir is away or booked then.")


def test_a_slip_moves_one_review_and_a_confirmed_one_never(world: World, pool: dict[str, Reviewer]) -> None:
    slipped, sure = gate(world, **MAY), gate(world, title="Sure", starts_on="2031-05-19", ends_on="2031-05-22")
    for review, name in ((slipped, "Ash"), (sure, "Elm")):
        booked(world, review, pool[name], "leader")
    change(sure, world.owner, meeting_on="2031-02-17", planning_on="2031-04-21")
    for step in ("agree", "assess", "plan"):
        move(sure, step, world.owner)
    change(slipped, world.owner, window_from="2031-05-19", window_to="2031-06-06")
    found = work_out(world)
    assert found.fixed == 1
    [moved] = found.moved
    assert moved.review.pk == slipped.pk and moved.leader.name == "Ash"
    assert moved.first > date(2031, 5, 22), "the confirmed review asks the same people from 19 to 22 May"


@pytest.mark.parametrize(
    ("values", "reason", "remedy"),
    [
        ({"window_from": None, "window_to": None}, "no live plan says when it is due", "Tie it to a milestone"),
        ({"days": 10}, "It takes 10 days", "by hand"),
        ({"decision_on": "2031-05-06"}, "no 4 days are left between", "Move the decision"),
        ({"window_to": "2031-05-07"}, "shorter than the 4 days", "A longer window"),
        ({"window_from": "2031-02-03", "window_to": "2031-02-28"}, "12 weeks of notice", "later: it could begin on"),
        ({"level": 5}, "No leader on the list holds accreditation 5.", "One more leader of accreditation 5"),
        ({"skills": "nuclear"}, "has nuclear", "One more reviewer with nuclear"),
    ],
)
def test_a_review_without_a_place_says_why_and_what_frees_it(
    world: World, pool: dict[str, Reviewer], values: dict[str, Any], reason: str, remedy: str
) -> None:
    gate(world, **values)
    found = work_out(world)
    assert reason in only_reason(found)
    assert any(remedy in text for text in found.left[0].remedies), found.left[0].remedies


def test_a_review_whose_days_or_window_are_over_says_so(world: World, pool: dict[str, Reviewer]) -> None:
    gate(world, **MAY)
    assert "Its days began on 12 May 2031, and it has not begun." in only_reason(work_out(world, today=date(2031, 6, 2)))
    Review.objects.update(starts_on=None, ends_on=None)
    assert "Its window ended on 30 May 2031: it lies in the past." in only_reason(work_out(world, today=date(2031, 6, 2)))


def test_nothing_to_place_nobody_and_a_year_that_is_over_are_refused(world: World, pool: dict[str, Reviewer]) -> None:
    with pytest.raises(Refused, match="has no review from 6 Jan 2031"):
        work_out(world)
    gate(world)
    with pytest.raises(Refused, match="has no review from 1 Jan 2033"):
        work_out(world, year=2033)
    with pytest.raises(Invalid, match="The year 2030 is over"):
        work_out(world, year=2030)
    with pytest.raises(Invalid, match="number of seconds from 1 to 600"):
        work_out(world, seconds=0)
    Reviewer.objects.update(is_withdrawn=True)
    with pytest.raises(Refused, match="There are no reviewers"):
        work_out(world)


def test_whoever_was_in_the_last_two_teams_has_had_their_turn(world: World, pool: dict[str, Reviewer]) -> None:
    for title, first in (("One", date(2031, 3, 3)), ("Two", date(2031, 4, 7))):
        held = gate(
            world, title=title, window_from=first, window_to=first + timedelta(days=4), starts_on=first, ends_on=first + timedelta(days=3)
        )
        booked(world, held, pool["Ash"], "leader")
        Review.objects.filter(pk=held.pk).update(state="under_way")
    gate(world, level=3, members=0)
    assert "1 reviewed it before" in only_reason(work_out(world))
    Review.objects.filter(title__startswith="Gate 3").update(kind="aap")
    assert work_out(world).placed[0].leader.name == "Ash"


def test_a_forecast_is_looked_at_by_whoever_may_read_it(world: World, pool: dict[str, Reviewer]) -> None:
    gate(world)
    assert work_out(world, basis="p80").forecasts == ()
