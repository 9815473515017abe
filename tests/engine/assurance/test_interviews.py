"""Interview timetables: nobody twice at once, the important first, and what has no slot is told."""

from itertools import combinations

import pytest

from mainstay.engine.assurance.errors import ReviewError
from mainstay.engine.assurance.interviews import Interview, timetable

TEAM = ("Ash", "Elm")


def test_nobody_is_in_two_interviews_at_once() -> None:
    wanted = [
        Interview(id=str(number), people=(f"P{number % 4}",), panel=(TEAM[number % 2],) if number % 3 else (), slots=tuple(range(8)))
        for number in range(10)
    ]
    found = timetable(wanted, TEAM, rooms=2)
    assert found.unplaced == ()
    for one, other in combinations(wanted, 2):
        if found.slots[one.id] == found.slots[other.id]:
            assert not {*one.people, *(one.panel or TEAM)} & {*other.people, *(other.panel or TEAM)}
    assert max(list(found.slots.values()).count(slot) for slot in range(8)) <= 2


def test_the_important_come_first_and_early_and_the_rest_is_told() -> None:
    sro = Interview(id="SRO", people=("Rowan",), slots=(0, 1), importance=10)
    others = [Interview(id=name, people=(name,), slots=(0, 1), importance=2) for name in ("a", "b")]
    found = timetable([*others, sro], TEAM)
    assert found.slots["SRO"] == 0
    assert len(found.slots) == 2
    assert len(found.unplaced) == 1
    assert timetable([], TEAM).slots == {}


def test_an_interview_without_slots_is_unplaced_and_a_double_is_refused() -> None:
    assert timetable([Interview(id="a", people=("x",))], TEAM).unplaced == ("a",)
    with pytest.raises(ReviewError, match="both called a"):
        timetable([Interview(id="a", people=("x",))] * 2, TEAM)
