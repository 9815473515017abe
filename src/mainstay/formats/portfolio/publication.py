"""A publication of a portfolio: its projects as one file states them at one time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mainstay.formats.portfolio.fields import Field
from mainstay.formats.portfolio.readings import Absent, Amount, Rated, Reading, Why
from mainstay.formats.portfolio.scales import Scale
from mainstay.formats.portfolio.table import Column

EMPTY = Absent(Why.EMPTY)


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that says neither a figure nor why there is none: where it stands, and a sentence."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One project of a publication. `place` names its row or column in the file."""

    place: str
    name: str
    values: Mapping[Field, Reading]

    def reading(self, name: Field) -> Reading:
        return self.values.get(name, EMPTY)

    def text(self, name: Field) -> str:
        """The words of a field; what says why there are none counts as words, too."""
        found = self.reading(name)
        return found if isinstance(found, str) else found.text if isinstance(found, Absent) else ""

    def amount(self, name: Field) -> Amount | None:
        found = self.reading(name)
        return found if isinstance(found, Amount) else None

    def day(self, name: Field) -> date | None:
        found = self.reading(name)
        return found if isinstance(found, date) else None

    @property
    def rated(self) -> Rated | None:
        """The reviewer's rating, or the owner's where only that one is given."""
        for name in (Field.RATING, Field.SECOND_RATING):
            found = self.reading(name)
            if isinstance(found, Rated):
                return found
        return None

    @property
    def not_rated(self) -> Absent | None:
        """Why there is no rating: what the reviewer's column says, else the owner's."""
        if self.rated is not None:
            return None
        said = [found for name in (Field.RATING, Field.SECOND_RATING) if isinstance(found := self.reading(name), Absent)]
        return next((each for each in said if each.why is not Why.EMPTY), EMPTY)


@dataclass(frozen=True, slots=True)
class Publication:
    """`as_at` is the day that the figures speak of; `year` the one that the file says it was published in."""

    file: str
    sheet: str
    is_transposed: bool
    header_lines: int
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]
    as_at: date | None
    year: int | None
    scale: Scale
    unit: str
    price_base: str
    unread: tuple[Unread, ...] = ()
    remarks: tuple[str, ...] = field(default=())
    other_sheets: tuple[str, ...] = ()
    """Sheets that hold tables of projects, too, and were not read."""

    @property
    def fields(self) -> set[Field]:
        return {column.field for column in self.columns if column.field is not None}
