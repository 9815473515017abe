"""What a cell says in words, in the house's typography, and what it is worth as a number."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from mainstay.render import typography
from mainstay.render.blocks import Cell, Column, Delta, Run, Status, Text
from mainstay.render.cleaning import clean, shortened
from mainstay.render.palette import LOOKS
from mainstay.render.words import Words

DIVISORS = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
LONGEST_ON_ONE_LINE = 14
PLACES = {"number": 0, "money": 1, "percent": 0, "delta": 0}


def plain(text: Text) -> str:
    """The words of a text without its looks."""
    return clean(shortened(text if isinstance(text, str) else "".join(run.text for run in text)))


def runs(text: Text) -> tuple[Run, ...]:
    """The text as runs, each clean and the whole not endless."""
    if isinstance(text, str):
        return (Run(plain(text)),)
    return tuple(Run(clean(shortened(run.text)), run.strong, run.emphasis, run.link) for run in text if run.text)


def word_of(status: Status) -> str:
    """The word of a status; a short one of several words stays on one line."""
    word = clean(status.word)
    return word.replace(" ", typography.NO_BREAK) if len(word) <= LONGEST_ON_ONE_LINE else word


def glyph_and_word(status: Status) -> str:
    return f"{LOOKS[status.shape].glyph}{typography.NO_BREAK}{word_of(status)}"


def places_of(column: Column) -> int:
    return PLACES.get(column.kind, 0) if column.places is None else column.places


def amount(value: Cell, column: Column) -> Decimal | None:
    """The number as the column shows it (a money column in its scale); None when the cell holds no number."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    if not number.is_finite():
        return None
    return number / DIVISORS[column.scale] if column.kind == "money" else number


def in_words(value: Cell, column: Column, words: Words) -> str:
    """The cell as a reader sees it."""
    if value is None or value == "" or value == ():
        return column.missing or words.missing
    if isinstance(value, Status):
        return glyph_and_word(value)
    if isinstance(value, Delta):
        return clean(value.text)
    if isinstance(value, datetime):
        return typography.moment(value)
    if isinstance(value, date):
        return typography.day(value)
    if isinstance(value, str | tuple):
        return plain(value)
    return figure_in_words(value, column)


def figure_in_words(value: float | Decimal, column: Column) -> str:
    number = amount(value, column)
    if number is None:
        return str(value)
    if column.kind == "percent":
        return typography.percent(number, places_of(column))
    if column.kind == "delta":
        return typography.signed(number, places_of(column))
    if column.kind in {"number", "money"}:
        return typography.number(number, places_of(column))
    return typography.number(number, max(0, -int(number.as_tuple().exponent)) if column.places is None else column.places)


def sense_of(value: Cell, column: Column) -> str:
    """Whether a difference is better or worse; `same` where the column does not say."""
    if isinstance(value, Delta):
        return value.sense
    number = amount(value, column) if column.kind == "delta" else None
    if number is None or number == 0 or column.less_is == "same":
        return "same"
    return column.less_is if number < 0 else {"better": "worse", "worse": "better"}[column.less_is]
