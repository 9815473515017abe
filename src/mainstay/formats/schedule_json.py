"""Schedules to JSON and back, for storage and for the wire. Members with their default value are left out; unknown ones are refused."""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from mainstay.formats.errors import FormatError
from mainstay.formats.schedule import Duration, Interval, Schedule, Shift
from mainstay.formats.terms import TimeUnit

FORMAT = "mainstay-schedule"
VERSION = 1

Encoder = Callable[[Any], Any]
Decoder = Callable[[Any], Any]
PAIRS = {Shift: ("start", "finish"), Interval: ("start", "finish")}


def to_json(schedule: Schedule) -> str:
    """Same schedule, same text: the members stand in the order of the dataclasses."""
    document = {"format": FORMAT, "version": VERSION, **to_dict(schedule)}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str | bytes) -> Schedule:
    document = json.loads(text)
    if not isinstance(document, dict) or document.pop("format", None) != FORMAT:
        raise FormatError("This is not a stored plan.")
    version = document.pop("version", None)
    if version != VERSION:
        raise FormatError(f"The stored plan has version {version!r}; this release reads version {VERSION}.")
    return from_dict(document)


def to_dict(schedule: Schedule) -> dict[str, Any]:
    encoded: dict[str, Any] = _encode_record(schedule)
    return encoded


def from_dict(document: Mapping[str, Any]) -> Schedule:
    schedule: Schedule = _decoder(Schedule)(document)
    return schedule


def _encode_record(record: Any) -> Any:
    encoded = {}
    for name, default in _defaults(record.__class__):
        value = getattr(record, name)
        if value is not default and value != default:
            encoded[name] = _encode(value)
    return encoded


def _encode(value: Any) -> Any:
    if value is None or value.__class__ in (str, int, float, bool):
        return value
    encoder = _ENCODERS.get(value.__class__)
    if encoder is not None:
        return encoder(value)
    if isinstance(value, Enum):
        return value.value
    return _encode_record(value)


_ENCODERS: dict[type, Encoder] = {
    tuple: lambda value: [_encode(item) for item in value],
    list: lambda value: [_encode(item) for item in value],
    dict: lambda value: {key: _encode_custom(item) for key, item in value.items()},
    datetime: lambda value: value.isoformat(timespec="seconds" if value.second else "minutes"),
    date: lambda value: value.isoformat(),
    Decimal: lambda value: format(value, "f"),
    Shift: lambda value: [value.start, value.finish],
    Interval: lambda value: [_encode(value.start), _encode(value.finish)],
}


def _encode_custom(value: Any) -> Any:
    """A value of a custom field must tell a date from a text and a duration from a number."""
    if isinstance(value, datetime):
        return {"at": _encode(value)}
    if isinstance(value, Duration):
        return {"minutes": value.minutes, "unit": value.unit.value}
    return value


def _decode_custom(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["at"]) if "at" in value else Duration(value["minutes"], TimeUnit(value["unit"]))
    return value


@cache
def _defaults(record: type) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, _default(field)) for field in fields(record))


def _default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


@cache
def _decoder(hint: Any) -> Decoder:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _optional([argument for argument in arguments if argument is not types.NoneType])
    if origin is tuple:
        item = _decoder(arguments[0])
        return lambda values: tuple([item(value) for value in values])
    if origin is Mapping or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return lambda values: {key: _decode_custom(value) for key, value in values.items()}
    return _SIMPLE[hint] if hint in _SIMPLE else _record_or_word(hint)


def _optional(members: list[Any]) -> Decoder:
    decode = _decoder(members[0])
    return lambda value: None if value is None else decode(value)


def _record_or_word(hint: Any) -> Decoder:
    if issubclass(hint, Enum):
        words = {member.value: member for member in hint}
        return words.__getitem__
    if hint in PAIRS:
        decode = _decoder(get_type_hints(hint)["start"])
        return lambda pair: hint(decode(pair[0]), decode(pair[1]))
    return _record(hint)


def _record(hint: Any) -> Decoder:
    decoders = {name: _decoder(member) for name, member in get_type_hints(hint).items()}
    return lambda members: hint(**{name: decoders[name](value) for name, value in members.items()})


def _as_is(value: Any) -> Any:
    return value


_SIMPLE: dict[Any, Decoder] = {
    str: _as_is,
    int: _as_is,
    float: _as_is,
    bool: _as_is,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Decimal: Decimal,
}
