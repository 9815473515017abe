"""The JSON Schemas of a register's records, derived from its declaration: meanings from help texts, examples from the samples."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from mainstay.api.records import names
from mainstay.register.spec import REGISTERS, Register, register_of
from mainstay.register.tables import column_of
from mainstay.register.values import plain

Schema = dict[str, Any]
DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"

FIXED: dict[str, Schema] = {
    "id": {"type": "integer", "description": "The record's number in this installation; it never changes."},
    "url": {"type": "string", "format": "uri-reference", "description": "Where the API has this record."},
    "version": {"type": "integer", "minimum": 1, "description": "Counts the changes. A write names the version that it has read."},
    "is_withdrawn": {"type": "boolean", "description": "Taken out of the lists; nothing is deleted."},
    "withheld": {
        "type": "array",
        "items": {"type": "string"},
        "description": "References that are set, but whose targets you may not see. Absent where there are none.",
    },
}


def name_of(register: type[Register]) -> str:
    """How the schemas of this register are called; the function stands before it where two have records of one name."""
    name = register.model.__name__
    same = [kind for kind in REGISTERS.values() if kind.model.__name__ == name]
    return name if len(same) == 1 else f"{register.function.title()}{name}"


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: Schema) -> Schema:
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*kinds, "null"], **({"enum": [*schema["enum"], None]} if "enum" in schema else {})}
    return {"anyOf": [schema, {"type": "null"}]}


def described(register: type[Register], name: str, schema: Schema) -> Schema:
    """The schema with the field's label and meaning."""
    told = {"title": register.label(name)}
    if name not in register.derived and (help_text := str(register.field(name).help_text)):
        told["description"] = help_text
    return {**schema, **told}


def read_field(register: type[Register], name: str) -> Schema:
    """One value as it is read."""
    if name in FIXED:
        return FIXED[name]
    if name in register.derived:
        return described(register, name, {"description": "Worked out; never written."})
    field = register.field(name)
    if isinstance(field, models.ForeignKey):
        return described(register, name, {"anyOf": [ref("Reference"), {"type": "null"}]})
    schema = of_kind(register, name)
    if isinstance(field, models.DecimalField):
        schema = {"type": "string", "pattern": DECIMAL}
    if schema == {}:
        return described(register, name, {})
    return described(register, name, nullable(schema) if field.null else schema)


def write_field(register: type[Register], name: str) -> Schema:
    """One value as it is written; an empty value is null."""
    field = register.field(name)
    if isinstance(field, models.ForeignKey):
        return described(register, name, nullable(ref("ReferenceGiven")) if field.blank else ref("ReferenceGiven"))
    schema = of_kind(register, name)
    if isinstance(field, models.DecimalField):
        schema = {"type": ["number", "string"], "pattern": DECIMAL, **limits(field)}
    elif isinstance(field, models.IntegerField) and "enum" not in schema:
        schema |= limits(field)
    elif schema.get("type") == "string" and not field.blank and "enum" not in schema and "format" not in schema:
        schema["minLength"] = 1
    if field.has_default():
        default = plain(field.get_default())
        if not callable(field.default) and default not in (None, "") and isinstance(default, str | int | bool):
            schema = {**schema, "default": default}
    return described(register, name, nullable(schema) if field.blank and schema else schema)


def limits(field: Any) -> Schema:
    found: Schema = {}
    for validator in field.validators:
        if isinstance(validator, MinValueValidator):
            found["minimum"] = plain_number(validator.limit_value)
        elif isinstance(validator, MaxValueValidator):
            found["maximum"] = plain_number(validator.limit_value)
    return found


def plain_number(value: Any) -> Any:
    value = value() if callable(value) else value
    return int(value) if value == int(value) else float(value)


def of_kind(register: type[Register], name: str) -> Schema:
    column, field = column_of(register, name), register.field(name)
    if column.kind == "state" and register.states:
        return {"type": "string", "enum": list(register.states.states)}
    if column.kind == "choice":
        values = [plain(value) for value, _label in field.flatchoices if value != ""]
        kinds = sorted({"integer" if isinstance(value, int) else "string" for value in values})
        return {"type": kinds[0] if len(kinds) == 1 else kinds, "enum": [*values, ""] if field.blank and "string" in kinds else values}
    kinds_of: dict[str, Schema] = {
        "yes_no": {"type": "boolean"},
        "moment": {"type": "string", "format": "date-time"},
        "date": {"type": "string", "format": "date"},
        "number": {"type": "integer"},
        "json": {},
    }
    if column.kind in kinds_of:
        return dict(kinds_of[column.kind])
    schema: Schema = {"type": "string"}
    if isinstance(field, models.EmailField):
        schema["format"] = "email" if not field.blank else "email-or-empty"
    if field.max_length:
        schema["maxLength"] = field.max_length
    return schema


def record(register: type[Register]) -> Schema:
    listed = names(register)
    return {
        "type": "object",
        "title": register.singular(),
        "properties": {**{name: read_field(register, name) for name in listed}, "withheld": FIXED["withheld"]},
        "required": list(listed),
        "additionalProperties": False,
    }


def part(register: type[Register]) -> Schema:
    """A record of a list, which may have been asked for some of its fields only."""
    whole = record(register)
    return {**whole, "required": ["id", "ref", "version", "url"]}


def values(register: type[Register]) -> Schema:
    """What is sent to make a record."""
    required = [name for name in register.fields() if not register.field(name).blank and not register.field(name).has_default()]
    schema: Schema = {
        "type": "object",
        "properties": {name: write_field(register, name) for name in register.fields()},
        "required": required,
        "additionalProperties": False,
    }
    if examples := samples(register):
        schema["examples"] = examples
    return schema


def changes(register: type[Register]) -> Schema:
    """What is sent to change one: the version that was read, and the values that differ."""
    version = {**FIXED["version"], "description": "The version that was read; may stand in the header If-Match instead."}
    schema: Schema = {
        "type": "object",
        "properties": {"version": version, "reason": ref("Reason"), **{name: write_field(register, name) for name in register.fields()}},
        "additionalProperties": False,
    }
    if examples := samples(register):
        name, value = next((name, value) for name, value in examples[0].items() if name not in ("initiative", "code"))
        schema["examples"] = [{"version": 1, name: value}]
    return schema


def samples(register: type[Register]) -> list[Schema]:
    """The first of the register's samples, as JSON; a dependency on other samples shows by their codes and names."""
    return [{name: as_json(value) for name, value in row.items() if name in register.fields()} for row in register.samples()[:1]]


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: as_json(inner) for name, inner in value.items()}
    return [as_json(inner) for inner in value] if isinstance(value, list) else plain(value)


def components() -> dict[str, Schema]:
    """All schemas, in a fixed order."""
    found = dict(SHARED)
    for register in REGISTERS.values():
        name = name_of(register)
        found[name] = record(register)
        found[f"{name}Part"] = part(register)
        found[f"{name}Page"] = page(register)
        if register.is_entered:
            found[f"{name}Values"] = values(register)
            found[f"{name}Changes"] = changes(register)
    return dict(sorted(found.items()))


def page(register: type[Register]) -> Schema:
    return {
        "type": "object",
        "properties": {
            "count": {"type": ["integer", "null"], "description": "All rows that fit; null while walking with `after`."},
            "next": {"type": ["string", "null"], "format": "uri-reference", "description": "Where the next rows are."},
            "results": {"type": "array", "items": ref(f"{name_of(register)}Part")},
        },
        "required": ["count", "next", "results"],
    }


def target_of(register: type[Register], name: str) -> type[Register] | None:
    return register_of(register.field(name).related_model)


TEXT: Schema = {"type": "string"}
SHARED: dict[str, Schema] = {
    "Reference": {
        "type": "object",
        "properties": {"id": {"type": "integer"}, "label": TEXT, "url": {"type": ["string", "null"], "format": "uri-reference"}},
        "required": ["id", "label", "url"],
    },
    "ReferenceGiven": {
        "description": "Another record that you may see: its id, reference, e-mail address or exact title, or the object as it was read.",
        "anyOf": [
            {"type": "integer"},
            {"type": "string"},
            {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]},
        ],
    },
    "Reason": {"type": ["string", "null"], "maxLength": 4000, "description": "Why. It stands in the history."},
    "History": {
        "type": "object",
        "properties": {
            "results": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "sequence": {"type": "integer", "description": "Its place in the one history of the installation."},
                        "at": {"type": "string", "format": "date-time"},
                        "by": TEXT,
                        "channel": {
                            "type": "string",
                            "description": "Through which door: page, api, import, command, job, link (a signed link, nobody signed in).",
                        },
                        "verb": TEXT,
                        "reason": TEXT,
                        "before": {"type": "object", "description": "Old values of what changed."},
                        "after": {"type": "object", "description": "New values; references that you may not see are `withheld`."},
                        "digest": {"type": "string", "description": "SHA-256 over this event and the one before it."},
                    },
                },
            }
        },
        "required": ["results"],
    },
    "Made": {
        "type": "object",
        "properties": {"count": {"type": "integer"}, "results": {"type": "array", "items": {"type": "object"}}},
        "required": ["count", "results"],
    },
    "Problem": {
        "type": "object",
        "description": "Why nothing was done (RFC 9457).",
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string", "description": "The name of the status."},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "One sentence: what is wrong and what to do."},
            "errors": {"type": "object", "description": "Faults by field.", "additionalProperties": {"type": "array", "items": TEXT}},
            "rows": {
                "type": "array",
                "description": "Faults by row, counted from 0, where many were sent.",
                "items": {"type": "object", "properties": {"row": {"type": "integer"}, "errors": {"type": "object"}}},
            },
            "current": {"type": "object", "description": "The record as it stands now, where the version sent was not the last one."},
        },
        "required": ["type", "title", "status", "detail"],
    },
}
