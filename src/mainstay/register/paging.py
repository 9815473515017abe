"""The ids of one page of a list. Many rows sorted by a reference are found by sorting the records referred to, which are far fewer."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, islice
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Lower

from mainstay.accounts.models import Account
from mainstay.register.asat import Moment, Values, past_values
from mainstay.register.filters import Selection
from mainstay.register.many import parts
from mainstay.register.selecting import Order, by, changed_since, chosen_rows, is_prose, lookups, ordered, past_ids
from mainstay.register.spec import Register
from mainstay.register.tables import columns_of

FEW = 5_000
"""Rows that are sorted sooner than picked out of a long table in its own order."""
MOST_NAMED = 900
"""Records named in one query."""


MOST_CHANGED = 2_000
"""Records changed since a moment whose values of then are put among the others; of more, all rows are sorted in memory."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that refer to records of one name, or (None) to nothing; they stand together in the list."""

    targets: tuple[int | None, ...]
    count: int


def counted_ids(
    register: type[Register], rows: QuerySet[Any], order: Order | None, start: int, size: int, *, is_costly: bool
) -> tuple[list[int], int]:
    """The ids of the page and how many rows there are; in one query where it is `is_costly` to find the rows."""
    if is_costly:
        found = list(ordered(register, rows, order).values_list("pk", Window(Count("*")))[start : start + size])
        if found:
            return [row[0] for row in found], found[0][1]
    total = rows.count()
    return page_ids(register, rows, order, total, last_start(start, total, size), size), total


def page_ids(register: type[Register], rows: QuerySet[Any], order: Order | None, total: int, start: int, size: int) -> list[int]:
    """The ids first: what is sorted is then a number and its key, not forty columns and those of the records referred to."""
    if total > FEW and order is not None and columns_of(register)[order.name].kind == "reference":
        skipped, targets = within(blocks(register, rows, order), start, size)
        if len(targets) <= MOST_NAMED:
            rows, start = rows.filter(referring(order.name, targets)), start - skipped
    return list(ordered(register, rows, order, are_few=total <= FEW).values_list("pk", flat=True)[start : start + size])


def blocks(register: type[Register], rows: QuerySet[Any], order: Order) -> Iterator[Block]:
    """How many rows refer to each record, in the order of the records' names; two queries."""
    counts: dict[int | None, int] = dict(rows.order_by().values_list(f"{order.name}_id").annotate(counted=Count("*")))
    lookup, is_descending = lookups(register, order)[0]
    last = lookup.rpartition("__")[2]
    name = Lower(last) if is_prose(register, lookup) else F(last)
    model: Any = register.field(order.name).related_model
    names = model._default_manager.order_by(name.desc() if is_descending else name.asc()).values_list(name, "pk")
    for _name, group in groupby(names, key=lambda row: row[0]):
        if targets := tuple(pk for _key, pk in group if pk in counts):
            yield Block(targets, sum(counts[pk] for pk in targets))
    if None in counts:
        yield Block((None,), counts[None])


def within(blocks: Iterator[Block], start: int, size: int) -> tuple[int, list[int | None]]:
    """How many rows stand before the blocks that reach into the page, and what the rows of these blocks refer to."""
    skipped, end, targets = 0, 0, list[int | None]()
    for block in blocks:
        if end >= start + size:
            break
        end += block.count
        if end <= start:
            skipped = end
        else:
            targets += block.targets
    return skipped, targets


def referring(name: str, targets: list[int | None]) -> Q:
    known = [pk for pk in targets if pk is not None]
    condition = Q(**{f"{name}_id__in": known})
    return condition | Q(**{f"{name}_id__isnull": True}) if None in targets else condition


def past_page(
    register: type[Register], account: Account | None, selection: Selection, order: Order | None, moment: Moment, start: int, size: int
) -> tuple[list[int], int, dict[int, Values | None]]:
    """The ids of a page as it was, how many rows there were, and what to put back: rows that stand as they stood come from the database."""
    past = past_values(register, moment.sequence)
    if len(past) > MOST_CHANGED:
        every, past = past_ids(register, account, selection, order, moment)
        start = last_start(start, len(every), size)
        return every[start : start + size], len(every), past
    ways = lookups(register, order)
    names = [name for name, _down in ways]
    unchanged = chosen_rows(register, account, selection).exclude(pk__in=list(past))
    changed = sorted(changed_since(register, account, selection, past, names), key=by(ways))
    count = unchanged.count()
    total = count + len(changed)
    start = last_start(start, total, size)
    if not changed:
        return page_ids(register, unchanged, order, count, start, size), total, past
    first = page_ids(register, unchanged, order, count, 0, start + size)
    values = {row[0]: row for part in parts(first) for row in unchanged.filter(pk__in=part).values_list("pk", *names)}
    merged = merge((values[pk] for pk in first), changed, key=by(ways))
    return [row[0] for row in islice(merged, start, start + size)], total, past


def last_start(start: int, total: int, size: int) -> int:
    """Where the page begins; the last one where the address asks for one beyond it."""
    return min(start, max(0, total - 1) // size * size)
