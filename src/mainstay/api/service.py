"""The API put together: its operations, who may come in, its refusals, and the description that others generate clients from."""

from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

from ninja import NinjaAPI

from mainstay.api import forecasts, hangings, operations, packs, places, plans, refusals, registers, reviews, schemas
from mainstay.api.entrance import BearerToken, BrowserSession
from mainstay.api.operations import Operation

DESCRIPTION = """Everything that the pages do with records, for programs.

Send a token as `Authorization: Bearer …`; make one under Settings. Lists take the same filters as the pages. A write names the `version`
that it has read; if another one stands by then, the answer is 409 with the record as it stands. What you may not see is answered like what
does not exist. Every refusal is `application/problem+json` with one sentence that says what to do.
"""


def all_operations() -> Iterator[Operation]:
    yield from places.OPERATIONS
    derived = chain(
        registers.operations(),
        hangings.operations(),
        packs.operations(),
        plans.operations(),
        forecasts.operations(),
        reviews.operations(),
    )
    yield from (operation for operation in derived if operation.is_offered)


@cache
def service() -> NinjaAPI:
    """Made once the registers are declared."""
    api = NinjaAPI(
        title="Mainstay",
        version="1",
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        auth=[BearerToken(), BrowserSession()],
        urls_namespace="api",
    )
    refusals.handle(api)
    for operation in all_operations():
        operations.add(api, operation)
    return api


@cache
def description() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    document: dict[str, Any] = service().get_openapi_schema(path_prefix="api/v1/")
    document["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    document["components"]["schemas"] = dict(sorted({**schemas.components(), **hangings.SCHEMAS}.items()))
    document["tags"] = [{"name": name} for name in dict.fromkeys(operation.tag for operation in all_operations())]
    return document
