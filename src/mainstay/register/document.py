"""Frozen dataclasses to canonical JSON and back: the same facts are the same bytes, and old documents stay readable."""

import json
import types
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class DocumentError(Exception):
    """A kept document cannot be read as what it should be."""


def to_bytes(value: Any) -> bytes:
    """Canonical JSON in UTF-8: keys in order, no spaces, decimals and dates as text."""
    text = json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def from_bytes(kind: type[T], content: bytes) -> T:
    """The facts in `content`. What it has beyond the fields of today is passed over; what it lacks takes its default."""
    try:
        told = json.loads(content.decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise DocumentError(f"The document is not JSON: {error}.") from None
    return read(kind, told, kind.__name__)


def read(kind: type[T], told: Any, place: str) -> T:
    if not isinstance(told, dict):
        raise DocumentError(f"{place} should be an object.")
    values, dataclass = {}, cast("Any", kind)
    for field, taken in readers(dataclass):
        if field.name in told:
            values[field.name] = taken(told[field.name], f"{place}.{field.name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise DocumentError(f"{place} lacks {field.name}.")
    return kind(**values)


@cache
def readers(kind: Any) -> tuple[tuple[Field[Any], Callable[[Any, str], Any]], ...]:
    hints = get_type_hints(kind)
    return tuple((field, reader_of(hints[field.name])) for field in fields(kind))


def reader_of(hint: Any) -> Callable[[Any, str], Any]:
    """What reads a value of the type `hint` from its JSON."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = reader_of(next(part for part in get_args(hint) if part is not type(None)))
        return lambda value, place: None if value is None else inner(value, place)
    if get_origin(hint) is Literal:
        return lambda value, place: chosen(get_args(hint), value, place)
    if get_origin(hint) is tuple:
        item = reader_of(get_args(hint)[0])
        return lambda value, place: tuple(item(one, f"{place}[{number}]") for number, one in enumerate(listed(value, place)))
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda value, place: read(hint, value, place)
    if hint in (Decimal, date, datetime):
        return lambda value, place: converted(hint, value, place)
    if hint is float:
        return lambda value, place: float(scalar((int, float), value, place))
    return lambda value, place: scalar(hint, value, place)


def listed(value: Any, place: str) -> Iterable[Any]:
    if not isinstance(value, list):
        raise DocumentError(f"{place} should be a list.")
    return value


def chosen(choices: tuple[Any, ...], value: Any, place: str) -> Any:
    if value not in choices:
        raise DocumentError(f"{place} should not be {str(value)[:40]!r}.")
    return value


def scalar(hint: Any, value: Any, place: str) -> Any:
    if not isinstance(value, hint):
        raise DocumentError(f"{place} should not be {str(value)[:40]!r}.")
    return value


def converted(hint: Any, value: Any, place: str) -> Any:
    try:
        return Decimal(value) if hint is Decimal else hint.fromisoformat(value)
    except (TypeError, ValueError, InvalidOperation):
        raise DocumentError(f"{place} should not be {str(value)[:40]!r}.") from None
