"""A publication told: as a document for programs and as lines for a terminal."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.formats.portfolio.fields import Field
from mainstay.formats.portfolio.publication import Entry, Publication
from mainstay.formats.portfolio.reading import rated
from mainstay.formats.portfolio.readings import Absent, Amount, Rated, Reading
from mainstay.formats.portfolio.totals import Total, totals

MOST_TOLD = 20


def document(found: Publication) -> dict[str, Any]:
    return {
        "file": found.file,
        "sheet": found.sheet,
        "is_transposed": found.is_transposed,
        "header_lines": found.header_lines,
        "year": found.year,
        "as_at": found.as_at.isoformat() if found.as_at else None,
        "scale": found.scale.value,
        "unit": found.unit,
        "price_base": found.price_base,
        "columns": [{"heading": each.heading, "field": each.field.value if each.field else None} for each in found.columns],
        "projects": len(found.entries),
        "totals": {field.value: total_row(total) for field, total in totals(found).items()},
        "ratings": dict(rated(found.entries)),
        "unread": [{"place": each.place, "text": each.text} for each in found.unread],
        "remarks": list(found.remarks),
        "entries": [entry_row(entry) for entry in found.entries],
    }


def total_row(total: Total) -> dict[str, Any]:
    return {
        "sum": str(total.value),
        "low": str(total.low),
        "high": str(total.high),
        "published": total.published,
        "unpublished": total.unpublished,
        "unpublished_share": round(total.unpublished_share, 4),
        "absent": total.absent,
    }


def entry_row(entry: Entry) -> dict[str, Any]:
    return {"place": entry.place, "name": entry.name, **{field.value: reading_row(entry.reading(field)) for field in entry.values}}


def reading_row(reading: Reading) -> Any:
    match reading:
        case Amount(value, low, high, currency):
            ends = {} if low is None else {"low": str(low), "high": str(high)}
            return {"amount": str(value), **ends, **({"currency": currency} if currency else {})}
        case Absent(why, text, sections):
            return {"absent": why.value, "text": text, **({"sections": list(sections)} if sections else {})}
        case Rated(colour):
            return colour.value
        case date():
            return reading.isoformat()
        case Decimal():
            return str(reading)
    return reading


def lines(found: Publication) -> Iterator[str]:
    where = f", sheet {found.sheet}" if found.sheet else ""
    shape = "columns are projects" if found.is_transposed else "rows are projects"
    yield f"{found.file}{where}: {len(found.entries):,} projects ({shape}), ratings on {found.scale.value}"
    for field, total in totals(found).items():
        share = f"{total.unpublished_share:.1%}"
        why = ", ".join(f"{count} {text}" for text, count in sorted(total.absent.items()))
        gap = f"{total.unpublished} of {total.projects} not published ({share}: {why})" if total.unpublished else "all published"
        yield f"  {field.label:<22}{total.value / 1_000_000:>16,.2f} million; {gap}"
    yield "  Ratings: " + ", ".join(f"{count} {text}" for text, count in rated(found.entries).most_common())
    unused = [each.heading for each in found.columns if each.field is None]
    if unused:
        yield "  Not used: " + ", ".join(heading[:40] for heading in unused)
    yield from (f"  {each}" for each in found.unread[:MOST_TOLD])
    if len(found.unread) > MOST_TOLD:
        yield f"  … {len(found.unread) - MOST_TOLD:,} more cells that could not be read."
    yield from (f"  note: {text}" for text in found.remarks)


def field_names() -> dict[str, str]:
    """What a mapping may name: value → label."""
    return {field.value: field.label for field in Field}
