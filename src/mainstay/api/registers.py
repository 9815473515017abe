"""The operations that every register has, derived from its declaration."""

from collections.abc import Iterator

from mainstay.api import filtering, lists, writes
from mainstay.api.operations import WRITES, Operation, header, query
from mainstay.api.schemas import Schema, name_of, ref
from mainstay.register.spec import REGISTERS, Register

IF_MATCH = header("If-Match", "The ETag of the record as it was read; instead of `version` in the body.")
ONCE = header("Idempotency-Key", "Any text of up to 80 characters that names this request. Sent again, it has no second effect.")
FIELDS = query("fields", "Names of fields with commas between; id, ref, version and url always come.")
STEP: Schema = {
    "type": "object",
    "properties": {"version": {"type": "integer", "description": "The version that was read."}, "reason": ref("Reason")},
    "additionalProperties": False,
}
ETAG = {"ETag": "The version of the record."}


def operations() -> Iterator[Operation]:
    for register in REGISTERS.values():
        yield from reading(register)
        yield from stepping(register)
        if register.is_entered:
            yield from writing(register)


def place(register: type[Register], rest: str = "") -> str:
    return f"/{register.function}/{register.name}{rest}"


def reading(register: type[Register]) -> Iterator[Operation]:
    name, tag, view = name_of(register), register.title(), f"{register.key}:view"
    whole = ref(name)
    paging = (
        query("limit", "Rows in a page.", {"type": "integer", "minimum": 1, "maximum": lists.MOST, "default": lists.USUAL}),
        query("page", "Which page, from 1.", {"type": "integer", "minimum": 1, "default": 1}),
        query(
            "after", "Instead of page and sort: the rows after this id, in the order of ids. 0 to begin.", {"type": "integer", "minimum": 0}
        ),
        query("sort", "Names of columns with commas between; with a minus before it, downwards. E.g. `-updated_at,title`."),
    )
    chosen = tuple(filtering.parameters(register))
    yield Operation(
        "GET", place(register), lists.list_, view, f"list_{register.function}_{register.name}",
        f"List {register.title().lower()}", tag, ref(f"{name}Page"), parameters=(*paging, FIELDS, *chosen), register=register,
    )  # fmt: skip
    yield Operation(
        "GET", place(register, "/export"), lists.export, f"{register.key}:export", f"export_{register.function}_{register.name}",
        f"Export {register.title().lower()}", tag, ref(f"{name}Part"), parameters=(FIELDS, *chosen), register=register,
        result_type="application/x-ndjson", failures=(400, 401, 403, 404, 422, 429, 503),
    )  # fmt: skip
    yield Operation(
        "GET", place(register, "/{int:pk}"), writes.read, view, f"read_{register.function}_{register.name}",
        f"Read one {register.singular()}", tag, whole, register=register, headers=ETAG,
    )  # fmt: skip
    yield Operation(
        "GET", place(register, "/{int:pk}/history"), writes.history, view, f"history_{register.function}_{register.name}",
        f"History of one {register.singular()}", tag, ref("History"), register=register,
    )  # fmt: skip


def writing(register: type[Register]) -> Iterator[Operation]:
    name, tag, whole = name_of(register), register.title(), ref(name_of(register))
    made = {**ETAG, "Location": "Where the new record is."}
    values: Schema = {"allOf": [ref(f"{name}Values")]}
    yield Operation(
        "POST", place(register), writes.create, f"{register.key}:create", f"create_{register.function}_{register.name}",
        f"Add one {register.singular()}", tag, whole, 201, ref(f"{name}Values"), parameters=(ONCE,), failures=WRITES, register=register,
        headers=made,
    )  # fmt: skip
    yield Operation(
        "POST", place(register, "/many"), writes.create_many, f"{register.key}:create", f"create_many_{register.function}_{register.name}",
        f"Add many {register.title().lower()}, all or none", tag, ref("Made"), 201, many_of(values), failures=WRITES, register=register,
    )  # fmt: skip
    yield Operation(
        "PATCH", place(register, "/{int:pk}"), writes.change, f"{register.key}:change", f"change_{register.function}_{register.name}",
        f"Change one {register.singular()}", tag, whole, 200, ref(f"{name}Changes"), parameters=(IF_MATCH,), failures=WRITES,
        register=register, headers=ETAG,
    )  # fmt: skip


def stepping(register: type[Register]) -> Iterator[Operation]:
    """Steps that change the standing of a record, not its values."""
    steps = [("withdraw", writes.withdraw, "Withdraw one"), ("reinstate", writes.reinstate, "Bring back one")]
    for verb, view, summary in steps:
        yield Operation(
            "POST", place(register, f"/{{int:pk}}/{verb}"), view, f"{register.key}:withdraw", f"{verb}_{register.function}_{register.name}",
            f"{summary} {register.singular()}", register.title(), ref(name_of(register)), 200, STEP, parameters=(IF_MATCH,),
            failures=WRITES, register=register, headers=ETAG,
        )  # fmt: skip
    if register.states and register.states.moves:
        told = "; ".join(f"`{name}`: {move.verb}" for name, move in register.states.moves.items())
        yield Operation(
            "POST", place(register, "/{int:pk}/moves/{move}"), writes.move, f"{register.key}:change",
            f"move_{register.function}_{register.name}", f"Take one {register.singular()} to another state", register.title(),
            ref(name_of(register)), 200, STEP, parameters=(IF_MATCH,), failures=WRITES, register=register, headers=ETAG,
            description=f"Take the record to another state, by one of its steps: {told}.",
        )  # fmt: skip


def many_of(values: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {"rows": {"type": "array", "minItems": 1, "items": values}, "reason": ref("Reason")},
        "required": ["rows"],
        "additionalProperties": False,
    }
