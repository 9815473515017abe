"""Sums of a publication that say how much of it is not published: a sum without its gaps is no sum."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from mainstay.formats.portfolio.fields import Field, Kind
from mainstay.formats.portfolio.publication import Publication
from mainstay.formats.portfolio.readings import Absent, Amount


@dataclass(frozen=True, slots=True)
class Total:
    """`published` projects give the sum; the others say why not. `low` and `high` differ from `value` where ranges are in it."""

    field: Field
    value: Decimal
    low: Decimal
    high: Decimal
    published: int
    projects: int
    absent: dict[str, int]

    @property
    def unpublished(self) -> int:
        return self.projects - self.published

    @property
    def unpublished_share(self) -> float:
        return self.unpublished / self.projects if self.projects else 0.0


def totals(found: Publication) -> dict[Field, Total]:
    """One total for each field of money that the file has a column for."""
    return {field: total(found, field) for field in Field if field.kind is Kind.MONEY and field in found.fields}


def total(found: Publication, field: Field) -> Total:
    amounts: list[Amount] = []
    absent: Counter[str] = Counter()
    for entry in found.entries:
        reading = entry.reading(field)
        if isinstance(reading, Amount):
            amounts.append(reading)
        elif isinstance(reading, Absent):
            absent[reading.why.value] += 1
    return Total(
        field,
        sum((each.value for each in amounts), Decimal(0)),
        sum((each.value if each.low is None else each.low for each in amounts), Decimal(0)),
        sum((each.value if each.high is None else each.high for each in amounts), Decimal(0)),
        len(amounts),
        len(found.entries),
        dict(absent),
    )
