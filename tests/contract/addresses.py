"""All addresses of the product with the verbs they take, found in the URL resolver and in the API: what the generated tests walk over."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, PathConverter, SlugConverter, StringConverter

from mainstay.api.operations import Operation
from mainstay.api.service import all_operations
from mainstay.register.requests import permission_of
from mainstay.register.spec import REGISTERS, Register

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")
UNUSED_ID, OTHER_UNUSED_ID = 987_654_321, 876_543_210
API = "/api/v1"


@dataclass(frozen=True)
class Address:
    """One page address: its route with holes, the holes' converters, the view and what it asks."""

    route: str
    name: str
    permission: str | None
    holes: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)
    view: Any = field(default=None, hash=False, compare=False)

    def __str__(self) -> str:
        return self.route

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/v1/")

    @property
    def register(self) -> type[Register] | None:
        return REGISTERS.get((self.permission or "").partition(":")[0])

    @property
    def verb(self) -> str:
        return (self.permission or "").partition(":")[2]

    @property
    def is_of_record(self) -> bool:
        """Whether the first hole is the id of a record of its register."""
        return self.register is not None and next(iter(self.holes), "") == "pk"

    def path(self, **parts: Any) -> str:
        """The address with its holes filled; what is not given gets something that fits."""
        filled = {name: parts.get(name, UNUSED_ID if name == "pk" else filler(hole)) for name, hole in self.holes.items()}
        return "/" + re.sub(r"<(?:[^:>]+:)?([^>]+)>", lambda match: str(filled[match.group(1)]), self.route)


def filler(hole: Any) -> Any:
    if isinstance(hole, IntConverter):
        return OTHER_UNUSED_ID
    if isinstance(hole, SlugConverter | StringConverter | PathConverter):
        return "nothing"
    return "00000000-0000-0000-0000-000000000000"


def walk(patterns: list[Any], before: str = "", spaces: str = "") -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            namespace = f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            yield from walk(pattern.url_patterns, route, namespace)
        elif isinstance(pattern, URLPattern):
            holes = dict(pattern.pattern.converters)
            yield Address(route, f"{spaces}{pattern.name}", permission_of(pattern.callback), holes, pattern.callback)


@cache
def all_addresses() -> list[Address]:
    return list(walk(get_resolver().url_patterns))


def pages(registers: AbstractSet[str] | None = None) -> list[Address]:
    """Every address but those of the API's operations; `registers` leaves out the pages of all other registers."""
    found = [address for address in all_addresses() if not address.is_api]
    if registers is None:
        return found
    return [address for address in found if address.register is None or address.register.key in registers]


def pages_of(register: type[Register]) -> list[Address]:
    return [address for address in pages() if address.register is register]


@cache
def operations() -> tuple[Operation, ...]:
    """All of the API; they are derived anew each time that they are asked for."""
    return tuple(all_operations())


def operations_of(register: type[Register]) -> list[Operation]:
    return [operation for operation in operations() if operation.register is register]


def api_path(operation: Operation, **parts: Any) -> str:
    """The address of an operation with its holes filled."""

    def fill(match: re.Match[str]) -> str:
        kind, name = match.groups()
        unused = UNUSED_ID if name == "pk" else OTHER_UNUSED_ID if kind == "int" else "nothing"
        return str(parts.get(name, unused))

    return API + re.sub(r"{(?:(\w+):)?(\w+)}", fill, operation.path)


def has_record(operation: Operation) -> bool:
    return "{int:pk}" in operation.path and operation.register is not None
