"""CSV as it leaves the house: no text in it can run as a formula in the program that opens it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

ACTIVE = "=+-@\t\r\n＝＋－＠"
"""First characters that make a spreadsheet program take a text for a formula; the wide forms too."""
GUARD = "'"
MARK = "\ufeff"
"""Tells Excel that the text is UTF-8."""


def guarded(text: str) -> str:
    """`text` with a guard before what would run. One that stands there already gets one more, so that reading gives the text back."""
    return GUARD + text if text.lstrip(GUARD)[:1] in ACTIVE and text.lstrip(GUARD) else text


def without_guard(text: str) -> str:
    """`text` as it was before `guarded`."""
    rest = text.lstrip(GUARD)
    return text[1:] if text.startswith(GUARD) and rest and rest[0] in ACTIVE else text


def plain(value: Any) -> str:
    """A cell: numbers stay numbers, dates are ISO 8601, texts are guarded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return guarded(str(value))


def lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The file in pieces of some hundred rows."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(MARK)
    writer.writerow([guarded(heading) for heading in headings])
    for number, row in enumerate(rows, 1):
        writer.writerow([plain(value) for value in row])
        if number % 200 == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
