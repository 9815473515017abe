"""Contracts run over every register and role; the fast part runs them over those that differ most from each other.

A test that walks all registers by itself takes `breadth`: the fast part gives it few of them, the whole suite all.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import pytest

from mainstay.initiatives.roles import ROLES
from mainstay.register.spec import REGISTERS

FAST_REGISTERS = {"risk.risk", "planning.dependency", "organisation.person"}
"""One with many numbers, one of two places, one that is open to all."""
FAST_ROLES = {"project_manager", "reader"}


def is_fast(value: object) -> bool:
    """Whether a parameter stands for something that the fast part holds; what is neither register nor role always is."""
    key = getattr(value, "key", value)
    if not isinstance(key, str):
        return True
    return key in FAST_REGISTERS | FAST_ROLES if key in REGISTERS or key in ROLES else True


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    for item in items:
        callspec = getattr(item, "callspec", None)
        if callspec is not None and not all(map(is_fast, callspec.params.values())):
            item.add_marker(pytest.mark.slow)
    yield
    # Whoever walks over all registers need not walk over few of them before.
    walking = {item.nodeid for item in items}
    double = [item for item in items if "[few" in item.nodeid and item.nodeid.replace("[few", "[all") in walking]
    if double:
        config.hook.pytest_deselected(items=double)
        items[:] = [item for item in items if item not in double]


@pytest.fixture(params=["few", pytest.param("all", marks=pytest.mark.slow)])
def breadth(request: pytest.FixtureRequest) -> AbstractSet[str]:
    """The keys of the registers that a test walks over."""
    return FAST_REGISTERS if request.param == "few" else set(REGISTERS)
