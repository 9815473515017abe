"""What one cell may turn out to say: an amount or a range, a colour, a day, words, or why there is no figure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Why(StrEnum):
    """Why a cell holds no figure. None of these is nought."""

    EXEMPT = "exempt"
    TOO_EARLY = "too early"
    RESET = "reset"
    NOT_RATED = "not rated"
    NOT_PROVIDED = "not provided"
    NOT_APPLICABLE = "not applicable"
    EXPLAINED = "words instead"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


class Colour(StrEnum):
    """From the best to the worst."""

    GREEN = "Green"
    AMBER_GREEN = "Amber/Green"
    AMBER = "Amber"
    AMBER_RED = "Amber/Red"
    RED = "Red"

    @classmethod
    def of_letters(cls, small: str) -> "Colour | None":
        """The short forms `G`, `A/G`, `AR`."""
        return {"g": cls.GREEN, "ag": cls.AMBER_GREEN, "a": cls.AMBER, "ar": cls.AMBER_RED, "r": cls.RED}.get(small.replace("/", ""))


@dataclass(frozen=True, slots=True)
class Absent:
    """No figure, and why; `sections` are those of the Freedom of Information Act that a publisher names."""

    why: Why
    text: str = ""
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """Whole units of the currency. Of a range, `value` is its middle; `low` and `high` are then its ends."""

    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Rated:
    colour: Colour


Reading = Amount | Rated | Absent | date | Decimal | str
"""A share is a Decimal, words are a str."""
