"""An entry of a publication as the values of a published position, and of the initiative that it is about."""

from decimal import Decimal
from typing import Any

from mainstay.formats.portfolio import Absent, Entry, Field, Publication, Rated, Why
from mainstay.formats.portfolio.fields import Kind

MOST_DIGITS = Decimal(10) ** 17
LONGEST_WHY = 300
MONEY = {
    Field.COST: "cost",
    Field.YEAR_BASELINE: "year_baseline",
    Field.YEAR_FORECAST: "year_forecast",
    Field.BENEFITS: "benefits",
}
DAYS = {Field.START: "starts", Field.END: "ends"}
WORDS = (
    Field.DESCRIPTION,
    Field.STATUS,
    Field.RATING_NARRATIVE,
    Field.SCHEDULE_NARRATIVE,
    Field.YEAR_NARRATIVE,
    Field.COST_NARRATIVE,
    Field.BENEFITS_NARRATIVE,
)


def why(found: Any) -> str:
    """`exempt: Exempt under Section 43 …`; the word before the colon is the kind."""
    if not isinstance(found, Absent):
        return ""
    return f"{found.why.value}: {found.text}"[:LONGEST_WHY] if found.text else found.why.value


def kind_of(text: str) -> str:
    """The kind of a reason."""
    return text.partition(":")[0] or Why.EMPTY.value


def position(entry: Entry, found: Publication, publication: str) -> dict[str, Any]:
    """The values of a row; the initiative is added when it is known."""
    values: dict[str, Any] = {
        "title": entry.name[:200],
        "publication": publication,
        "figures_on": found.as_at,
        "scale": found.scale.value,
        "price_base": found.price_base,
        "identifier": entry.text(Field.ID)[:60],
        "department": " ".join(entry.text(Field.DEPARTMENT).split())[:120],
        "category": " ".join(entry.text(Field.CATEGORY).split())[:120],
        "rating_why": why(entry.not_rated),
        "narrative": narrative(entry),
        "place": entry.place[:120],
    }
    for field, name in ((Field.RATING, "rating"), (Field.SECOND_RATING, "second_rating")):
        reading = entry.reading(field)
        values[name] = reading.colour.value if isinstance(reading, Rated) else ""
    for field, name in DAYS.items():
        values[f"{name}_on"] = entry.day(field)
        values[f"{name}_why"] = why(entry.reading(field))
    for field, name in MONEY.items():
        values |= money(entry, field, name)
    return values


def money(entry: Entry, field: Field, name: str) -> dict[str, Any]:
    amount = entry.amount(field)
    if amount is None or abs(amount.value) >= MOST_DIGITS:
        text = why(entry.reading(field)) if amount is None else f"{Why.UNREADABLE.value}: {amount.value:f}"
        return {name: None, f"{name}_why": text}
    ends = {f"{name}_{end}": settled(value) for end, value in (("low", amount.low), ("high", amount.high))} if field is Field.COST else {}
    return {name: settled(amount.value), f"{name}_why": "", **ends}


def settled(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"))


def narrative(entry: Entry) -> str:
    """The words of a publication, each under its heading."""
    said = [(field.label, text) for field in WORDS if field.kind is Kind.TEXT and (text := entry.text(field).strip())]
    return "\n\n".join(f"{label}: {text}" for label, text in said)


def initiative(values: dict[str, Any]) -> dict[str, Any]:
    """What a position says of its initiative: an end before the start, as files have it, is left out."""
    starts, ends = values["starts_on"], values["ends_on"]
    cost = values["cost"]
    told: dict[str, Any] = {"title": values["title"]}
    if starts:
        told["starts_on"] = starts
    if ends and not (starts and ends < starts):
        told["ends_on"] = ends
    if cost is not None and abs(cost) < Decimal(10) ** 14:
        told["budget"] = cost
        told["price_base"] = values["price_base"][:20]
    return told
