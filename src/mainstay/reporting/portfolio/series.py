"""The publications of a portfolio in their order: totals that say what is not published, ratings by scale, and where the scale breaks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from mainstay.initiatives import scale as scales
from mainstay.reporting.portfolio.rows import kind_of
from mainstay.reporting.published.model import Colour, Published

SUMMED = ("cost", "year_baseline", "year_forecast", "benefits")


@dataclass(frozen=True, slots=True)
class Sum:
    """What is published of one figure; `absent` counts the reasons of those who publish none."""

    value: Decimal
    low: Decimal
    high: Decimal
    published: int
    projects: int
    absent: tuple[tuple[str, int], ...]

    @property
    def unpublished(self) -> int:
        return self.projects - self.published

    @property
    def share(self) -> float:
        return self.unpublished / self.projects if self.projects else 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """One publication: its positions by initiative."""

    name: str
    figures_on: date
    scale: str
    rows: dict[int, Published] = field(repr=False)

    @property
    def price_base(self) -> str:
        """That of its money; several are named side by side."""
        return ", ".join(sorted({row.price_base for row in self.rows.values() if row.price_base}))

    @property
    def colours(self) -> tuple[str, ...]:
        """The colours of its scale, from the best to the worst."""
        return colours_of(self.scale)

    def total(self, name: str) -> Sum:
        values = [value for row in self.rows.values() if (value := getattr(row, name)) is not None]
        low, high = (self.ends(name, end) for end in ("low", "high"))
        absent = Counter(kind_of(getattr(row, f"{name}_why")) for row in self.rows.values() if getattr(row, name) is None)
        return Sum(
            sum(values, Decimal(0)),
            sum(low, Decimal(0)),
            sum(high, Decimal(0)),
            len(values),
            len(self.rows),
            tuple(absent.most_common()),
        )

    def ends(self, name: str, end: str) -> list[Decimal]:
        """The lower or upper ends where ranges are published, and the figures themselves elsewhere."""
        found = [(getattr(row, f"{name}_{end}", None), getattr(row, name)) for row in self.rows.values()]
        return [value if limit is None else limit for limit, value in found if value is not None]

    def counts(self) -> Counter[str]:
        """How many have each colour; under "" those without a rating."""
        return Counter(row.colour for row in self.rows.values())

    def unrated(self) -> tuple[tuple[str, int], ...]:
        return tuple(Counter(kind_of(row.rating_why) for row in self.rows.values() if not row.colour).most_common())


def colours_of(scale: str) -> tuple[str, ...]:
    """From the best to the worst, as the scale's own words are."""
    found = scales.published(scale)
    return tuple(step.word for step in found.steps) if found else tuple(Colour.values)


def steps(rows: Iterable[Published]) -> list[Step]:
    """The publications, the oldest first. A publication with two scales is two, since no count joins them."""
    found: dict[tuple[date, str, str], dict[int, Published]] = defaultdict(dict)
    for row in rows:
        found[row.figures_on, row.publication, row.scale][row.initiative_id] = row
    return [Step(name, day, scale, held) for (day, name, scale), held in sorted(found.items())]


def consecutive(found: list[Step]) -> Iterator[tuple[Step, Step]]:
    yield from pairwise(found)


def breaks(found: list[Step]) -> set[int]:
    """The places of publications before which the scale changes."""
    return {place for place, (before, after) in enumerate(pairwise(found), 1) if before.scale != after.scale}
