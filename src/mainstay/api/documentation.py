"""The description of the API: as OpenAPI for programs, and as a page of our own for people; nothing of it comes from outside."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.api import service
from mainstay.api.schemas import Schema
from mainstay.register.requests import PUBLIC, SIGNED_IN, asks


@require_safe
@asks(PUBLIC)
def openapi(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  # a view's signature
    """It tells what every installation tells; no record and no name of this one stands in it."""
    return JsonResponse(service.description())


@dataclass(frozen=True, slots=True)
class Told:
    """One operation, as the page shows it."""

    method: str
    path: str
    summary: str
    description: str
    parameters: list[dict[str, Any]]
    body: str
    answers: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one register, and the fields of its records."""

    anchor: str
    title: str
    operations: list[Told]
    fields: list[dict[str, str]]


@require_safe
@asks(SIGNED_IN)
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html", {"title": _("Programming interface"), "groups": groups(), "introduction": service.DESCRIPTION})


@cache
def groups() -> list[Group]:
    document = service.description()
    found: dict[str, list[tuple[str, str, Schema]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append((method.upper(), path, operation))
    return [group(number, title, held, document["components"]["schemas"]) for number, (title, held) in enumerate(found.items())]


def group(number: int, title: str, held: list[tuple[str, str, Schema]], schemas: dict[str, Schema]) -> Group:
    told = [tell(method, path, operation) for method, path, operation in held]
    names = [body_name(operation) for _method, _path, operation in held]
    values = next((name for name in names if name.endswith("Values")), "")
    return Group(f"part-{number}", title, told, fields_of(schemas.get(values, {})))


def tell(method: str, path: str, operation: Schema) -> Told:
    answers = [(str(code), answer["description"], ", ".join(answer.get("content", {}))) for code, answer in operation["responses"].items()]
    parameters = [{**parameter, "kind": kind_of(parameter.get("schema", {}))} for parameter in operation.get("parameters", [])]
    return Told(method, path, operation["summary"], operation.get("description", ""), parameters, body_name(operation), answers)


def body_name(operation: Schema) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    for sent in content.values():
        return str(sent["schema"].get("$ref", "")).rpartition("/")[2]
    return ""


def fields_of(schema: Schema) -> list[dict[str, str]]:
    required = set(schema.get("required", []))
    return [
        {
            "name": name,
            "kind": kind_of(field),
            "meaning": str(field.get("description", field.get("title", ""))),
            "required": _("required") if name in required else "",
        }
        for name, field in schema.get("properties", {}).items()
    ]


def kind_of(schema: Schema) -> str:
    """A schema in a few words."""
    if "enum" in schema:
        return ", ".join(str(value) for value in schema["enum"] if value not in (None, ""))
    if "anyOf" in schema or "$ref" in schema:
        return _("another record")
    kind = schema.get("type", _("any JSON"))
    text = _(" or ").join(one for one in kind if one != "null") if isinstance(kind, list) else str(kind)
    return f"{text}, {schema['format']}" if "format" in schema else text
