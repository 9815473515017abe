"""The kinds of work: functions marked with `@job`, found in the module `jobs.py` of each package."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.utils.module_loading import autodiscover_modules

Work = Callable[..., dict[str, Any]]
"""`(progress: Progress, **arguments) -> dict`; arguments and result are JSON. A result's `url` is where its starter is led at the end."""

KIND_NAME = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")


class UnknownKind(Exception):
    """No package declares this kind of work."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work and what it may cost. `told` are the exceptions whose text is a sentence for its starter."""

    name: str
    function: Work
    limit_seconds: int
    memory_mb: int
    retries: int
    every: timedelta | None
    told: tuple[type[Exception], ...]


_kinds: dict[str, Kind] = {}


def job(
    name: str,
    *,
    limit_seconds: int = 600,
    memory_mb: int = 2048,
    retries: int = 1,
    every: timedelta | None = None,
    told: tuple[type[Exception], ...] = (),
) -> Callable[[Work], Work]:
    """Declare a function as a kind of work, e.g. `@job("exchange.read_files", limit_seconds=300)`.

    `retries` counts the further attempts after a killed worker, never after an error of the work itself. `every` makes it recur.
    """
    if not KIND_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a kind of work. Use package.what, in lower case.")

    def declare(function: Work) -> Work:
        _kinds[name] = Kind(name, function, limit_seconds, memory_mb, retries, every, told)
        return function

    return declare


@cache
def load() -> None:
    """Import the module `jobs` of each installed package."""
    autodiscover_modules("jobs")


def get(name: str) -> Kind:
    load()
    if name not in _kinds:
        raise UnknownKind(f"There is no kind of work called {name}.")
    return _kinds[name]


def recurring() -> list[Kind]:
    load()
    return [kind for kind in _kinds.values() if kind.every is not None]
