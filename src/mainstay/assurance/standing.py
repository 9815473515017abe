"""How the recommendations of a place stand: open, past their day, the oldest, by priority; and by theme over time."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.assurance import lists
from mainstay.assurance.recommendation.register import RecommendationRegister
from mainstay.register.access import below, visible_to

OPEN = ("open", "claimed")
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Standing:
    """One priority."""

    code: str
    title: str
    open: int
    late: int
    oldest_days: int | None


def rows_of(place: Any, account: Account | None) -> list[Any]:
    seen = visible_to(account, RecommendationRegister).filter(below("initiative__path", [place.path]), is_withdrawn=False)
    return list(seen.select_related("initiative", "review", "owner", "due_before").order_by("created_at", "pk")[:MOST])


def standing(place: Any, account: Account | None) -> list[Standing]:
    return standing_of(rows_of(place, account), timezone.localdate())


def standing_of(rows: list[Any], today: date) -> list[Standing]:
    found = []
    for code, told in lists.priorities().items():
        held = [row for row in rows if row.priority == code and row.state in OPEN]
        late = sum(1 for row in held if row.do_by and row.do_by < today)
        found.append(Standing(code, told["title"], len(held), late, max((row.age_days for row in held), default=None)))
    return found


@dataclass(frozen=True, slots=True)
class Theme:
    """A category with its recommendations by quarter."""

    title: str
    counts: tuple[int, ...]
    total: int
    open: int
    initiatives: int
    """In how many initiatives it came up."""


def quarter_of(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3 + 1


def themes(rows: list[Any]) -> tuple[list[str], list[Theme]]:
    """The quarters, oldest first, and the categories in the order of their number; lists of different versions are never put together."""
    names = dict(lists.category_choices())
    quarters = sorted({quarter_of(row.made_on) for row in rows})
    counts: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    places: dict[str, set[int]] = defaultdict(set)
    still: Counter[str] = Counter()
    for row in rows:
        counts[row.category][quarter_of(row.made_on)] += 1
        places[row.category].add(row.initiative_id)
        still[row.category] += row.state in OPEN
    found = [
        Theme(names.get(key, key), tuple(held[one] for one in quarters), held.total(), still[key], len(places[key]))
        for key, held in counts.items()
    ]
    return [f"Q{quarter} {year}" for year, quarter in quarters], sorted(found, key=lambda one: (-one.total, one.title))
