"""Calendars of reviews: every rule kept, proven best on small problems, fewest moves, and a reason for each review without a place."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise, product

import pytest

from mainstay.engine.assurance.candidates import candidates, taken_by
from mainstay.engine.assurance.checking import faults
from mainstay.engine.assurance.costs import Costs
from mainstay.engine.assurance.days import assessment_window, starts
from mainstay.engine.assurance.errors import ReviewError
from mainstay.engine.assurance.inputs import Limit, Placement, Review, Reviewer, ReviewProblem
from mainstay.engine.assurance.scheduling import propose
from mainstay.engine.assurance.week_model import WeekModel
from tests.engine.assurance.problems import HOLIDAYS, TODAY, random_problem

SPRING = date(2027, 4, 5)
ASH, ELM, FIR = (Reviewer(id=name, level=2, may_lead=True, skills=frozenset({"digital"})) for name in ("Ash", "Elm", "Fir"))

TIED = replace(ASH, interests=frozenset({"Roads"}))


def gate(name: str, **changes: object) -> Review:
    given = Review(id=name, earliest=SPRING, latest=SPRING + timedelta(days=11), preferred=SPRING, members=0)
    return replace(given, **changes)  # type: ignore[arg-type]


def problem(*reviews: Review, reviewers: tuple[Reviewer, ...] = (ASH, ELM), **changes: object) -> ReviewProblem:
    return replace(ReviewProblem(today=TODAY, reviews=reviews, reviewers=reviewers, holidays=HOLIDAYS), **changes)  # type: ignore[arg-type]


def every_placement(given: ReviewProblem, name: str) -> list[Placement]:
    """All placements of one review that keep the rules when nothing else is placed."""
    one = candidates(given)[name]
    names = [person.reviewer.id for person in one.people]
    found = [
        Placement(name, first, leader, members)
        for first in one.firsts
        for leader in names
        for members in combinations([each for each in names if each != leader], one.review.members)
    ]
    return [placement for placement in found if not faults(given, [placement])]


@pytest.mark.parametrize("seed", range(4))
def test_no_calendar_is_better_on_small_problems(seed: int) -> None:
    given = random_problem(seed, 3, 6, weeks=2)
    given = replace(given, reviews=tuple(replace(one, latest=one.earliest + timedelta(days=9), members=1) for one in given.reviews))
    costs = Costs(given)
    choices = [[None, *every_placement(given, one.id)] for one in given.reviews]
    calendars = ([each for each in chosen if each is not None] for chosen in product(*choices))
    priced = sorted(((costs.whole({each.review: each for each in calendar}), calendar) for calendar in calendars), key=lambda each: each[0])
    best = next(points for points, calendar in priced if not faults(given, calendar))
    found = propose(given)
    assert found.points == best
    assert found.bound <= best


@pytest.mark.parametrize("seed", range(6))
def test_the_bound_by_weeks_is_below_every_calendar(seed: int) -> None:
    given = with_limits(random_problem(seed, 3, 5, weeks=1), 4 + seed % 3, 2)
    given = replace(
        given, reviews=tuple(replace(one, latest=one.earliest + timedelta(days=12), days=1 + seed % 4) for one in given.reviews)
    )
    costs, taken = Costs(given), taken_by(given, ())
    bounds: list[int] = []
    WeekModel(given, list(candidates(given).values()), taken, costs).least(lambda: False, bounds.append)
    assert bounds == sorted(bounds) and bounds[-1] <= propose(given).points


def test_a_turn_that_is_over_is_given_to_others() -> None:
    weeks = [SPRING + timedelta(weeks=number) for number in range(3)]
    gates = [gate(f"G{number}", earliest=first, latest=first + timedelta(days=4), turn="Harbour") for number, first in enumerate(weeks, 1)]
    alone = propose(problem(*gates, reviewers=(ASH,)))
    assert len(alone.placements) == 2 and faults(problem(*gates, reviewers=(ASH,)), alone.placements) == []
    assert len(propose(problem(*gates)).placements) == 3
    [left] = propose(problem(gates[0], reviewers=(ASH,), before={("Harbour", "Ash"): 2})).unplaced
    assert "Letting somebody who is in its other reviews do so again." in left.remedies
    by_ash = [Placement(each.id, each.earliest, "Ash") for each in gates]
    assert faults(problem(*gates), by_ash) == ["Ash is in 3 reviews of Harbour, 2 at most."]


@pytest.mark.parametrize("seed", range(2))
def test_many_reviews_of_people_who_give_few_days_come_near_the_bound(seed: int) -> None:
    given = with_limits(random_problem(seed, 60, 40), 8, 20)
    found = propose(given, seconds=20)
    assert faults(given, found.placements) == []
    assert found.gap < 0.1


def with_limits(given: ReviewProblem, days: int, hosts: int) -> ReviewProblem:
    """The same with so many review days a month for everybody, and so many hosts for all reviews."""
    months = [date(2027 + month // 12, month % 12 + 1, 1) for month in range(25)]
    limits = tuple(Limit(first, after - timedelta(days=1), days) for first, after in pairwise(months))
    reviews = tuple(replace(one, host=f"H{place % hosts}") for place, one in enumerate(given.reviews))
    return replace(given, reviews=reviews, reviewers=tuple(replace(one, limits=limits) for one in given.reviewers))


@pytest.mark.parametrize("seed", range(2))
def test_no_calendar_within_limits_of_days_and_hosts_is_better_on_small_problems(seed: int) -> None:
    given = with_limits(random_problem(seed, 3, 4, weeks=1), 5, 1)
    given = replace(given, reviews=tuple(replace(one, latest=one.earliest + timedelta(days=8), members=1) for one in given.reviews))
    costs = Costs(given)
    choices = [[None, *every_placement(given, one.id)] for one in given.reviews]
    calendars = ([each for each in chosen if each is not None] for chosen in product(*choices))
    priced = sorted(((costs.whole({each.review: each for each in calendar}), calendar) for calendar in calendars), key=lambda each: each[0])
    best = next(points for points, calendar in priced if not faults(given, calendar))
    found = propose(given)
    assert (found.points, faults(given, found.placements)) == (best, [])


def test_limits_of_days_and_hosts_are_kept_and_said() -> None:
    given = with_limits(random_problem(5, 14, 8, weeks=4), 4, 3)
    found = propose(given, seconds=2)
    assert faults(given, found.placements) == []
    assert found.unplaced and found.bound <= found.points
    month = Limit(SPRING, SPRING + timedelta(days=30), 4)
    few = propose(problem(gate("A"), gate("B"), reviewers=(replace(ASH, limits=(month,)),)))
    assert len(few.placements) == 1
    assert "One more leader of accreditation 1 who is free in its window." in few.unplaced[0].remedies
    week = {"latest": SPRING + timedelta(days=4), "host": "Harbour"}
    [left] = propose(problem(gate("A", **week), gate("B", **week))).unplaced
    assert left.reasons == ("Another review asks the same people on 2 of 2 possible first days.",)
    assert "Holding it while another review asks the same people." in left.remedies


@pytest.mark.parametrize("seed", range(3))
def test_a_calendar_keeps_every_rule_and_is_the_same_for_the_same_seed(seed: int) -> None:
    given = random_problem(seed, 25, 24)
    found = propose(given)
    assert faults(given, found.placements) == []
    assert found.bound <= found.points == Costs(given).whole({each.review: each for each in found.placements})
    assert len(found.placements) + len(found.unplaced) == 25
    assert len(found.placements) >= 20
    assert propose(given).placements == found.placements


def test_what_is_fixed_stays_and_what_was_agreed_moves_least() -> None:
    fixed = Placement("A", SPRING + timedelta(days=1), "Ash")
    agreed = (Placement("B", SPRING + timedelta(days=7), "Ash"), Placement("C", SPRING, "Elm"))
    given = problem(gate("A"), gate("B"), gate("C"), fixed=(fixed,), agreed=agreed)
    assert propose(given).moves == ()
    assert set(propose(given).placements) == {fixed, *agreed}
    ill = replace(ELM, away=frozenset({SPRING}))
    changed = propose(replace(given, reviewers=(ASH, ill, FIR)))
    assert fixed in changed.placements and agreed[0] in changed.placements
    assert [(move.review, move.was, move.now, move.leaves, move.joins) for move in changed.moves] == [
        ("C", SPRING, SPRING, ("Elm",), ("Fir",))
    ]


def test_a_plan_that_slips_moves_only_its_own_review() -> None:
    agreed = (Placement("A", SPRING, "Ash"), Placement("B", SPRING, "Elm"))
    later = gate("A", earliest=SPRING + timedelta(days=7), latest=SPRING + timedelta(days=18), preferred=SPRING + timedelta(days=7))
    moved = propose(problem(later, gate("B"), agreed=agreed))
    assert [(move.review, move.now, move.leaves) for move in moved.moves] == [("A", SPRING + timedelta(days=7), ())]


@pytest.mark.parametrize(
    ("changes", "reviewers", "reason", "remedy"),
    [
        ({"latest": SPRING + timedelta(days=2)}, (ASH,), "too near its end", "ends 1 week later"),
        ({"lead_weeks": 40}, (ASH,), "before the 40 weeks of notice are over", "ends 26 weeks later"),
        ({"closed": frozenset(SPRING + timedelta(days=step) for step in range(12))}, (ASH,), "to be interviewed are away", "on more days"),
        ({"level": 3}, (ASH,), "No leader on the list holds accreditation 3.", "A leader of accreditation 2."),
        ({"barred": frozenset({"Ash"})}, (ASH,), "1 reviewed it before", "Letting somebody who reviewed it before"),
        ({"interests": frozenset({"Roads"})}, (TIED,), "1 have to do with its department", "One more leader of accreditation 1"),
        ({"skills": frozenset({"health"})}, (ASH,), "has health", "One more reviewer with health"),
        ({"members": 1}, (ASH,), "It needs 2 people, and 1 may review it", "A team of one fewer."),
    ],
)  # fmt: skip
def test_a_review_without_a_place_says_why_and_what_would_free_it(
    changes: dict[str, object], reviewers: tuple[Reviewer, ...], reason: str, remedy: str | None
) -> None:
    found = propose(problem(gate("A", **changes), reviewers=reviewers))
    assert found.placements == ()
    [left] = found.unplaced
    assert any(reason in told for told in left.reasons), left.reasons
    assert (remedy is None and left.remedies == ()) or any(remedy in told for told in left.remedies if remedy), left.remedies


def test_a_crowded_room_says_so() -> None:
    short = {"latest": SPRING + timedelta(days=4), "region": "North", "needs_room": True}
    found = propose(problem(gate("A", **short), gate("B", importance=5, **short), rooms={"North": 1}))
    assert [placement.review for placement in found.placements] == ["A"]
    [left] = found.unplaced
    assert left.reasons == ("The rooms in North are taken on 2 of 2 possible first days.",)
    assert "One more room in North." in left.remedies


def test_days_in_a_row_within_a_week_and_round_holidays() -> None:
    easter = gate("A", earliest=date(2027, 3, 22), latest=date(2027, 4, 2))
    assert starts(easter, problem(easter)).possible == (date(2027, 3, 22), date(2027, 3, 30))
    assert assessment_window(date(2027, 4, 5)) == (date(2026, 12, 28), date(2027, 1, 11))


def test_a_search_that_is_stopped_still_gives_a_calendar_that_keeps_the_rules() -> None:
    given = random_problem(1, 25, 24)
    found = propose(given, stopped=lambda: True)
    assert faults(given, found.placements) == []
    assert found.bound <= found.points


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: problem(gate("A", latest=SPRING - timedelta(days=1))), "ends on 04 Apr 2027, before it begins"),
        (lambda: problem(gate("A", days=6)), "takes 6 days"),
        (lambda: problem(gate("A"), gate("A")), "Two reviews are both called A"),
        (lambda: problem(gate("A"), reviewers=(ASH, ASH)), "Two reviewers are both called Ash"),
        (lambda: problem(gate("A"), fixed=(Placement("B", SPRING, "Ash"),)), "Review B is fixed but is not among the reviews"),
        (lambda: problem(gate("A"), fixed=(Placement("A", SPRING, "Oak"),)), "is fixed with Oak, who is not among the reviewers"),
        (lambda: problem(gate("A", importance=0)), "importance 0"),
    ],
)
def test_what_is_stated_wrongly_is_refused_in_a_sentence(make: object, sentence: str) -> None:
    with pytest.raises(ReviewError, match=sentence):
        make()  # type: ignore[operator]
