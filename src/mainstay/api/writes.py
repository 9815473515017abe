"""Writing one record or many: each operation reads what was sent and calls the same actions as the pages."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from mainstay.api import bodies, records
from mainstay.api.answers import account_of, answer, record_answer, record_of
from mainstay.register import actions, telling
from mainstay.register.errors import Invalid
from mainstay.register.models import Change
from mainstay.register.record import Source
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register


def read(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """One record with all its fields. The header ETag holds its version."""
    return record_answer(request, register, record_of(request, register, pk))


def create(request: HttpRequest, register: type[Register]) -> JsonResponse:
    """Write a new record. Sent twice with the same `Idempotency-Key`, it has one effect."""
    body = bodies.body_of(request)
    reason = bodies.text_of(body, "reason")
    given = {name: value for name, value in body.items() if name != "reason"}
    record = actions.create(register, bodies.values_of(register, given), actor_of(request), once=once_of(request), reason=reason)
    return record_answer(request, register, record, 201)


def once_of(request: HttpRequest) -> str:
    """The name of a request that may come twice, or ""."""
    once = request.headers.get("Idempotency-Key", "").strip()
    if len(once) > 80 or not once.isprintable():
        raise Invalid({"Idempotency-Key": [_("Use at most 80 printable characters.")]})
    return once


def create_many(request: HttpRequest, register: type[Register]) -> JsonResponse:
    """Write many new records, all or none. Faults come together, by row."""
    body = bodies.body_of(request)
    bodies.refuse_others(body, "rows", "reason")
    rows = body.get("rows")
    if not isinstance(rows, list) or not rows or len(rows) > bodies.MOST_ROWS or not all(isinstance(row, dict) for row in rows):
        raise Invalid(
            {"rows": [_("Send a list of 1 to %(most)s objects, each with the values of one record.") % {"most": bodies.MOST_ROWS}]}
        )
    values, faults = [], {}
    for number, row in enumerate(rows):
        try:
            values.append(bodies.values_of(register, row))
        except Invalid as fault:
            faults[number] = fault.errors
    if faults:
        raise actions.InvalidRows(faults)
    made = actions.create_many(register, values, actor_of(request), source=Source.ENTERED, reason=bodies.text_of(body, "reason"))
    account = account_of(request)
    shown = records.many(register, account, made, ("ref", "title"))
    return answer({"count": len(shown), "results": shown}, 201)


def change(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """Change some values. The version that was read is mandatory: in the body, or as `If-Match`."""
    body = bodies.body_of(request)
    version, reason = bodies.version_of(request, body), bodies.text_of(body, "reason")
    given = {name: value for name, value in body.items() if name not in ("version", "reason")}
    values = bodies.values_of(register, given)
    return record_answer(request, register, actions.change(register, pk, version, values, actor_of(request), reason=reason))


def step(request: HttpRequest) -> dict[str, Any]:
    """What a step without values of its own sends: the version and a reason."""
    body = bodies.body_of(request)
    bodies.refuse_others(body, "version", "reason")
    return {"version": bodies.version_of(request, body), "reason": bodies.text_of(body, "reason")}


def move(request: HttpRequest, register: type[Register], pk: int, move: str) -> JsonResponse:
    """Take the record to another state."""
    sent = step(request)
    record = actions.move(register, pk, sent["version"], move, actor_of(request), reason=sent["reason"])
    return record_answer(request, register, record)


def withdraw(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """Take the record out of the lists, with a reason. Nothing is deleted."""
    sent = step(request)
    return record_answer(request, register, actions.withdraw(register, pk, sent["version"], actor_of(request), reason=sent["reason"]))


def reinstate(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """Bring a withdrawn record back."""
    sent = step(request)
    return record_answer(request, register, actions.reinstate(register, pk, sent["version"], actor_of(request), reason=sent["reason"]))


def history(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """All that has happened to the record, newest first, with the values before and after."""
    changes = list(telling.changes_of(register, pk)[:1_000])
    names = telling.references_named(register, account_of(request), changes)
    return answer({"results": [told(change, names) for change in changes]})


def told(change: Change, names: dict[str, dict[int, str]]) -> dict[str, Any]:
    return {
        "sequence": change.sequence,
        "at": change.at.isoformat(),
        "by": change.actor_name,
        "channel": change.channel,
        "verb": change.verb,
        "reason": change.reason,
        "before": {name: seen(name, value, names) for name, value in change.before.items()},
        "after": {name: seen(name, value, names) for name, value in change.after.items()},
        "digest": change.digest,
    }


def seen(name: str, value: Any, names: dict[str, dict[int, str]]) -> Any:
    """A value of the history; of a reference its target's id and label, or `withheld`."""
    if name not in names or not isinstance(value, int):
        return value
    return {"id": value, "label": names[name][value]} if value in names[name] else "withheld"
