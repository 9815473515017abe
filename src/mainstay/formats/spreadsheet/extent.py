"""How far the sheets of an .xlsx reach, found without reading them: few bytes can claim a billion cells, and readers make room for all."""

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from mainstay.formats.spreadsheet.sheet import cell_name, column_number

SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,7})(\d{1,9})[\"']")
NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d{1,9})[\"']")
HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")


@dataclass(slots=True)
class Extent:
    """The last row (from 1) and column (from 0) with a value, and the rows that a person does not see."""

    rows: int = 0
    columns: int = -1
    hidden_rows: list[int] = field(default_factory=list)

    @property
    def area(self) -> int:
        return self.rows * (self.columns + 1)

    @property
    def corner(self) -> str:
        return cell_name(self.rows, max(self.columns, 0))


def extents(path: Path) -> dict[str, Extent]:
    """The extent of each part of the package that is a sheet; the gate has bounded what they unpack to."""
    with zipfile.ZipFile(path) as archive:
        return {name: extent(archive.read(name)) for name in archive.namelist() if SHEET.match(name)}


def extent(content: bytes) -> Extent:
    found = Extent()
    for match in CELL.finditer(content):
        attributes = match.group(1)
        if attributes.endswith(b"/"):
            continue  # a format without a value takes no room
        reference = REFERENCE.search(attributes)
        if reference:
            found.columns = max(found.columns, column_number(reference.group(1).decode()))
            found.rows = max(found.rows, int(reference.group(2)))
    for match in ROW.finditer(content):
        if HIDDEN.search(match.group(1)) and (number := NUMBER.search(match.group(1))):
            found.hidden_rows.append(int(number.group(1)))
    return found
