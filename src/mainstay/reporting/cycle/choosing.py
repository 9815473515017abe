"""Whom a commission asks: chosen one by one, or, where they are many, programme by programme."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from mainstay.accounts.models import Account
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.register.access import visible_to
from mainstay.register.typed import whole_number
from mainstay.reporting.cycle.commissioning import Asked, candidates
from mainstay.reporting.definition.model import Definition

ONE_BY_ONE = 300
"""From more on, a page offers what lies directly below each place as one choice."""


@dataclass(slots=True)
class Group:
    """The initiatives directly below one place: how many are asked, and of how many of these nobody supplies or confirms."""

    place: Initiative
    count: int = 0
    paused: int = 0
    without_supplier: int = 0
    without_sponsor: int = 0


def groups(asked: Sequence[Asked], account: Account | None) -> list[Group]:
    """The choices where there are many; nothing where they are chosen one by one."""
    if len(asked) <= ONE_BY_ONE:
        return []
    above = {one.initiative.parent_id for one in asked}
    found = {row.pk: Group(row) for row in visible_to(account, InitiativeRegister).filter(pk__in=above).order_by("code")}
    for one in asked:
        group = found.get(one.initiative.parent_id)
        if group is None:
            continue
        group.count += not one.is_paused
        group.paused += one.is_paused
        group.without_supplier += not one.is_paused and one.supplier is None
        group.without_sponsor += not one.is_paused and one.confirmer is None
    return list(found.values())


def chosen(definition: Definition, told: QueryDict, account: Account | None) -> list[int]:
    """The ids of those who are asked by a form that was sent: each by itself, or all that are not paused below a place."""
    named, places = numbers(told, "initiatives"), set(numbers(told, "below"))
    if places:
        named += [one.initiative.pk for one in candidates(definition, account) if one.initiative.parent_id in places and not one.is_paused]
    return named


def numbers(told: QueryDict, name: str) -> list[int]:
    return [number for text in told.getlist(name) if (number := whole_number(text)) is not None]
