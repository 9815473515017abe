"""Tables as text: whatever encoding and delimiter a spreadsheet program has written them with."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from mainstay.formats.errors import Damaged, TooLarge
from mainstay.formats.kinds import FileKind
from mainstay.formats.spreadsheet.limits import MOST_IN_CELL, Limits
from mainstay.formats.spreadsheet.sheet import Row, Sheet, Value, Workbook, cell_name
from mainstay.formats.spreadsheet.text_writing import without_guard

DELIMITERS = (",", ";", "\t", "|")
LINES_LOOKED_AT = 60
TOO_WIDE = "Line {line} has {cells:,} cells; {columns:,} columns and {area:,} cells in all are the most that is read. Split the file."
UNREADABLE = (
    "Line {line} cannot be split into cells: a quotation mark stands open, or a cell is too long. Correct it and choose the file again."
)
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}


def read(path: Path, limits: Limits) -> Workbook:
    text, encoding = decoded(path.read_bytes())
    text, told = hint(text)
    delimiter = told or delimiter_of(text)
    remarks = [f"Read as text with the delimiter {NAMES.get(delimiter, delimiter)}, in {encoding}."]
    return Workbook(FileKind.TEXT, (Sheet("", tuple(rows(text, delimiter, limits))),), tuple(remarks))


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: what a byte order mark says, else UTF-8, else the Windows code page of western Europe."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError as fault:
            raise Damaged("The text begins as UTF-16 but breaks off. Save it again as CSV UTF-8.") from fault
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError as fault:
        raise Damaged("The text is neither UTF-8 nor Windows-1252, so its letters cannot be told. Save it again as CSV UTF-8.") from fault


def hint(text: str) -> tuple[str, str]:
    """The first line `sep=;` that Excel writes and reads, taken off; the line stays so that numbers of lines hold."""
    head = text[:8].lstrip('"').lower()
    if head.startswith("sep=") and len(head) > 4:
        first, _newline, rest = text.partition("\n")
        return "\n" + rest, first.strip().strip('"')[4:5] or ","
    return text, ""


def delimiter_of(text: str) -> str:
    """The delimiter that splits the most rows into the same number of cells."""
    sample = "".join(text.splitlines(keepends=True)[:LINES_LOOKED_AT])

    def score(delimiter: str) -> float:
        try:
            widths = Counter(len(row) for row in csv.reader(StringIO(sample, newline=""), delimiter=delimiter) if any(row))
        except csv.Error:
            return 0
        return (
            max((count * (width - 1) for width, count in widths.items()), default=0)
            + sum(count * (width > 1) for width, count in widths.items()) / 1000
        )

    return max(DELIMITERS, key=score)


def rows(text: str, delimiter: str, limits: Limits) -> Iterator[Row]:
    """The rows that say anything, each with the number of the line on which it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    begins, cells, count = 1, 0, 0
    try:
        for found in reader:
            number, begins = begins, reader.line_num + 1
            values = [cell(part, number, column) for column, part in enumerate(found)]
            cells += len(values)
            if len(values) > limits.columns or cells > limits.area:
                raise TooLarge(TOO_WIDE.format(line=number, cells=len(values), columns=limits.columns, area=limits.area))
            while values and values[-1] is None:
                values.pop()
            if values:
                count += 1
                if count > limits.rows:
                    raise TooLarge(f"The file has more than {limits.rows:,} rows. Split it into smaller ones.")
                yield Row(number, tuple(values))
    except csv.Error as fault:
        raise Damaged(UNREADABLE.format(line=begins)) from fault


def cell(text: str, row: int, column: int) -> Value:
    stripped = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if len(stripped) > MOST_IN_CELL:
        raise TooLarge(f"Cell {cell_name(row, column)} holds {len(stripped):,} characters; {MOST_IN_CELL:,} is the most that is read.")
    return without_guard(stripped) or None
