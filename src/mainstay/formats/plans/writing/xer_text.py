"""How tables, rows and values stand in Primavera's .xer."""

from collections.abc import Iterable, Sequence
from datetime import datetime

Row = Sequence[object]


def table(name: str, fields: Sequence[str], rows: Iterable[Row]) -> list[str]:
    found = ["\t".join(("%R", *map(cell, row))) for row in rows]
    return [f"%T\t{name}", "\t".join(("%F", *fields)), *found] if found else []


def cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return " ".join(str(value).split())


def hours(minutes: float | None) -> float | None:
    return None if minutes is None else minutes / 60
