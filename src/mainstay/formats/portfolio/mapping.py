"""How a person wants a table read: which heading is which field, and what the file does not say itself. Saved for the next file."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from mainstay.formats.portfolio.fields import Field
from mainstay.formats.portfolio.scales import Scale
from mainstay.formats.portfolio.table import Column, Table

LONGEST_BASE = 40


@dataclass(frozen=True, slots=True)
class Mapping:
    """What is left out is told from the file. `fields` is heading → field, None for a heading that is not to be used."""

    fields: MappingOf[str, Field | None] = field(default_factory=dict)
    unit: Decimal | None = None
    """What one stands for in amounts whose cell and heading name no unit."""
    month_first: bool | None = None
    scale: Scale | None = None
    price_base: str = ""
    sheet: str = ""
    """The sheet to read where several hold tables of projects."""
    as_at: date | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "fields": {heading: None if name is None else name.value for heading, name in self.fields.items()},
            "unit": None if self.unit is None else str(self.unit),
            "month_first": self.month_first,
            "scale": None if self.scale is None else self.scale.value,
            "price_base": self.price_base,
            "sheet": self.sheet,
        }

    def applied(self, table: Table) -> Table:
        """The table with the fields that a person chose; a field that one heading is given is taken from the others."""
        chosen = {name for column in table.columns if (name := self.fields.get(column.heading)) is not None}

        def column(each: Column) -> Column:
            if each.heading in self.fields:
                return replace(each, field=self.fields[each.heading])
            return replace(each, field=None) if each.field in chosen else each

        return replace(table, columns=tuple(map(column, table.columns)))


def of_json(told: MappingOf[str, Any], as_at: date | None = None) -> Mapping:
    """A saved mapping; what it says that is no longer known is passed over."""
    known = {each.value: each for each in Field}
    fields = {str(heading): known.get(name) for heading, name in dict(told.get("fields") or {}).items() if name is None or name in known}
    try:
        unit = None if told.get("unit") in (None, "") else Decimal(str(told["unit"]))
    except InvalidOperation:
        unit = None
    scale = next((each for each in Scale if each.value == told.get("scale")), None)
    month_first = told.get("month_first")
    price_base = str(told.get("price_base") or "")[:LONGEST_BASE]
    return Mapping(
        fields, unit, month_first if isinstance(month_first, bool) else None, scale, price_base, str(told.get("sheet") or ""), as_at
    )
