"""Seeded problems of any size, and small ones by hand."""

import random
from datetime import date, timedelta

from mainstay.engine.assurance.inputs import Review, Reviewer, ReviewProblem
from mainstay.engine.bank_holidays import Division, bank_holidays

TODAY = date(2026, 11, 30)
SKILLS = ("commercial", "digital", "construction", "finance", "change")
REGIONS = {"North": 3, "South": 2, "West": 2}
HOLIDAYS = frozenset(day for year in (2026, 2027, 2028) for day in bank_holidays(year, Division.NORTHERN_IRELAND))


def random_problem(seed: int, reviews: int, reviewers: int, weeks: int = 40) -> ReviewProblem:
    """Windows with two peaks, people with holidays, rest, loads and interests."""
    chance = random.Random(seed)
    return ReviewProblem(
        today=TODAY,
        reviews=tuple(random_review(chance, f"R{number:03}", weeks) for number in range(reviews)),
        reviewers=tuple(random_reviewer(chance, f"V{number:03}", weeks) for number in range(reviewers)),
        holidays=HOLIDAYS,
        rooms={region: rooms * (1 + reviews // 120) for region, rooms in REGIONS.items()},
    )


def random_review(chance: random.Random, name: str, weeks: int) -> Review:
    earliest = TODAY + timedelta(days=84 + (chance.randrange(7 * weeks) if chance.random() < 0.7 else weeks * 3 + chance.randrange(14)))
    length = chance.choice((14, 28, 42, 56))
    return Review(
        id=name,
        earliest=earliest,
        latest=earliest + timedelta(days=length),
        preferred=earliest + timedelta(days=length // 2),
        days=chance.choice((3, 4, 4, 4)),
        members=chance.choice((1, 2, 2, 3)),
        level=chance.choice((1, 1, 2, 3)),
        skills=frozenset(chance.sample(SKILLS, chance.choice((1, 2)))),
        region=chance.choice(tuple(REGIONS)),
        needs_room=chance.random() < 0.8,
        interests=frozenset({f"D{chance.randrange(12)}"}),
        importance=chance.choice((10, 10, 20)),
    )


def random_reviewer(chance: random.Random, name: str, weeks: int) -> Reviewer:
    away: set[date] = set()
    for _ in range(chance.randint(2, 6)):
        first = TODAY + timedelta(days=chance.randrange(7 * weeks + 140))
        away |= {first + timedelta(days=step) for step in range(chance.choice((5, 7, 14)))}
    return Reviewer(
        id=name,
        level=chance.choice((1, 2, 2, 3)),
        may_lead=chance.random() < 0.4,
        skills=frozenset(chance.sample(SKILLS, chance.choice((1, 2, 3)))),
        regions=frozenset(chance.sample(tuple(REGIONS), chance.choice((1, 2, 3)))),
        away=frozenset(away),
        most_reviews=chance.choice((6, 8, 10, 12)),
        rest_days=chance.choice((0, 3, 7, 14)),
        interests=frozenset({f"D{chance.randrange(12)}"}),
    )
