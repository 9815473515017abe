"""Contracts run over every register; the fast part runs them over the registers that differ most from each other."""

import pytest

FAST = {"risk.risk", "planning.dependency", "initiatives.initiative", "organisation.person", "reporting.snapshot"}
"""One with many numbers, one of two places, the tree itself, one that is open to all, one that never changes."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        callspec = getattr(item, "callspec", None)
        register = callspec.params.get("register") if callspec is not None else None
        if register is not None and getattr(register, "key", "") not in FAST:
            item.add_marker(pytest.mark.slow)
