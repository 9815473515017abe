"""An operation of the API as data: its address, what it asks of its caller, what it takes, what it answers, and how it is documented."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from mainstay.accounts.models import Account
from mainstay.api.schemas import Schema, ref
from mainstay.register.access import MOVING, paths_for, visible_to
from mainstay.register.errors import NotFound, Refused
from mainstay.register.requests import actor_of, asks
from mainstay.register.spec import Register

View = Callable[..., HttpResponseBase]
JSON, PROBLEM = "application/json", "application/problem+json"

MEANINGS = {
    200: "Done.",
    201: "Made.",
    400: "The request cannot be read.",
    401: "Nobody knows who asks, or the token is wrong.",
    403: "You may see this, but not do it; or the token may only read.",
    404: "There is no such thing, or it is not yours to see: the two are not told apart.",
    409: "The version sent is not the one that stands, or none was sent. `current` is what stands.",
    413: "The request is too large.",
    422: "Something that was sent cannot be used; `errors` says what, by field.",
    429: "Too many requests, or too many wrong tokens. Retry-After says when to come back.",
    503: "The database is busy. Nothing was changed.",
}
READS = (400, 401, 404, 422, 429, 503)
WRITES = (400, 401, 403, 404, 409, 413, 422, 429, 503)


@dataclass(frozen=True, slots=True)
class Operation:
    """One verb at one address."""

    method: str
    path: str
    view: View
    permission: str
    name: str
    summary: str
    tag: str
    result: Schema
    status: int = 200
    body: Schema | None = None
    body_type: str = JSON
    result_type: str = JSON
    parameters: tuple[Schema, ...] = ()
    failures: tuple[int, ...] = READS
    description: str = ""
    register: type[Register] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_write(self) -> bool:
        return self.method not in ("GET", "HEAD")

    @property
    def is_offered(self) -> bool:
        """False for what nobody can do: to move a row that never changes."""
        return not (self.register is not None and self.register.is_fixed and self.permission.partition(":")[2] in MOVING)


def bound(operation: Operation) -> View:
    """The view as the framework calls it: with the register filled in, and the permission declared on it."""
    function, register = operation.view, operation.register
    signature = inspect.signature(function)
    parts = [part for name, part in signature.parameters.items() if name != "register"]

    def view(request: HttpRequest, **values: Any) -> HttpResponseBase:
        if register is not None:
            admit(register, operation.permission.partition(":")[2], actor_of(request).account, values.get("pk"))
        return function(request, **values) if register is None else function(request, register, **values)

    view.__name__ = operation.name
    view.__doc__ = function.__doc__
    view.__signature__ = signature.replace(parameters=parts)  # type: ignore[attr-defined]  # what the framework reads of a function
    return asks(operation.permission)(view)


def admit(register: type[Register], verb: str, account: Account | None, pk: int | None) -> None:
    """Asked before anything of the request is looked at: who sees nothing here learns nothing, who may not do it is told so."""
    if not paths_for(account, register, "view") or (pk is not None and not visible_to(account, register).filter(pk=pk).exists()):
        raise NotFound
    if verb == "view":
        return
    if not (visible_to(account, register, verb).filter(pk=pk).exists() if pk is not None else paths_for(account, register, verb)):
        raise Refused(_("You may see %(register)s but not do this to them.") % {"register": register.title()})


def add(api: NinjaAPI, operation: Operation) -> None:
    codes = (operation.status, *operation.failures)
    api.default_router.add_api_operation(
        operation.path,
        [operation.method],
        bound(operation),
        response=dict.fromkeys(codes),
        operation_id=operation.name,
        summary=operation.summary,
        description=operation.description or inspect.cleandoc(operation.view.__doc__ or ""),
        tags=[operation.tag],
        openapi_extra=documentation(operation),
    )


def documentation(operation: Operation) -> dict[str, Any]:
    """What the framework cannot know: bodies, parameters, answers and their headers."""
    responses: dict[int, Any] = {
        code: {"description": MEANINGS[code], "content": {PROBLEM: {"schema": ref("Problem")}}} for code in operation.failures
    }
    done: dict[str, Any] = {"description": MEANINGS[operation.status], "content": {operation.result_type: {"schema": operation.result}}}
    if operation.headers:
        done["headers"] = {name: {"description": text, "schema": {"type": "string"}} for name, text in operation.headers.items()}
    told: dict[str, Any] = {"responses": {operation.status: done, **responses}}
    if operation.parameters:
        told["parameters"] = list(operation.parameters)
    if operation.body is not None:
        told["requestBody"] = {"required": True, "content": {operation.body_type: {"schema": operation.body}}}
    return told


def query(name: str, description: str, schema: Schema | None = None) -> Schema:
    return {"in": "query", "name": name, "required": False, "description": description, "schema": schema or {"type": "string"}}


def header(name: str, description: str) -> Schema:
    return {"in": "header", "name": name, "required": False, "description": description, "schema": {"type": "string"}}
