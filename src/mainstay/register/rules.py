"""Rules that need to know more than one function: a package above adds them to a register below, and the one gate asks them all."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

Rule = Callable[[Any, set[str]], Iterable[tuple[str, str]]]
"""Takes the record and the names of the changed fields; yields field and sentence for each fault."""

_rules: dict[str, list[Rule]] = {}


def add(register_key: str, rule: Rule) -> None:
    """Ask `rule` whenever a record of this register is written; called while the apps load."""
    held = _rules.setdefault(register_key, [])
    if rule not in held:
        held.append(rule)


def stand(register_key: str) -> bool:
    """Whether there is any rule for this register."""
    return register_key in _rules


def faults(register_key: str, record: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    for rule in _rules.get(register_key, ()):
        yield from rule(record, changed)
