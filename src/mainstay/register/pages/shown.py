"""What a list shows: the rows of one page with their cells, how many there are, and how they compare."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from mainstay.register.access import visible_to
from mainstay.register.asat import Moment, moment_of, roll_back
from mainstay.register.conditions import Found, Words
from mainstay.register.errors import Invalid
from mainstay.register.filters import Selection, read
from mainstay.register.pages.addresses import Address
from mainstay.register.pages.comparing import Comparison, compare
from mainstay.register.paging import counted_ids, past_page
from mainstay.register.requests import actor_of, seen_at
from mainstay.register.selecting import Order, chosen_rows, in_order, order_of
from mainstay.register.spec import Register
from mainstay.register.tables import Cell, Cells, Column, chosen
from mainstay.register.typed import whole_number

SIZES = (25, 50, 100, 200)
SIZE = 50
FURTHEST = 1_000_000


@dataclass(slots=True)
class Row:
    """One record as a row of the list."""

    record: Any
    cells: list[Cell]
    mark: str = ""
    mark_words: str = ""
    is_gone: bool = False
    may_change: bool = False


@dataclass(slots=True)
class Shown:
    """One page of a list."""

    register: type[Register]
    address: Address
    selection: Selection
    columns: list[Column]
    order: Order | None
    moment: Moment | None
    comparison: Comparison | None = None
    rows: list[Row] = field(default_factory=list)
    total: int = 0
    page: int = 1
    size: int = SIZE
    problems: list[str] = field(default_factory=list)

    @property
    def first(self) -> int:
        return (self.page - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


def show(request: HttpRequest, register: type[Register]) -> Shown:
    """Read the address and fetch its page; the number of queries does not grow with the rows."""
    account = actor_of(request).account
    address = Address(register, request.path, request.GET)
    selection = read(register, address.query, account)
    columns = chosen(register, address.columns)
    found = Shown(register, address, selection, columns, order_of(register, address.get("sort")), seen_at(request))
    found.problems += selection.problems
    found.size = next((size for size in SIZES if str(size) == address.get("per")), SIZE)
    found.page = max(1, min(whole_number(address.get("page", "1")) or 1, FURTHEST))
    found.comparison = comparison_of(found, account)
    fill(found, account)
    return found


def comparison_of(found: Shown, account: Any) -> Comparison | None:
    text = found.address.get("compare")
    if not text or found.moment is not None:
        return None
    try:
        moment = moment_of(text, account)
        return compare(found.register, account, found.selection, moment) if moment else None
    except Invalid as fault:
        found.problems += [sentence for sentences in fault.errors.values() for sentence in sentences]
        return None


def fill(found: Shown, account: Any) -> None:
    register, columns = found.register, found.columns
    records = fetch(found, account)
    cells = Cells(register, account, records, columns)
    texts = [cells.of(record) for record in records]
    if found.comparison is not None:
        found.comparison.put_old_values(account, columns, records, texts)
    changeable: set[int] = set()
    if found.moment is None and records:
        changeable = set(
            visible_to(account, register, "change").filter(pk__in=[record.pk for record in records]).values_list("pk", flat=True)
        )
    found.rows = [
        row_of(found.comparison, record, row, may_change=record.pk in changeable) for record, row in zip(records, texts, strict=True)
    ]


def row_of(comparison: Comparison | None, record: Any, cells: list[Cell], *, may_change: bool) -> Row:
    row = Row(record, cells, may_change=may_change)
    if comparison is not None:
        row.mark, row.mark_words = comparison.mark(record.pk), comparison.words(record.pk)
        row.is_gone = record.pk in comparison.gone
    return row


def fetch(found: Shown, account: Any) -> Sequence[Any]:
    """The records of the page; sets the total, and the page where the address asks for one beyond the last."""
    register = found.register
    if found.moment is not None:
        start = (found.page - 1) * found.size
        ids, found.total, past = past_page(register, account, found.selection, found.order, found.moment, start, found.size)
        found.page = min(found.page, found.pages)
        return roll_back(register, in_order(register.rows(visible_to(account, register)), ids), past)
    rows = chosen_rows(register, account, found.selection)
    if found.comparison is None and found.order is not None and found.order.name == "title":
        rows = rows.filter(is_withdrawn__in=[found.selection.shows_withdrawn])  # the index of titles begins with it
    if found.comparison is not None:
        rows = found.comparison.rows(account, found.selection, only=found.address.get("only") == "changed")
    is_searched = any(isinstance(condition, Found | Words) for condition in found.selection.conditions)
    start = (found.page - 1) * found.size
    ids, found.total = counted_ids(register, rows, found.order, start, found.size, is_costly=is_searched)
    found.page = min(found.page, found.pages)
    return in_order(register.rows(register.model._default_manager.all()), ids)
