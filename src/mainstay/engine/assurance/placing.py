"""One review put into a calendar under way, or taken out of it: who is free, which team, which first day costs least."""

from typing import Final, NamedTuple

import numpy as np

from mainstay.engine.assurance.arrays import NOWHERE, Arrays, Ints, People, Standing, Wanted
from mainstay.engine.compiled import inner_kernel
from mainstay.engine.levelling.chance import State, below

LEADERS_TRIED: Final = 4
TRAVEL: Final = 1 << 12
"""Points count that often as much as chance and scarcity, which choose among people of the same points."""
NEVER: Final = 1 << 40


class Scratch(NamedTuple):
    """(people) those free, what they count, what is left of that for one leader; (team) the team tried and the best."""

    free: Ints
    value: Ints
    tried: Ints
    best: Ints
    found: Ints


def scratch(arrays: Arrays) -> Scratch:
    people, team = arrays.people.rest.size, arrays.standing.team.shape[1]
    return Scratch(np.zeros(people, np.int64), np.zeros(people, np.int64), *(np.zeros(team, np.int64) for _ in range(3)))


@inner_kernel
def is_free(wanted: Wanted, people: People, now: Standing, review: int, place: int, person: int) -> bool:
    """Whether somebody who could be there has nothing else, nor too much."""
    if now.reviews[person] >= people.most[person]:
        return False
    for entry in range(wanted.span_at[place], wanted.span_at[place + 1]):
        if now.left[person, wanted.span[entry]] < wanted.inside[entry]:
            return False
    begin = wanted.day[place] - people.rest[person]
    end = wanted.day[place] + wanted.days[review] + people.rest[person]
    turns = wanted.turns[review, person] if wanted.turn[review] != NOWHERE else now.booked.shape[1] + 1
    for number in range(now.reviews[person]):
        other = now.booked[person, number]
        start = wanted.day[now.begun[other]]
        if begin < start + wanted.days[other] and start < end:
            return False
        turns -= wanted.turn[other] == wanted.turn[review]
    return bool(turns > 0)


@inner_kernel
def is_open(wanted: Wanted, now: Standing, first_day: int, review: int, place: int) -> bool:
    """Whether a room is left and nobody else asks the host."""
    room, host = wanted.room[review], wanted.host[review]
    day = wanted.day[place] - first_day
    for step in range(day, day + wanted.days[review]):
        if room != NOWHERE and now.rooms[room, step] <= 0:
            return False
        if host != NOWHERE and now.hosted[host, step] > 0:
            return False
    return True


@inner_kernel
def free_people(wanted: Wanted, people: People, now: Standing, chance: State, review: int, place: int, held: Scratch) -> int:
    """Gather who is free then, each with what they count; returns how many."""
    count = 0
    for person in range(people.rest.size):
        if wanted.there[place, person] and is_free(wanted, people, now, review, place, person):
            held.free[count] = person
            held.value[count] = wanted.cost[review, person] * TRAVEL + people.scarce[person] + below(chance, 128)
            count += 1
    return count


@inner_kernel
def complete(wanted: Wanted, review: int, leader: int, count: int, held: Scratch) -> int:
    """Fill the team of a leader into `tried`: whoever brings most that is missing, of these who counts least. Points, or NEVER."""
    held.tried[0] = held.free[leader]
    points = wanted.cost[review, held.free[leader]]
    missing = wanted.need[review] & ~wanted.brings[review, held.free[leader]]
    for seat in range(1, 1 + wanted.members[review]):
        chosen, most, least = NOWHERE, -1, NEVER
        for number in range(count):
            person = held.free[number]
            is_in = False
            for before in range(seat):
                is_in |= held.tried[before] == person
            if is_in:
                continue
            brings, bits = 0, missing & wanted.brings[review, person]
            while bits:
                brings += 1
                bits &= bits - 1
            if brings > most or (brings == most and held.value[number] < least):
                chosen, most, least = number, brings, held.value[number]
        if chosen == NOWHERE:
            return NEVER
        held.tried[seat] = held.free[chosen]
        points += wanted.cost[review, held.free[chosen]]
        missing &= ~wanted.brings[review, held.free[chosen]]
    return points if missing == 0 else NEVER


@inner_kernel
def team_on(wanted: Wanted, people: People, now: Standing, chance: State, review: int, place: int, held: Scratch) -> int:
    """Find a team for a first day into `best`; its points, or NEVER."""
    count = free_people(wanted, people, now, chance, review, place, held)
    size = 1 + wanted.members[review]
    if count < size:
        return NEVER
    points, above = NEVER, -NEVER
    for _leader in range(LEADERS_TRIED):
        leader, least = NOWHERE, NEVER
        for number in range(count):
            if wanted.leads[review, held.free[number]] and above < held.value[number] < least:
                leader, least = number, held.value[number]
        if leader == NOWHERE:
            break
        above = least
        value = complete(wanted, review, leader, count, held)
        if value < points:
            points = value
            for seat in range(size):
                held.best[seat] = held.tried[seat]
    return points


@inner_kernel
def put(wanted: Wanted, now: Standing, first_day: int, review: int, place: int, team: Ints) -> None:
    """Write a placement."""
    now.begun[review] = place
    for seat in range(1 + wanted.members[review]):
        person = team[seat]
        now.team[review, seat] = person
        now.booked[person, now.reviews[person]] = review
        now.reviews[person] += 1
        for entry in range(wanted.span_at[place], wanted.span_at[place + 1]):
            now.left[person, wanted.span[entry]] -= wanted.inside[entry]
    use_days(wanted, now, first_day, review, 1)


@inner_kernel
def take_out(wanted: Wanted, now: Standing, first_day: int, review: int) -> None:
    """Undo a placement."""
    place = now.begun[review]
    use_days(wanted, now, first_day, review, -1)
    for seat in range(1 + wanted.members[review]):
        person = now.team[review, seat]
        now.team[review, seat] = NOWHERE
        number = 0
        while now.booked[person, number] != review:
            number += 1
        now.reviews[person] -= 1
        now.booked[person, number] = now.booked[person, now.reviews[person]]
        for entry in range(wanted.span_at[place], wanted.span_at[place + 1]):
            now.left[person, wanted.span[entry]] += wanted.inside[entry]
    now.begun[review] = NOWHERE


@inner_kernel
def use_days(wanted: Wanted, now: Standing, first_day: int, review: int, count: int) -> None:
    room, host = wanted.room[review], wanted.host[review]
    day = wanted.day[now.begun[review]] - first_day
    for step in range(day, day + wanted.days[review]):
        if room != NOWHERE:
            now.rooms[room, step] -= count
        if host != NOWHERE:
            now.hosted[host, step] += count


@inner_kernel
def insert(wanted: Wanted, people: People, now: Standing, chance: State, first_day: int, review: int, held: Scratch) -> int:
    """Place a review where it costs least beside the others, if that is less than leaving it out. Returns its points."""
    least, best = wanted.unplaced[review], NOWHERE
    for place in range(wanted.at[review], wanted.at[review + 1]):
        if wanted.points[place] + wanted.floor[review] >= least:
            break
        if below(chance, 50) == 0 or not is_open(wanted, now, first_day, review, place):
            continue
        points = team_on(wanted, people, now, chance, review, place, held) + wanted.points[place]
        if points < least:
            least, best = points, place
            for seat in range(1 + wanted.members[review]):
                held.found[seat] = held.best[seat]
    if best != NOWHERE:
        put(wanted, now, first_day, review, best, held.found)
    return int(least)


@inner_kernel
def points_of(wanted: Wanted, now: Standing, review: int) -> int:
    """What a review costs as it stands."""
    place = now.begun[review]
    if place == NOWHERE:
        return int(wanted.unplaced[review])
    points = wanted.points[place]
    for seat in range(1 + wanted.members[review]):
        points += wanted.cost[review, now.team[review, seat]]
    return int(points)
