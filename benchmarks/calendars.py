"""Calendars of reviews: 300 reviews and 120 reviewers for a year, how near to the bound, and how long."""

import random
import time
from datetime import date, timedelta

from mainstay.engine.assurance.checking import faults
from mainstay.engine.assurance.inputs import Limit, Review, Reviewer, ReviewProblem
from mainstay.engine.assurance.scheduling import propose
from mainstay.engine.bank_holidays import Division, bank_holidays

TODAY = date(2026, 11, 30)
SKILLS = ("commercial", "digital", "construction", "finance", "change")
REGIONS = ("north", "south", "west")
HOLIDAYS = frozenset(day for year in (2026, 2027, 2028) for day in bank_holidays(year, Division.NORTHERN_IRELAND))
REVIEWS, REVIEWERS, SECONDS = 300, 120, 60.0
KINDS = {"few days a month, no rooms asked": (8, 0), "days as asked, rooms short": (0, 6)}
"""Days that everybody gives in a month, and rooms of a region; 0 is not asked."""


def month(number: int) -> Limit:
    first = date(number // 12, number % 12 + 1, 1)
    return Limit(first, date((number + 1) // 12, (number + 1) % 12 + 1, 1) - timedelta(days=1), 0)


def reviewer(chance: random.Random, name: str, days_a_month: int) -> Reviewer:
    """Away two to six times, so many days a month and 24 to 40 a year."""
    away: set[date] = set()
    for _ in range(chance.randint(2, 6)):
        first = TODAY + timedelta(days=chance.randrange(420))
        away |= {first + timedelta(days=step) for step in range(chance.choice((5, 7, 14)))}
    days_a_year = chance.choice((24, 32, 40))
    months = [month(number) for number in range(2026 * 12 + 11, 2028 * 12 + 5)] if days_a_month else []
    limits = [Limit(each.first, each.last, days_a_month) for each in months]
    return Reviewer(
        id=name,
        level=chance.choice((1, 2, 2, 3)),
        may_lead=chance.random() < 0.4,
        skills=frozenset(chance.sample(SKILLS, chance.choice((1, 2, 3)))),
        regions=frozenset(chance.sample(REGIONS, chance.choice((1, 2, 3)))),
        away=frozenset(away),
        most_reviews=days_a_year,
        rest_days=chance.choice((0, 3, 7, 14)),
        interests=frozenset({f"D{chance.randrange(12)}"}),
        limits=(*limits, *(Limit(date(year, 4, 1), date(year + 1, 3, 31), days_a_year) for year in (2026, 2027))),
    )


def review(chance: random.Random, name: str) -> Review:
    """Windows of two to eight weeks; three of ten in the same fortnight of spring."""
    earliest = TODAY + timedelta(days=84 + (chance.randrange(280) if chance.random() < 0.7 else 120 + chance.randrange(14)))
    latest = earliest + timedelta(days=chance.choice((14, 28, 42, 56)))
    project = f"P{chance.randrange(100):02}"
    return Review(
        id=name,
        earliest=earliest,
        latest=latest,
        preferred=earliest + (latest - earliest) / 2,
        days=chance.choice((3, 4, 4, 4)),
        lead_weeks=4,
        members=chance.choice((1, 2, 2, 3)),
        level=chance.choice((1, 1, 2, 3)),
        skills=frozenset(chance.sample(SKILLS, chance.choice((1, 2)))),
        region=chance.choice(REGIONS),
        needs_room=True,
        interests=frozenset({f"D{chance.randrange(12)}"}),
        importance=chance.choice((10, 20, 20, 20)),
        host=project,
        turn=project,
    )


def problem(seed: int, days_a_month: int, rooms: int) -> ReviewProblem:
    chance = random.Random(seed)
    people = tuple(reviewer(chance, f"V{number:03}", days_a_month) for number in range(REVIEWERS))
    reviews = tuple(review(chance, f"R{number:03}") for number in range(REVIEWS))
    return ReviewProblem(
        today=TODAY, reviews=reviews, reviewers=people, holidays=HOLIDAYS, rooms=dict.fromkeys(REGIONS, rooms) if rooms else {}
    )


def main() -> int:
    for name, (days_a_month, rooms) in KINDS.items():
        for seed in (1, 2, 3):
            given = problem(seed, days_a_month, rooms)
            cpu, clock = time.process_time(), time.perf_counter()
            found = propose(given, seconds=SECONDS)
            cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
            print(
                f"{name}, {seed}: {len(found.placements)} of {REVIEWS} placed, {found.points:,} points, none below {found.bound:,}, gap "
                f"{found.gap:.1%}; {clock:.0f} s by the clock, {cpu:.0f} s of the processor; {len(faults(given, found.placements))} faults"
            )
    return 0
