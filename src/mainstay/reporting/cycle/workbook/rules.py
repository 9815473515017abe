"""What Excel itself lets into an answer cell: drop-downs, days, amounts and lengths, each with the words it says when it refuses."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mainstay.formats.spreadsheet.sheet import column_name
from mainstay.reporting.cycle.workbook.boxes import CHOSEN, NUMERIC, Box

MOST = 1e13
LONGEST_LIST, LONGEST_TITLE, LONGEST_MESSAGE = 255, 32, 255
EARLIEST, LATEST = date(1950, 1, 1), date(2199, 12, 31)


class Lists:
    """The lists that are too long, or have commas in them, for the cell itself; they stand on the hidden sheet."""

    def __init__(self, sheet: str, column: int) -> None:
        self.sheet, self.column = sheet, column
        self.held: list[tuple[str, ...]] = []

    def source(self, words: list[str]) -> Any:
        """What a drop-down shows: the words themselves where Excel takes them, else where they stand."""
        if sum(map(len, words)) + len(words) - 1 <= LONGEST_LIST and not any("," in word or word.startswith("=") for word in words):
            return words
        key = tuple(words)
        if key not in self.held:
            self.held.append(key)
        letters = column_name(self.column + self.held.index(key))
        return f"='{self.sheet}'!${letters}$1:${letters}${len(words)}"


def rule(box: Box, lists: Lists) -> dict[str, Any] | None:
    """The check of a cell; None where anything may stand."""
    title = box.label[:LONGEST_TITLE]
    about: dict[str, Any] = {"error_title": title, "ignore_blank": True}
    if box.hint:
        about |= {"input_title": title, "input_message": box.hint[:LONGEST_MESSAGE]}
    if box.kind in CHOSEN and box.choices:
        told = _("Choose one of the list, or leave the cell empty.")
        return {**about, "validate": "list", "source": lists.source(box.words), "error_message": told}
    if box.kind == "date":
        span = {"criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
        return {**about, **span, "validate": "date", "error_message": _("Enter a day such as 12/4/2027.")}
    if box.kind in NUMERIC:
        low, high = (-MOST if box.least is None else box.least), (MOST if box.most is None else box.most)
        span = {"criteria": "between", "minimum": low, "maximum": high}
        told = _("Enter a number without words.")
        return {**about, **span, "validate": "decimal", "error_message": f"{told} {box.hint}".strip()[:LONGEST_MESSAGE]}
    if box.longest:
        told = _("Use at most %(most)d characters.") % {"most": box.longest}
        return {**about, "validate": "length", "criteria": "<=", "value": box.longest, "error_message": told}
    return {**about, "validate": "any"} if box.hint else None
