"""The description that programs read is OpenAPI 3.1, holds together, and tells every operation."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from jsonschema.validators import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]  # ships no types
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.schemas import schema_v31
from referencing import Resource

from mainstay.register.spec import REGISTERS
from tests.contract import addresses

NEW = {"reporting.snapshot": {"": {"post"}}, "forecasts.run": {"": {"post"}, "/{pk}/again": {"post"}}}
"""What never changes may still come to be: a snapshot by freezing, a run by simulating; and a run is made again beside what is kept."""


@pytest.fixture
def document(client: Client, db: None) -> dict[str, Any]:
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 200
    told: dict[str, Any] = json.loads(response.content)
    return told


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for below in part.values():
            yield from references(below)
    elif isinstance(part, list):
        for below in part:
            yield from references(below)


def official_schema() -> Any:
    """The validator of the official schema, whose anchors are looked for once: left alone it looks for them at each reference anew."""
    schema = dict(schema_v31)
    known = REGISTRY.with_resource(schema["$id"], Resource.from_contents(schema)).crawl()
    return Draft202012Validator(schema, registry=known, _resolver=known.resolver(schema["$id"]))


class Description(OpenAPIV31SpecValidator):
    schema_validator = official_schema()


@pytest.mark.slow
def test_it_keeps_to_the_official_schema_of_openapi(document: dict[str, Any]) -> None:
    faults = Description(document).iter_errors()
    told = [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:300]}" for fault in faults]
    assert told == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "wrong"),
    [(("info",), {"title": 7}), (("paths", "/api/v1/me", "get", "parameters"), [{"in": "nowhere", "name": "x"}]), (("servers",), "none")],
)
def test_what_breaks_the_official_schema_is_found(document: dict[str, Any], place: tuple[str, ...], wrong: Any) -> None:
    small: Any = {**document, "paths": {"/api/v1/me": document["paths"]["/api/v1/me"]}}
    assert list(Description(small).schema_validator.iter_errors(small)) == []
    part = small
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = wrong
    assert list(Description(small).schema_validator.iter_errors(small)) != []


def test_it_is_openapi_and_its_references_lead_somewhere(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    wanted = set(references(document))
    assert wanted
    for reference in wanted:
        part: Any = document
        for name in reference.removeprefix("#/").split("/"):
            assert name in part, reference
            part = part[name]


def test_every_operation_is_told_once(document: dict[str, Any]) -> None:
    told = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]
    assert len(told) == len(set(told))
    declared = {operation.name for register in REGISTERS.values() for operation in addresses.operations_of(register)}
    assert declared - set(told) == set()


def test_every_hole_of_an_address_is_a_parameter(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        holes = {part.partition("}")[0] for part in path.split("{")[1:]}
        for operation in methods.values():
            told = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "path"}
            assert told == holes, path


FIXED = sorted(key for key, register in REGISTERS.items() if register.is_fixed)


@pytest.mark.parametrize("key", FIXED)
def test_what_never_changes_is_offered_no_change(document: dict[str, Any], client: Client, key: str) -> None:
    place = f"/api/v1/{key.replace('.', '/')}"
    told = {path.removeprefix(place): set(methods) for path, methods in document["paths"].items() if path.startswith(place)}
    assert {path: methods - {"get"} for path, methods in told.items() if methods - {"get"}} == {
        "/{pk}/comments": {"post"},
        "/{pk}/comments/{comment_id}": {"delete"},
        **NEW.get(key, {}),
    }
    assert client.post(f"{place}/1/withdraw", "{}", content_type="application/json").status_code == 404
