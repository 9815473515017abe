"""Records of givers and the chance that all promises of a chain hold, against figures worked out another way."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from mainstay.planning.drawing.layers import layers
from mainstay.planning.models import Dependency
from mainstay.planning.promises.chains import Chain, Promise, Target, chains
from mainstay.planning.promises.track import Track, track

TODAY = date(2026, 11, 25)


def row(state: str, promised: date, given: date | None = None, first: date | None = None) -> Dependency:
    return Dependency(state=state, promised_by=promised, delivered_on=given, first_promised=first or promised)


def always(_first: str, _second: str) -> bool:
    return True


def test_six_promises_of_85_per_cent_all_hold_in_37_7_per_cent() -> None:
    """The published example: 0.85⁶. Each giver has kept 17 of 20."""
    own = track([row("accepted", TODAY)] * 17 + [row("failed", TODAY)] * 3, TODAY)
    assert (own.is_own, own.chance) == (True, 0.85)
    promises = [Promise(number, f"P{number}", f"P{number + 1}", "agreed", own.chance) for number in range(6)]
    (chain,) = chains(promises, [Target("P6", "End")], always)
    assert [promise.pk for promise in chain.promises] == [0, 1, 2, 3, 4, 5]
    assert round(chain.chance * 100, 1) == 37.7


def test_the_chance_is_that_of_all_outcomes_in_which_everything_holds() -> None:
    """By adding up the outcomes in which none is broken, in exact fractions."""
    shares = [Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)]
    every = sum(
        (Fraction(1) * [1 - shares[0], shares[0]][a] * [1 - shares[1], shares[1]][b] * [1 - shares[2], shares[2]][c])
        for a, b, c in product((0, 1), repeat=3)
        if a and b and c
    )
    promises = tuple(Promise(number, "A", "B", "agreed", float(share)) for number, share in enumerate(shares))
    assert Chain(Target("B", "End"), promises).chance == pytest.approx(float(every))


@pytest.mark.parametrize(("state", "chance"), [("agreed", 0.5), ("accepted", 1.0), ("delivered", 1.0), ("failed", 0.0), ("disputed", 0.5)])
def test_what_is_handed_over_holds_and_what_failed_does_not(state: str, chance: float) -> None:
    assert Promise(1, "A", "B", state, 0.5).holds == chance


def test_a_record_counts_what_is_due_and_how_late_it_was() -> None:
    monday, friday = date(2026, 11, 2), date(2026, 10, 30)
    rows = [
        row("accepted", monday, monday),
        row("accepted", monday, date(2026, 11, 4), first=friday),  # two working days late, and moved before
        row("agreed", friday),  # overdue: 18 working days to 25 November
        row("agreed", date(2026, 12, 1)),
        row("delivered", monday, friday),
        row("failed", monday),
        row("rejected", monday),
        row("draft", monday),
    ]
    found = track(rows, TODAY)
    assert found == Track(kept=1, late=2, failed=1, moved=1, open=2, days_late=20)
    assert (found.due, found.mean_days_late) == (4, 10)


def test_few_promises_give_the_mean_of_a_beta_distribution_and_say_so() -> None:
    """Laplace's rule of succession: (s + 1) / (n + 2)."""
    assert Track().chance == 0.5
    assert Track(kept=3).chance == 4 / 5
    assert "prior Beta(1, 1)" in Track().basis
    assert Track(kept=3, late=1).basis == "3 of 4 kept, few: Beta(4, 2) from the prior Beta(1, 1)"
    assert Track(kept=20).basis == "20 of 20 kept"
    assert Track(kept=20).chance == 1.0


def test_a_milestone_hangs_on_what_leads_to_its_feeders_alone() -> None:
    near = Promise(1, "B", "C", "agreed", 0.5, give="B:2", get="C:1")
    aside = Promise(2, "D", "C", "agreed", 0.5, give="D:1", get="C:8")
    far = Promise(3, "A", "B", "agreed", 0.5, give="A:1", get="B:1")
    other = Promise(4, "E", "B", "agreed", 0.5, give="E:1", get="B:7")
    ways = {("C:1", "C:3"), ("B:1", "B:2"), ("C:8", "C:9")}
    found = chains([near, aside, far, other], [Target("C", "Gate", ("C:3",)), Target("C", "End")], lambda *ends: ends in ways)
    assert [(chain.target.title, [promise.pk for promise in chain.promises]) for chain in found] == [("End", [3, 2, 1]), ("Gate", [3, 1])]
    assert [chain.chance for chain in found] == [0.125, 0.25]


def test_projects_that_promise_each_other_end() -> None:
    there, back = Promise(1, "A", "B", "agreed", 0.5), Promise(2, "B", "A", "agreed", 0.5)
    found = chains([there, back], [Target("A", "End"), Target("B", "End")], always)
    assert [len(chain.promises) for chain in found] == [2, 2]


def test_givers_stand_left_of_getters_and_a_circle_of_projects_is_drawn_all_the_same() -> None:
    assert layers([1, 2, 3, 4], [(1, 2), (2, 3), (1, 3)]) == {1: 0, 2: 1, 3: 2, 4: 0}
    assert layers([1, 2], [(1, 2), (2, 1)]) == {1: 0, 2: 1}
    assert layers([1], [(1, 1)]) == {1: 0}
