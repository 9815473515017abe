"""What comes in as JSON: read strictly, and its shape compared with the declaration before the gate judges the values."""

import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.api.refusals import Unreadable
from mainstay.register.errors import Invalid
from mainstay.register.spec import Register
from mainstay.register.tables import column_of
from mainstay.register.typed import LONGEST_VERSION, whole_number

MOST_ROWS = 5_000
SHAPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "long": (str,),
    "date": (str,),
    "moment": (str,),
    "choice": (str, int),
    "number": (int, str, Decimal),
    "reference": (int, str, dict),
    "yes_no": (bool,),
}

EMPTY_AS_NULL = frozenset({"date", "moment", "number", "reference"})
"""What an empty text is no value of."""
WORDS = {
    "text": gettext_lazy("Send a text."),
    "long": gettext_lazy("Send a text."),
    "date": gettext_lazy("Send a date as text, such as 2026-11-10."),
    "moment": gettext_lazy("Send a moment as text, such as 2026-11-10T08:42:00Z."),
    "choice": gettext_lazy("Send one of the values that the field offers."),
    "number": gettext_lazy("Send a number."),
    "reference": gettext_lazy("Send the id, the reference, the e-mail address or the title of a record."),
    "yes_no": gettext_lazy("Send true or false."),
}


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The object that the request carries; an empty body is an empty object."""
    raw = request.body
    if not raw.strip():
        return {}
    if request.content_type not in ("application/json", ""):
        raise Unreadable(_("Send the values as JSON, with the header Content-Type: application/json."))
    try:
        value = json.loads(raw, parse_float=Decimal, parse_constant=refuse_constant, object_pairs_hook=once_each)
    except RecursionError:
        raise Unreadable(_("The JSON is nested too deeply.")) from None
    except (ValueError, ArithmeticError) as fault:
        raise Unreadable(_("The request is no JSON that can be read: %(fault)s.") % {"fault": str(fault)[:120].rstrip(".")}) from None
    if not isinstance(value, dict):
        raise Unreadable(_("Send one JSON object, with the names of fields and their values."))
    refuse_broken_text(value)
    return value


def refuse_constant(name: str) -> Any:
    raise ValueError(_("%(name)s is no number") % {"name": name})


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object that names a field twice could be read in two ways."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError(_("a name stands in it twice"))
    return made


def refuse_broken_text(value: Any) -> None:
    """Characters that no database keeps: NUL, and halves of a pair."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting += [*part.keys(), *part.values()]
        elif isinstance(part, list):
            waiting += part
        elif isinstance(part, str) and any(letter == "\x00" or "\ud800" <= letter <= "\udfff" for letter in part):
            raise Unreadable(_("A text holds a character that cannot be kept."))


def values_of(register: type[Register], given: Mapping[str, Any], *, allowed: tuple[str, ...] = ()) -> dict[str, Any]:
    """The values for the gate; a name that cannot be written and a value of the wrong kind are told by field."""
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    writable = {*register.fields(), *allowed}
    for name, value in given.items():
        if name not in writable:
            errors[name[:80]] = [_("There is no field of this name that can be written.")]
        elif name in allowed:
            values[name] = value
        else:
            values[name], fault = fitted(column_of(register, name).kind, value)
            if fault:
                errors[name] = [fault]
    if errors:
        raise Invalid(errors)
    return values


def fitted(kind: str, value: Any) -> tuple[Any, str]:
    """The value as the gate takes it, and what is wrong with its kind."""
    if value is None:
        return None, ""
    if kind == "json":
        return as_kept(value)
    if value == "" and kind in EMPTY_AS_NULL:
        return value, _("Send null where there is no value.")
    shapes = SHAPES.get(kind, (str,))
    if not isinstance(value, shapes) or (isinstance(value, bool) and bool not in shapes):
        return value, str(WORDS.get(kind, WORDS["text"]))
    if kind == "reference" and isinstance(value, dict):
        pk = value.get("id")
        return (pk, "") if isinstance(pk, int) and not isinstance(pk, bool) else (None, str(WORDS[kind]))
    return (str(value) if isinstance(value, Decimal) else value), ""


def as_kept(value: Any) -> tuple[Any, str]:
    """Free JSON: numbers with decimals as the database holds them."""
    if isinstance(value, Decimal):
        return (float(value), "") if math.isfinite(float(value)) else (None, _("A number in it is too large."))
    if isinstance(value, dict):
        made = {name: as_kept(part) for name, part in value.items()}
        return {name: part for name, (part, _fault) in made.items()}, next((fault for _part, fault in made.values() if fault), "")
    if isinstance(value, list):
        parts = [as_kept(part) for part in value]
        return [part for part, _fault in parts], next((fault for _part, fault in parts if fault), "")
    return value, ""


def text_of(body: Mapping[str, Any], name: str, *, most: int = 4_000) -> str:
    value = body.get(name, "")
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > most:
        raise Invalid({name: [_("Enter a text of at most %(most)s characters.") % {"most": most}]})
    return value


def refuse_others(body: Mapping[str, Any], *known: str) -> None:
    """What is not known is not passed over in silence."""
    if others := [name for name in body if name not in known]:
        raise Invalid({name[:80]: [_("There is no such part of this request.")] for name in others})


def version_of(request: HttpRequest, body: Mapping[str, Any]) -> int | None:
    """The version that the writer has read: from the body, or from If-Match. None where neither names one."""
    value = body.get("version")
    if value is None:
        told = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
        return whole_number(told, LONGEST_VERSION)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Invalid({"version": [_("The version is the whole number that the record was read with.")]})
    return value
