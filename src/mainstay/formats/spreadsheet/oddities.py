"""What stands behind the values of an .xlsx: formulas without a result, and results that are errors. Readers of values pass both over."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
NAME = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']")
IS_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</")
FORMULA = re.compile(rb"<(?:\w+:)?f\b")
NO_RESULT = "formula"
"""What is said of a formula that no program has worked out; of an error its own name is said, such as `#REF!`."""


def oddities(path: Path, parts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Name of the sheet → name of the cell → what is odd about it. The gate has bounded what the parts unpack to."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        return {sheet: dict(of_sheet(archive.read(part))) for sheet, part in parts.items() if part in names}


def of_sheet(content: bytes) -> Iterator[tuple[str, str]]:
    for match in CELL.finditer(content):
        attributes, inner = match.group(1), match.group(2) or b""
        name, value = NAME.search(attributes), VALUE.search(inner)
        if name is None or not inner:
            continue
        if IS_ERROR.search(attributes):
            yield name.group(1).decode(), value.group(1).decode("ascii", "replace")[:20] if value else "#VALUE!"
        elif FORMULA.search(inner) and (value is None or not value.group(1)):
            yield name.group(1).decode(), NO_RESULT
