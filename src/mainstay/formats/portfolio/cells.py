"""One cell → what it says, by the kind of its field; what its column alone can tell is looked at once."""

from datetime import date, datetime
from decimal import Decimal
from statistics import median

from mainstay.formats.portfolio.absence import absence, unread
from mainstay.formats.portfolio.amounts import MILLION, amount, currency_in, scale_in, share
from mainstay.formats.portfolio.dates import day, is_month_first
from mainstay.formats.portfolio.fields import Kind
from mainstay.formats.portfolio.mapping import Mapping
from mainstay.formats.portfolio.publication import EMPTY
from mainstay.formats.portfolio.readings import Absent, Rated, Reading, Why
from mainstay.formats.portfolio.scales import colour_of
from mainstay.formats.portfolio.table import Column, Table
from mainstay.formats.spreadsheet.sheet import Value

WHOLE_UNITS_FROM = Decimal(20_000)
"""Amounts whose middle one is larger than this are whole pounds: no portfolio's typical project costs £20bn."""
IMPLAUSIBLE = MILLION * MILLION
UNIT_NAMES = {Decimal(1): "whole units", Decimal(1000): "thousands", MILLION: "millions", MILLION * 1000: "thousand millions"}
WANTED = {
    Kind.MONEY: "an amount or a range, such as 12.5 or 10–15",
    Kind.SHARE: "a percentage, such as -6.0%",
    Kind.DATE: "a date, such as 2026-03-31",
    Kind.RATING: "a rating, such as Amber",
    Kind.YEAR: "a year, such as 2026",
}
WHOLE = Decimal(1)
Judged = tuple[Reading, str]


class Cells:
    """Reads the cells of one table."""

    def __init__(self, table: Table, mapping: Mapping) -> None:
        self.remarks: list[str] = []
        self.units: dict[int, Decimal] = {}
        self.currencies: dict[int, str] = {}
        self.month_first: dict[int, bool] = {}
        unnamed = [column for column in table.columns if column.field is not None and column.field.kind is Kind.MONEY]
        for column in unnamed:
            told = scale_in(column.heading) or next((scale for text in table.title if (scale := scale_in(text))), None)
            self.currencies[column.at] = currency_in(column.heading)
            if told is not None:
                self.units[column.at] = told
        unnamed = [column for column in unnamed if column.at not in self.units]
        if unnamed:
            unit = mapping.unit or self.guess(table, unnamed)
            self.units |= {column.at: unit for column in unnamed}
        for column in table.columns:
            if column.field is not None and column.field.kind is Kind.DATE:
                found = mapping.month_first
                self.month_first[column.at] = is_month_first(record.value(column) for record in table.records) if found is None else found
        self.unit_told = UNIT_NAMES.get(next(iter(self.units.values()), WHOLE), "")

    def guess(self, table: Table, columns: list[Column]) -> Decimal:
        """Nothing names the unit: told from how large the amounts are, and said."""
        found = [
            abs(read.value)
            for column in columns
            for record in table.records
            if isinstance(value := record.value(column), str | int | float) and (read := amount(value, WHOLE)) is not None
        ]
        unit = WHOLE if found and median(found) > WHOLE_UNITS_FROM else MILLION
        self.remarks.append(
            f"No heading says the unit of {', '.join(column.heading for column in columns)}; "
            f"{UNIT_NAMES[unit]} are assumed from how large the amounts are. Choose another unit in the mapping if that is wrong."
        )
        return unit

    def read(self, value: Value, column: Column) -> Judged:
        """What the cell says, and a sentence where it says neither a figure nor why there is none."""
        kind = column.field.kind if column.field else Kind.TEXT
        if value is None or (isinstance(value, str) and not value.strip()):
            return EMPTY, ""
        if kind in (Kind.TEXT, Kind.YEAR):
            return words(value), ""
        found = self.figure(value, column, kind)
        if found is not None:
            return found, self.doubt(found)
        text = value if isinstance(value, str) else str(value)
        absent = absence(text) or unread(text)
        is_told = absent.why in (Why.EXPLAINED, Why.UNREADABLE)
        fault = f"“{absent.text[:80]}” is not {WANTED[kind]}; it counts as not published." if is_told else ""
        return absent, fault

    def figure(self, value: Value, column: Column, kind: Kind) -> Reading | None:
        if kind is Kind.DATE:
            return day(value, month_first=self.month_first.get(column.at, False))
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        if kind is Kind.RATING:
            colour = colour_of(value) if isinstance(value, str) else None
            return None if colour is None else Rated(colour)
        return share(value) if kind is Kind.SHARE else amount(value, self.units[column.at], self.currencies[column.at])

    def doubt(self, found: Reading) -> str:
        """A figure that was read but cannot well be meant."""
        if isinstance(found, Absent | Rated | str | date | Decimal) or abs(found.value) <= IMPLAUSIBLE:
            return ""
        return f"reads as {found.currency}{found.value / MILLION:,.0f} million, which is more than a million million. Check the unit."


def words(value: Value) -> str:
    """The words of a cell; a whole number, such as an identifier, without a point."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else str(value)
