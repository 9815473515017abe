"""A cell as the value that a field takes; where it cannot be, a sentence that quotes what stands there and says what to do."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from mainstay.formats.spreadsheet import Value
from mainstay.formats.spreadsheet.header import normal
from mainstay.formats.spreadsheet.texts import date_of, number_of, uses_decimal_comma
from mainstay.register.spec import Register
from mainstay.register.tables import Column
from mainstay.register.transfer.columns import choices_of

YES, NO = frozenset({"yes", "y", "true", "1", "x", "✓"}), frozenset({"no", "n", "false", "0", "–", "-"})
LEADING_NUMBER = re.compile(r"^(\d{1,4})\s*(?:[-–:.)]\s*\D.*)?$", re.DOTALL)
NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "none", "tbc", "tbd", "nil"})
"""Texts that say in a column of numbers, dates or choices that there is nothing."""


class Unreadable(ValueError):
    """The message is the sentence."""


class ColumnReader:
    """Reads the cells of one column; what the whole column tells (decimal commas, shares for per cent) is found out once."""

    def __init__(self, register: type[Register], column: Column, values: Iterable[Value]) -> None:
        self.register, self.column = register, column
        self.field = register.field(column.name)
        seen = [value for value in values if value is not None]
        self.decimal_comma = uses_decimal_comma(value for value in seen if isinstance(value, str))
        self.is_share = column.kind == "number" and "%" in column.label and are_shares(seen)
        self.codes = {normal(text): value for value, text in self.labelled()}
        self.codes |= {normal(str(value)): value for value, _text in self.labelled() if normal(str(value)) not in self.codes}

    def labelled(self) -> list[tuple[Any, str]]:
        if self.column.kind == "state" and self.register.states:
            return [(name, str(state.label)) for name, state in self.register.states.states.items()]
        return [(value, str(text)) for value, text in self.field.flatchoices] if self.column.kind == "choice" else []

    def read(self, value: Value) -> Any:
        """The value for the field; None for an empty cell; Unreadable with a sentence."""
        if value is None or (
            isinstance(value, str) and self.column.kind in READERS and value.strip().lower() in NOTHING and not self.means(value)
        ):
            return None
        return READERS.get(self.column.kind, ColumnReader.text)(self, value)

    def means(self, value: str) -> bool:
        """Whether a text that usually says nothing is one of the choices here."""
        return normal(value) in self.codes or (self.column.kind == "yes_no" and value.strip().lower() in NO)

    def text(self, value: Value) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return value.isoformat() if isinstance(value, date | datetime | time) else str(value)

    def number(self, value: Value) -> Decimal:
        if isinstance(value, bool | date | time):
            raise Unreadable(self.sentence(value, _("Enter a number.")))
        if isinstance(value, int | float):
            exact = self.rounded(Decimal(repr(value)))
        else:
            try:
                exact = number_of(str(value), decimal_comma=self.decimal_comma)
            except ValueError:
                exact = self.leading(str(value))
        return exact * 100 if self.is_share and not str(value).strip().endswith("%") else exact

    def leading(self, text: str) -> Decimal:
        """`3 - High` in a column of whole numbers is 3."""
        match = LEADING_NUMBER.match(text.strip()) if isinstance(self.field, models.IntegerField) else None
        if match is None:
            raise Unreadable(self.sentence(text, _("Enter a number.")))
        return Decimal(match.group(1))

    def rounded(self, exact: Decimal) -> Decimal:
        """A figure that a workbook has calculated, at the decimals that the field keeps."""
        places = getattr(self.field, "decimal_places", None)
        if places is None:
            return exact
        places += 2 if self.is_share else 0
        return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if -exact.as_tuple().exponent > places else exact  # type: ignore[operator]  # finite

    def day(self, value: Value) -> date:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            if isinstance(value, bool | time):
                raise ValueError(value)
            return date_of(value)  # type: ignore[arg-type]  # what remains are texts and numbers
        except (ValueError, OverflowError):
            raise Unreadable(self.sentence(value, _("Enter a date, day first, e.g. 10/11/2026 or 2026-11-10."))) from None

    def choice(self, value: Value) -> Any:
        text = normal(self.text(value))
        if text in self.codes:
            return self.codes[text]
        near = (
            {code for name, code in self.codes.items() if name.split()[:1] == text.split()[:1] and name.split()[0].isdigit()}
            if text
            else set()
        )
        if len(near) == 1:
            return near.pop()
        raise Unreadable(
            self.sentence(value, _("Choose one of: %(choices)s.") % {"choices": ", ".join(choices_of(self.register, self.column))})
        )

    def yes_no(self, value: Value) -> bool:
        text = str(value).strip().lower()
        if value is True or text in YES:
            return True
        if value is False or text in NO:
            return False
        raise Unreadable(self.sentence(value, _("Enter yes or no.")))

    def sentence(self, value: Value, remedy: str) -> str:
        shown = " ".join(str(value).split())
        shown = shown if len(shown) <= 60 else shown[:59] + "…"
        return _("%(label)s is “%(value)s”. %(remedy)s") % {"label": self.column.label, "value": shown, "remedy": remedy}


def are_shares(values: Iterable[Value]) -> bool:
    """Whether a column for per cent holds shares of one, as cells with the format % do: all within 0 to 1, and some in between."""
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    return bool(numbers) and all(0 <= value <= 1 for value in numbers) and any(0 < value < 1 for value in numbers)


READERS: dict[str, Callable[[ColumnReader, Value], Any]] = {
    "number": ColumnReader.number,
    "date": ColumnReader.day,
    "choice": ColumnReader.choice,
    "state": ColumnReader.choice,
    "yes_no": ColumnReader.yes_no,
}
