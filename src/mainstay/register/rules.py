"""Rules that need to know more than one function: a package above adds them to a register below, and the one gate asks them all."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mainstay.accounts.models import Account
from mainstay.register import history
from mainstay.register.errors import Invalid

Rule = Callable[[Any, set[str]], Iterable[tuple[str, str]]]
"""Takes the record and the names of the changed fields; yields field and sentence for each fault."""
BesideRule = Callable[[Any, Account | None], Iterable[tuple[str, str]]]
"""Takes a record that was just written, and who wrote it; yields field and sentence for each fault."""

_beside: dict[str, list[tuple[frozenset[str], BesideRule]]] = {}
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


def add_beside(register_key: str, fields: Iterable[str], rule: BesideRule) -> None:
    """Ask `rule` after each write that changes one of `fields` whether the record may stand beside the others."""
    held = _beside.setdefault(register_key, [])
    if all(rule is not other for _fields, other in held):
        held.append((frozenset(fields), rule))


def stand_beside(register_key: str, records: Iterable[Any], changed: Iterable[str], account: Account | None) -> None:
    """Refuse what may not stand beside the other records.

    From the first rule asked until the end of the transaction nobody else writes: of two writers that fit alone but not together, the
    second sees what the first has written.

    Raises
    ------
    Invalid
        The whole write is then undone.
    """
    names = set(changed)
    asked = [rule for fields, rule in _beside.get(register_key, ()) if fields & names]
    if not asked:
        return
    history.hold()
    found: dict[str, list[str]] = {}
    for record in records:
        for rule in asked:
            for field, text in rule(record, account):
                found.setdefault(field, []).append(text)
    if found:
        raise Invalid(found)
