"""A calendar made better by taking some reviews out and putting them in again, thousands of times a second.

After Schrimpf and others, *Record breaking optimization results using the ruin and recreate principle*, Journal of Computational Physics
159 (2000) 139-171: reviews near in time or with the same people are taken out together, and put in one after the other where they cost
least; what costs more is kept too, at first, within a threshold that falls.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import numpy as np

from mainstay.engine.assurance.arrays import NOWHERE, Arrays, Ints, Standing, Wanted
from mainstay.engine.assurance.candidates import Candidate
from mainstay.engine.assurance.inputs import Placement, ReviewProblem
from mainstay.engine.assurance.placing import Scratch, insert, points_of, scratch, take_out
from mainstay.engine.compiled import inner_kernel, pure_kernel
from mainstay.engine.levelling.chance import State, below, seeded

MOST_OUT: Final = 12
"""Reviews taken out at once."""
TRIES: Final = 60
AT_ONCE: Final = 500
"""Rebuildings between two looks at the clock."""
NOW, BEST = 0, 1
"""Places of the points: of the calendar that is rebuilt, and of the best."""


@inner_kernel
def copy_row(one: Ints, other: Ints) -> None:
    for place in range(one.size):
        other[place] = one[place]


@inner_kernel
def copy_rows(one: Ints, other: Ints) -> None:
    for row in range(one.shape[0]):
        for place in range(one.shape[1]):
            other[row, place] = one[row, place]


@pure_kernel
def keep(now: Standing, kept: Standing) -> None:
    """Copy one calendar over another."""
    copy_row(now.begun, kept.begun)
    copy_row(now.reviews, kept.reviews)
    copy_rows(now.team, kept.team)
    copy_rows(now.booked, kept.booked)
    copy_rows(now.left, kept.left)
    copy_rows(now.rooms, kept.rooms)
    copy_rows(now.hosted, kept.hosted)


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
    arrays: Arrays,
    calendars: tuple[Standing, Standing, Standing],
    held: Scratch,
    out: Ints,
    chance: State,
    points: Ints,
    steps: int,
    allowed: int,
) -> None:
    """Take reviews out and put them in again `steps` times; the calendars are that of now, one to go back to, and the best."""
    wanted, people, first_day = arrays.wanted, arrays.people, arrays.first_day
    now, before, best = calendars
    for _step in range(steps):
        count = choose(wanted, now, chance, out)
        keep(now, before)
        value = points[NOW]
        for number in range(count):
            value -= points_of(wanted, now, out[number])
            if now.begun[out[number]] != NOWHERE:
                take_out(wanted, now, first_day, out[number])
        ordered(wanted, chance, out, count)
        for number in range(count):
            value += insert(wanted, people, now, chance, first_day, out[number], held)
        if value <= points[NOW] + below(chance, allowed + 1):
            points[NOW] = value
            if value < points[BEST]:
                points[BEST] = value
                keep(now, best)
        else:
            keep(before, now)


class Rebuilding:
    """A calendar that is rebuilt, and the best of them."""

    def __init__(self, asked: Arrays, seed: int) -> None:
        self.asked = asked
        now, before, best = (Standing(*(each.copy() for each in asked.standing)) for _ in range(3))
        self.calendars = now, before, best
        self.best = best
        self.held, self.chance = scratch(asked), seeded(seed)
        self.out = np.zeros(1 + MOST_OUT, np.int64)
        self.told = np.full(2, asked.wanted.unplaced.sum(), np.int64)

    @property
    def points(self) -> int:
        """Points of the best."""
        return int(self.told[BEST])

    def cycle(self, steps: int, allowed: int) -> Iterator[int]:
        """Rebuild the best so often, first taking what costs up to `allowed` points more, then ever less; yields what is left to do."""
        keep(self.best, self.calendars[0])
        self.told[NOW] = self.told[BEST]
        for done in range(0, steps, AT_ONCE):
            left = steps - done
            rebuild(self.asked, self.calendars, self.held, self.out, self.chance, self.told, min(AT_ONCE, left), allowed * left // steps)
            yield max(left - AT_ONCE, 0)

    def placements(self, problem: ReviewProblem, given: Sequence[Candidate]) -> dict[str, Placement]:
        """The best, by review; `given` in the order of the arrays."""
        found = {}
        for one, place, team in zip(given, self.best.begun, self.best.team, strict=True):
            if place != NOWHERE:
                leader, *members = (problem.reviewers[person].id for person in team[: 1 + one.review.members])
                first = date.fromordinal(int(self.asked.wanted.day[place]))
                found[one.review.id] = Placement(one.review.id, first, leader, tuple(sorted(members)))
        return found
