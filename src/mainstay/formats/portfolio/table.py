"""Where the table of projects lies in a sheet: rows or columns as projects, title rows above, one header row or two, units below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mainstay.formats.portfolio.fields import Field
from mainstay.formats.portfolio.headings import field_of, plain
from mainstay.formats.spreadsheet.sheet import Sheet, Value

LINES_LOOKED_AT = 40
FEWEST_FIELDS = 2
UNITS = re.compile(
    r"^\W*(?:£|\$|€|%|gbp|usd|eur)?\W*(?:m|mn|million|bn|billion|k|thousand|000s|%|text|date|dd/mm/yyyy|yyyy-mm-dd)?\W*$", re.I
)

Lines = Sequence[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Column:
    """One heading: `at` is its place across the records, `heading` is unique within the table."""

    at: int
    heading: str
    field: Field | None


@dataclass(frozen=True, slots=True)
class Record:
    """One project's cells; `at` is the place of its row, or of its column where the table is transposed."""

    at: int
    values: Sequence[Value]

    def value(self, column: Column) -> Value:
        return self.values[column.at] if column.at < len(self.values) else None


@dataclass(frozen=True, slots=True)
class Table:
    sheet: Sheet
    is_transposed: bool
    header_lines: int
    title: tuple[str, ...]
    columns: tuple[Column, ...]
    records: tuple[Record, ...]

    @property
    def fields(self) -> set[Field]:
        return {column.field for column in self.columns if column.field is not None}

    def place(self, record: Record, column: Column) -> str:
        """The cell for a person, as the file shows it."""
        across, down = (record.at, column.at) if self.is_transposed else (column.at, record.at)
        return self.sheet.place(self.sheet.rows[down].number, across)


@dataclass(frozen=True, slots=True)
class Header:
    """Line `at` and the `lines` after it are headings; `texts` are those of each place."""

    at: int
    lines: int
    texts: tuple[str, ...]
    known: int


def find(sheet: Sheet) -> Table | None:
    """The table of projects of a sheet, or None where no line names a project and something of it."""
    rows: Lines = [row.values for row in sheet.rows]
    best: tuple[int, Header, bool] | None = None
    for is_transposed, lines in ((False, rows), (True, turned(rows, LINES_LOOKED_AT))):
        header = header_of(lines)
        if header is not None and (best is None or header.known > best[0]):
            best = header.known, header, is_transposed
    if best is None:
        return None
    _known, header, is_transposed = best
    return made(sheet, turned(rows) if is_transposed else rows, header, is_transposed=is_transposed)


def turned(rows: Lines, most: int | None = None) -> Lines:
    """Columns as lines."""
    width = max(map(len, rows), default=0)
    return [[row[at] if at < len(row) else None for row in rows] for at in range(width if most is None else min(width, most))]


def header_of(lines: Lines) -> Header | None:
    """The line with the most fields, the first among equals; with the one above it where together they name more."""
    best: Header | None = None
    for at in range(min(len(lines), LINES_LOOKED_AT)):
        one = tuple(text_of(value) for value in lines[at])
        both = joined(one, lines[at + 1]) if at + 1 < len(lines) else one
        for count, texts in ((1, one), (2, both)):
            known = names(texts)
            if known > (best.known if best else 0):
                best = Header(at, count, texts, known)
    return best


def names(texts: Sequence[str]) -> int:
    """How many fields the texts name; 0 where none of them names projects."""
    found = {field for text in texts if (field := field_of(text)) is not None}
    return len(found) if len(found) >= FEWEST_FIELDS and found & {Field.NAME, Field.ID} else 0


def joined(above: Sequence[str], below: Sequence[Value]) -> tuple[str, ...]:
    """Two header rows as one: a heading above several columns stands once, and what stands below it is added."""
    texts, over = [], ""
    if not any(isinstance(value, str) for value in below) or sum(map(bool, above)) == 1:
        return tuple(above)
    for at in range(max(len(above), len(below))):
        own = above[at] if at < len(above) else ""
        under = text_of(below[at]) if at < len(below) else ""
        over = own or (over if under else "")
        texts.append(f"{over} {under}".strip() if over != under else under)
    return tuple(texts)


def text_of(value: Value) -> str:
    return plain(value) if isinstance(value, str) else ""


def made(sheet: Sheet, lines: Lines, header: Header, *, is_transposed: bool) -> Table:
    first = header.at + header.lines
    texts = header.texts
    if first < len(lines) and is_units(lines[first]):
        texts = tuple(
            f"{text} ({text_of(lines[first][at])})" if at < len(lines[first]) and text_of(lines[first][at]) else text
            for at, text in enumerate(texts)
        )
        first += 1
    title = tuple(text for line in lines[: header.at] for value in line if (text := text_of(value)))
    columns = columns_of(texts, lines[first:])
    records = tuple(Record(at, line) for at, line in enumerate(lines[first:], first) if says(line, columns, texts))
    return Table(sheet, is_transposed, first - header.at, title, columns, records)


def is_units(line: Sequence[Value]) -> bool:
    texts = [value for value in line if value is not None]
    return bool(texts) and all(isinstance(value, str) and UNITS.match(value.strip()) for value in texts)


def says(line: Sequence[Value], columns: Sequence[Column], texts: Sequence[str]) -> bool:
    """Whether a line says anything that is not the header again, as at the top of a printed page."""
    if all(value is None for value in line):
        return False
    known = [column for column in columns if column.field is not None and column.at < len(line)]
    same = sum(text_of(line[column.at]) == texts[column.at] for column in known)
    return same * 2 < len(known) or not known


def columns_of(texts: Sequence[str], body: Lines) -> tuple[Column, ...]:
    """Each heading with its field. Of two that name the same, the first counts; a second rating is the other assessor's."""
    columns: list[Column] = []
    used: set[Field] = set()
    counts: dict[str, int] = {}
    for at, text in enumerate(texts):
        if not text and not any(at < len(line) and line[at] is not None for line in body):
            continue
        heading = text[:200] or "(no heading)"
        counts[heading] = counts.get(heading, 0) + 1
        unique = heading if counts[heading] == 1 else f"{heading} ({counts[heading]})"
        field = field_of(text) if text else None
        if field in used:
            field = Field.SECOND_RATING if field is Field.RATING and Field.SECOND_RATING not in used else None
        if field is not None:
            used.add(field)
        columns.append(Column(at, unique, field))
    return tuple(columns)
