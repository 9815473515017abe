"""Projects that want the same people, by priority; and what levelling must leave where it is. Each answer is counted by hand."""

from dataclasses import replace
from itertools import pairwise, permutations

import pytest

from mainstay.engine.levelling.errors import LevellingError
from mainstay.engine.levelling.plan_checking import plan_faults
from mainstay.engine.levelling.plan_levelling import Levelled, level_plan
from mainstay.engine.levelling.pool import Offer, Pool, Resource, Use
from mainstay.engine.plan import Activity, ConstraintType, Link, PlanData, Project
from mainstay.engine.worktime import Calendar, CalendarException, datetime_of
from tests.engine.levelling.test_plans import DAY, FEW, OFFICE, ONE, at, dates, level, plan, pool


def projects(**lengths: tuple[int, ...]) -> tuple[PlanData, Pool]:
    """Each project a row of pieces of work of so many days, one after the other, all of them of one crew."""
    rows, links, uses = [], [], []
    for name, days in lengths.items():
        ids = [f"{name}{k}" for k in range(len(days))]
        rows += [Activity(id=key, project=name, duration=length * DAY) for key, length in zip(ids, days, strict=True)]
        links += [Link(before, after) for before, after in pairwise(ids)]
        uses += [Use(key, "R", 100) for key in ids]
    made = tuple(Project(id=name, calendar="office", start=at(1)) for name in lengths)
    return PlanData(made, (OFFICE,), tuple(rows), tuple(links)), Pool((ONE,), tuple(uses), frozenset(), {})


def finishes(made: Levelled) -> dict[str, int]:
    """Working days from the start to each project's finish."""
    time = made.after.plan
    return {row.id: working_days(int(made.after.project_finish(row.id))) for row in time.projects}


def working_days(instant: int) -> int:
    day = datetime_of(instant).date() - datetime_of(at(1)).date()
    return day.days - 2 * (day.days // 7) + 1


@pytest.mark.parametrize("first", ["A", "B", "C"])
def test_who_has_priority_finishes_first(first: str) -> None:
    given, shared = projects(A=(1, 1), B=(2, 1), C=(1, 2))
    made = level_plan(given, shared, FEW, priorities={first: 100})
    assert plan_faults(made.after, shared, made.movable) == []
    own = {"A": 2, "B": 3, "C": 3}
    assert finishes(made)[first] == own[first]
    assert max(finishes(made).values()) == 8


WEIGHTS = [{"A": 1, "B": 1, "C": 1}, {"A": 3, "B": 1, "C": 2}, {"A": 1, "B": 7, "C": 2}]


@pytest.mark.parametrize("weights", WEIGHTS)
def test_the_weighted_finish_is_the_best_of_all_orders(weights: dict[str, int]) -> None:
    """One crew and one piece of work each: Smith's rule, here by trying every order."""
    days = {"A": 4, "B": 3, "C": 2}
    given, shared = projects(**{name: (length,) for name, length in days.items()})
    made = level_plan(given, shared, FEW, priorities=weights)
    found = finishes(made)

    def cost(order: tuple[str, ...]) -> int:
        return sum(weights[name] * sum(days[before] for before in order[: place + 1]) for place, name in enumerate(order))

    assert sum(weights[name] * found[name] for name in days) == min(map(cost, permutations(days)))


def test_without_priorities_only_the_last_finish_counts() -> None:
    given, shared = projects(A=(1,), B=(3,))
    made = level_plan(given, shared, FEW)
    assert max(finishes(made).values()) == 4
    assert made.gap == 0


@pytest.mark.parametrize(
    ("priorities", "told"), [({"X": 5}, "There is no project X"), ({"A": 0}, "from 1 to 1,000"), ({"A": 1001}, "1,000")]
)
def test_a_priority_that_is_none_is_refused(priorities: dict[str, int], told: str) -> None:
    given, shared = projects(A=(1,), B=(3,))
    with pytest.raises(LevellingError, match=told):
        level_plan(given, shared, FEW, priorities=priorities)


HELD = {
    "begun": Activity(id="H", duration=2 * DAY, actual_start=at(1), remaining=2 * DAY),
    "by hand": Activity(id="H", duration=2 * DAY, manual=True, fixed_start=at(1), fixed_finish=at(2, 17)),
    "must start": Activity(id="H", duration=2 * DAY, constraint=ConstraintType.MUST_START_ON, constraint_date=at(1)),
    "must finish": Activity(id="H", duration=2 * DAY, constraint=ConstraintType.MUST_FINISH_ON, constraint_date=at(2, 17)),
    "mandatory": Activity(id="H", duration=2 * DAY, constraint=ConstraintType.MANDATORY_START, constraint_date=at(1)),
    "exempt": Activity(id="H", duration=2 * DAY),
}


@pytest.mark.parametrize("name", HELD)
def test_what_is_held_stays_even_against_priority(name: str) -> None:
    """The other project has all the weight and still waits two days for the crew."""
    given = PlanData(
        tuple(Project(id=key, calendar="office", start=at(1)) for key in "PQ"),
        (OFFICE,),
        (replace(HELD[name], project="P"), Activity(id="free", project="Q", duration=DAY)),
    )
    shared = Pool((ONE,), (Use("H", "R", 100), Use("free", "R", 100)), frozenset({"H"} if name == "exempt" else ()), {})
    made = level_plan(given, shared, FEW, priorities={"Q": 1000})
    assert dates(made)["H"] == ("01 08:00", "02 17:00")
    assert dates(made)["free"] == ("03 08:00", "03 17:00")


def test_a_date_that_holds_back_is_kept() -> None:
    given = plan(
        Activity(id="A", duration=DAY, constraint=ConstraintType.START_NO_EARLIER_THAN, constraint_date=at(4)),
        Activity(id="B", duration=DAY),
    )
    made = level(given, pool("A", "B"))
    assert (dates(made)["A"][0], dates(made)["B"][0]) == ("04 08:00", "01 08:00")


def test_nobody_works_on_the_holidays_of_a_resource() -> None:
    """The crew is away on the 2nd and 3rd: as an amount that is nought then, and as days off of its own calendar."""
    away = Resource("R", "crew", (Offer(100, None, at(2, 0)), Offer(0, at(2, 0), at(4, 0)), Offer(100, at(4, 0), None)))
    made = level(plan(Activity(id="A", duration=DAY), Activity(id="B", duration=DAY)), pool("A", "B", resource=away))
    assert sorted(dates(made).values()) == [("01 08:00", "01 17:00"), ("04 08:00", "04 17:00")]
    off = Calendar("crew", OFFICE.week, (CalendarException(datetime_of(at(2)).date(), datetime_of(at(3)).date(), ()),))
    crew = replace(plan(Activity(id="A", duration=DAY), Activity(id="B", duration=DAY)), calendars=(OFFICE, off))
    given = replace(crew, activities=tuple(replace(row, calendar="crew") for row in crew.activities))
    assert sorted(dates(level(given, pool("A", "B"))).values()) == [("01 08:00", "01 17:00"), ("04 08:00", "04 17:00")]
