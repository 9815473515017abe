"""A calendar made better by taking some reviews out and putting them in again, thousands of times a second.

After Schrimpf and others, *Record breaking optimization results using the ruin and recreate principle*, Journal of Computational Physics
159 (2000) 139-171: reviews near in time or with the same people are taken out together, and put in one after the other where they cost
least; what costs more is kept too, at first, within a threshold that falls.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from mainstay.engine.assurance.arrays import NOWHERE, Arrays, Ints, Standing, Wanted
from mainstay.engine.assurance.candidates import Candidate
from mainstay.engine.assurance.inputs import Placement, ReviewProblem
from mainstay.engine.assurance.placing import Scratch, insert, points_of, put, scratch, take_out
from mainstay.engine.compiled import inner_kernel, pure_kernel
from mainstay.engine.levelling.chance import State, below, seeded

MOST_OUT: Final = 5
"""Reviews taken out at once."""
TRIES: Final = 60
AT_ONCE: Final = 500
"""Rebuildings between two looks at the clock."""
NOW, BEST = 0, 1
"""Places of the points: of the calendar that is rebuilt, and of the best."""


class Kept(NamedTuple):
    """First days and teams, by review: of the best calendar, or of the reviews that were taken out last."""

    begun: Ints
    team: Ints


@pure_kernel
def keep(wanted: Wanted, now: Standing, kept: Kept) -> None:
    """Copy first days and teams."""
    for review in range(now.begun.size):
        kept.begun[review] = now.begun[review]
        for seat in range(1 + wanted.members[review]):
            kept.team[review, seat] = now.team[review, seat]


@pure_kernel
def go_back(wanted: Wanted, now: Standing, first_day: int, kept: Kept) -> None:
    """Put every review where it was kept."""
    for review in range(now.begun.size):
        if now.begun[review] != NOWHERE:
            take_out(wanted, now, first_day, review)
    for review in range(now.begun.size):
        if kept.begun[review] != NOWHERE:
            put(wanted, now, first_day, review, kept.begun[review], kept.team[review])


@inner_kernel
def take_all(wanted: Wanted, now: Standing, first_day: int, out: Ints, count: int, held: Kept) -> int:
    """Take reviews out, after holding fast where they were; what they cost."""
    points = 0
    for number in range(count):
        review = out[number]
        points += points_of(wanted, now, review)
        held.begun[review] = now.begun[review]
        if now.begun[review] != NOWHERE:
            for seat in range(1 + wanted.members[review]):
                held.team[review, seat] = now.team[review, seat]
            take_out(wanted, now, first_day, review)
    return points


@inner_kernel
def put_back(wanted: Wanted, now: Standing, first_day: int, out: Ints, count: int, held: Kept) -> None:
    """The same reviews where they were held fast."""
    for number in range(count):
        if now.begun[out[number]] != NOWHERE:
            take_out(wanted, now, first_day, out[number])
    for number in range(count):
        if held.begun[out[number]] != NOWHERE:
            put(wanted, now, first_day, out[number], held.begun[out[number]], held.team[out[number]])


@inner_kernel
def day_of(wanted: Wanted, now: Standing, review: int) -> int:
    """The first day of a review, or of one without a place the first of its choices."""
    place = now.begun[review]
    return int(wanted.day[place if place != NOWHERE else wanted.at[review]])


@inner_kernel
def centre(wanted: Wanted, now: Standing, chance: State) -> int:
    """A review, those without a place or far from their best more often; NOWHERE where it has no first day."""
    found = NOWHERE
    for _try in range(TRIES):
        review = below(chance, now.begun.size)
        if wanted.at[review] == wanted.at[review + 1]:
            continue
        found = review
        place = now.begun[review]
        if place == NOWHERE or (place != wanted.at[review] and below(chance, 4) == 0) or below(chance, 12) == 0:
            break
    return found


@inner_kernel
def choose(wanted: Wanted, now: Standing, chance: State, out: Ints) -> int:
    """Reviews to be placed anew together, the first of them the centre; how many."""
    first = centre(wanted, now, chance)
    if first == NOWHERE:
        return 0
    out[0] = first
    count, most = 1, 2 + below(chance, MOST_OUT - 1)
    near = 3 + below(chance, 12)
    begin = wanted.at[first]
    day = day_of(wanted, now, first)
    if now.begun[first] == NOWHERE or below(chance, 2):
        day = wanted.day[begin + below(chance, wanted.at[first + 1] - begin)]
    for _try in range(TRIES * 4):
        if count >= most:
            break
        review = below(chance, now.begun.size)
        if wanted.at[review] == wanted.at[review + 1] or abs(day_of(wanted, now, review) - day) > near:
            continue
        is_in = False
        for number in range(count):
            is_in |= out[number] == review
        if not is_in:
            out[count] = review
            count += 1
    return count


@inner_kernel
def ordered(wanted: Wanted, chance: State, out: Ints, count: int) -> None:
    """In what order they are put in: by chance, or those first that have little choice, or the centre first."""
    kind = below(chance, 3)
    for number in range(count - 1, 0, -1):
        low = 1 if kind == 0 else 0
        other = low + below(chance, number + 1 - low) if number >= low else number
        out[number], out[other] = out[other], out[number]
    if kind == 1:
        for number in range(1, count):
            step = number
            while step > 0 and choices(wanted, out[step]) < choices(wanted, out[step - 1]):
                out[step], out[step - 1] = out[step - 1], out[step]
                step -= 1


@inner_kernel
def choices(wanted: Wanted, review: int) -> int:
    """Little choice first, and what matters more before."""
    return int((wanted.at[review + 1] - wanted.at[review]) * 1000 // max(wanted.unplaced[review], 1))


@pure_kernel
def rebuild(
    arrays: Arrays, now: Standing, held: Kept, best: Kept, work: Scratch, out: Ints, chance: State, points: Ints, steps: int, allowed: int
) -> None:
    """Take reviews out and put them in again `steps` times."""
    wanted, people, first_day = arrays.wanted, arrays.people, arrays.first_day
    for _step in range(steps):
        count = choose(wanted, now, chance, out)
        value = points[NOW] - take_all(wanted, now, first_day, out, count, held)
        ordered(wanted, chance, out, count)
        for number in range(count):
            value += insert(wanted, people, now, chance, first_day, out[number], work)
        if value > points[NOW] + below(chance, allowed + 1):
            put_back(wanted, now, first_day, out, count, held)
            continue
        points[NOW] = value
        if value < points[BEST]:
            points[BEST] = value
            keep(wanted, now, best)


class Rebuilding:
    """A calendar that is rebuilt, and the best of them."""

    def __init__(self, asked: Arrays, seed: int) -> None:
        self.asked, self.now = asked, asked.standing
        self.best, self.held = (Kept(self.now.begun.copy(), self.now.team.copy()) for _ in range(2))
        self.work, self.chance = scratch(asked), seeded(seed)
        self.out = np.zeros(1 + MOST_OUT, np.int64)
        self.told = np.full(2, asked.wanted.unplaced.sum(), np.int64)

    @property
    def points(self) -> int:
        """Points of the best."""
        return int(self.told[BEST])

    def cycle(self, steps: int, allowed: int) -> Iterator[None]:
        """Rebuild the best so often, first taking what costs up to `allowed` points more, then ever less; pauses often, to be asked."""
        go_back(self.asked.wanted, self.now, self.asked.first_day, self.best)
        self.told[NOW] = self.told[BEST]
        for done in range(0, steps, AT_ONCE):
            left = steps - done
            most, more = min(AT_ONCE, left), allowed * left * left // (steps * steps)
            rebuild(self.asked, self.now, self.held, self.best, self.work, self.out, self.chance, self.told, most, more)
            yield

    def placements(self, problem: ReviewProblem, given: Sequence[Candidate]) -> dict[str, Placement]:
        """The best, by review; `given` in the order of the arrays."""
        found = {}
        for one, place, team in zip(given, self.best.begun, self.best.team, strict=True):
            if place != NOWHERE:
                leader, *members = (problem.reviewers[person].id for person in team[: 1 + one.review.members])
                first = date.fromordinal(int(self.asked.wanted.day[place]))
                found[one.review.id] = Placement(one.review.id, first, leader, tuple(sorted(members)))
        return found
