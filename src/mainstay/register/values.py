"""The values of a record as plain JSON, the same everywhere: history, API, comparison, export."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, ForeignKey, Model

from mainstay.register.spec import Register


def plain(value: Any) -> Any:
    """A value as JSON holds it: decimals as text so that no penny is lost, dates as ISO 8601."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Model):
        return value.pk
    return value


def tracked(register: type[Register]) -> tuple[str, ...]:
    """The fields whose changes the history keeps: all that can be written, and what the mechanism itself moves."""
    names = {field.name for field in register.model._meta.concrete_fields}
    own = [name for name in ("ref", "state", "is_withdrawn", "source") if name in names]
    return tuple(dict.fromkeys((*own, *register.fields())))


def snapshot(register: type[Register], record: Model, names: Iterable[str] | None = None) -> dict[str, Any]:
    """The tracked values of `record`; a reference is the id of its target."""
    values = {}
    for name in names or tracked(register):
        field = register.model._meta.get_field(name)
        value = getattr(record, field.attname if isinstance(field, ForeignKey) else name)
        if isinstance(field, DecimalField) and isinstance(value, Decimal):
            value = settled(value, field.decimal_places)
        values[name] = plain(value)
    return values


def settled(value: Decimal, places: int) -> Decimal:
    """A number with the digits that its column holds, so that 20 as typed and 20.00 as stored are no change."""
    return value.quantize(Decimal(1).scaleb(-places)) if value.is_finite() and value.as_tuple().exponent != -places else value


def differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs: the old values and the new ones, field by field."""
    names = [name for name in after if before.get(name) != after[name] or name not in before]
    return {name: before[name] for name in names if name in before}, {name: after[name] for name in names}
