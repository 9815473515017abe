"""How many open records of each register an account itself owns, which every page tells beside its registers."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Value

from mainstay.accounts.models import Account
from mainstay.register.access import paths_for, visible_to
from mainstay.register.spec import REGISTERS, Register


def owned(register: type[Register]) -> bool:
    return (
        register.states is not None
        and register.is_entered
        and any(column.name == "owner" for column in register.model._meta.concrete_fields)
    )


def open_counts(account: Account) -> dict[str, int]:
    """How many open records of each register the account itself owns: one query for its person and one for all registers."""
    person = getattr(account, "person", None)
    if person is None or account.grants is not None:
        return {}
    places = tuple((key, tuple(paths_for(account, register, "view"))) for key, register in REGISTERS.items() if owned(register))
    known = (connection.vendor, person.pk, places)
    if known not in WRITTEN:
        if len(WRITTEN) >= MOST_WRITTEN:
            WRITTEN.clear()
        WRITTEN[known] = counting(account, person.pk, [REGISTERS[key] for key, paths in places if paths])
    sql, parameters = WRITTEN[known]
    if not sql:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return dict(cursor.fetchall())


WRITTEN: dict[tuple[Any, ...], tuple[str, tuple[Any, ...]]] = {}
"""Queries of `open_counts` by person and the places that decide what is seen: writing one takes longer than answering it."""
MOST_WRITTEN = 500


def counting(account: Account, person: int, registers: Sequence[type[Register]]) -> tuple[str, tuple[Any, ...]]:
    """The query of the counts of these registers, with its parameters; the rows that it counts depend on no other thing of the account."""
    parts: list[Any] = []
    for register in registers:
        if register.states:
            rows = visible_to(account, register).filter(owner=person, is_withdrawn=False, state__in=register.states.open)
            parts.append(
                rows.order_by()
                .annotate(of_register=Value(register.key))
                .values("of_register")
                .annotate(open_count=Count("pk"))
                .values_list("of_register", "open_count")
            )
    if not parts:
        return "", ()
    whole = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    try:
        sql, parameters = whole.query.sql_with_params()
    except EmptyResultSet:  # no register among them has a state that is open
        return "", ()
    return sql, tuple(parameters)
