"""From a table file to a publication: find the table, match its headings, read its cells, tell what could not be read."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from mainstay.formats.errors import TableError
from mainstay.formats.portfolio import table as tables
from mainstay.formats.portfolio.cells import Cells
from mainstay.formats.portfolio.fields import Field, Kind
from mainstay.formats.portfolio.mapping import Mapping
from mainstay.formats.portfolio.prices import price_base
from mainstay.formats.portfolio.publication import Entry, Publication, Unread
from mainstay.formats.portfolio.readings import Rated, Reading
from mainstay.formats.portfolio.scales import scale_of
from mainstay.formats.portfolio.table import Record, Table
from mainstay.formats.spreadsheet import Workbook
from mainstay.formats.spreadsheet import read as read_table

YEAR = re.compile(r"(?<!\d)(20(?!00)\d\d|19[89]\d)(?!\d)")
"""2000 itself is a count more often than a year."""
TOTAL = re.compile(r"^(?:grand |sub-?)?totals?\b", re.I)
LONGEST_NAME = 300
NO_TABLE = (
    "No row or column names projects and what is said of them. "
    "Put headings such as Project name, Department and Start date beside or above the projects."
)
NO_ROWS = "The headings are there, but no project stands under them."


def read(path: Path, name: str | None = None, mapping: Mapping | None = None) -> Publication:
    """The publication that the file at `path`, chosen as `name`, holds; raises FormatError with a sentence."""
    return read_book(read_table(path, name), name or path.name, mapping)


def read_book(book: Workbook, file: str, mapping: Mapping | None = None) -> Publication:
    """The table with the most fields among the visible sheets."""
    mapping = mapping or Mapping()
    found = [mapping.applied(one) for sheet in book.sheets if not sheet.is_hidden and (one := tables.find(sheet)) is not None]
    if not found:
        raise TableError(NO_TABLE)
    best = max(found, key=lambda one: (one.sheet.name == mapping.sheet, len(one.fields), len(one.records)))
    others = [
        f"Sheet {one.sheet.name} holds a table of {len(one.records)} projects, too; it was not read." for one in found if one is not best
    ]
    made = publication(best, file, mapping, [*book.remarks, *others])
    return replace(made, other_sheets=tuple(one.sheet.name for one in found if one is not best))


def publication(table: Table, file: str, mapping: Mapping, remarks: list[str]) -> Publication:
    if not table.fields & {Field.NAME, Field.ID}:
        raise TableError("No heading is given the field Project name or Identifier. Choose one in the mapping.")
    cells = Cells(table, mapping)
    entries, unread, left_out = [], list[Unread](), list[str]()
    for record in table.records:
        why_not = not_a_project(table, record)
        if why_not:
            left_out.append(why_not)
            continue
        entries.append(entry(table, record, cells, unread))
    if not entries:
        raise TableError(NO_ROWS)
    year, as_at = year_of(entries, table, file), mapping.as_at
    if as_at is None and year is not None:
        as_at = date(year, 3, 31)
        remarks.append(f"The file does not say the day its figures speak of; {as_at:%d %B %Y} is assumed from the year.")
    colours = [found.colour for one in entries if (found := one.rated) is not None]
    money = [column.heading for column in table.columns if column.field is not None and column.field.kind is Kind.MONEY]
    hidden = sum(row.is_hidden for row in table.sheet.rows)
    if hidden:
        remarks.append(f"{hidden:,} rows of the sheet are hidden; they were read like the others.")
    return Publication(
        file=file,
        sheet=table.sheet.name,
        is_transposed=table.is_transposed,
        header_lines=table.header_lines,
        columns=table.columns,
        entries=tuple(entries),
        as_at=as_at,
        year=year,
        scale=mapping.scale or scale_of(colours, as_at),
        unit=cells.unit_told,
        price_base=mapping.price_base or price_base([*money, *table.title]),
        unread=tuple(unread),
        remarks=(*remarks, *cells.remarks, *left_out, *repeated(entries)),
    )


def not_a_project(table: Table, record: Record) -> str:
    """Why a line that says something is no project, or "": a total, or a note that stands alone."""
    naming = [column for column in table.columns if column.field in (Field.NAME, Field.ID)]
    texts = [str(value).strip() for column in naming if (value := record.value(column)) is not None]
    place = table.place(record, naming[0])
    if any(TOTAL.match(text) for text in texts):
        return f"{place}: a total, which was left out."
    if not texts:
        return f"{place}: names no project, so its line was left out."
    said = [column for column in table.columns if column.field is not None and record.value(column) is not None]
    if len(said) == 1 and len(table.fields) > 3:
        return f"{place}: “{texts[0][:60]}” stands alone, so it was taken for a note and left out."
    return ""


def entry(table: Table, record: Record, cells: Cells, unread: list[Unread]) -> Entry:
    values: dict[Field, Reading] = {}
    first = next(column for column in table.columns if column.field in (Field.NAME, Field.ID))
    for column in table.columns:
        if column.field is None:
            continue
        values[column.field], fault = cells.read(record.value(column), column)
        if fault:
            unread.append(Unread(table.place(record, column), fault))
    made = Entry(table.place(record, first), "", values)
    name = " ".join((made.text(Field.NAME) or made.text(Field.ID)).split())[:LONGEST_NAME]
    return Entry(made.place, name, values)


def year_of(entries: list[Entry], table: Table, file: str) -> int | None:
    """The year of a column of years, else of a title row, else of the file's name. Narratives date nothing."""
    told = Counter(text for one in entries if (text := one.text(Field.YEAR)))
    candidates = [*(text for text, _count in told.most_common(1)), *table.title, Path(file).stem]
    return next((int(found.group(1)) for text in candidates if (found := YEAR.search(text))), None)


def repeated(entries: list[Entry]) -> Iterator[str]:
    """Names and identifiers that stand more than once: they cannot tell projects apart."""
    for field, label in ((Field.ID, "identifiers"), (Field.NAME, "names")):
        counts = Counter(" ".join(one.text(field).split()).lower() for one in entries if one.text(field))
        twice = [text for text, count in counts.items() if count > 1]
        if twice:
            yield f"{len(twice)} {label} stand more than once, {twice[0][:60]} for one: they cannot tell these projects apart."


def rated(entries: tuple[Entry, ...]) -> Counter[str]:
    """How many of each colour, and of each reason for none."""
    counts: Counter[str] = Counter()
    for one in entries:
        found, absent = one.rated, one.not_rated
        counts[found.colour.value if isinstance(found, Rated) else absent.why.value if absent else ""] += 1
    return counts
