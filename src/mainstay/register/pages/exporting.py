"""The rows of a list as a file: the same address, the same rows, streamed."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from mainstay.register import words
from mainstay.register.access import below, paths_for
from mainstay.register.asat import roll_back
from mainstay.register.filters import read
from mainstay.register.many import parts
from mainstay.register.pages.addresses import Address
from mainstay.register.pages.page import Page
from mainstay.register.requests import actor_of, seen_at
from mainstay.register.selecting import chosen_rows, in_order, order_of, ordered, past_ids
from mainstay.register.spec import Register
from mainstay.register.tables import chosen
from mainstay.register.transfer import exporting

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def export(request: HttpRequest, register: type[Register]) -> HttpResponseBase:
    """`form=csv|xlsx`; `what=shown` takes the columns of the list, anything else all that can be written."""
    actor = actor_of(request)
    address = Address(register, register.url("list"), request.GET)
    records = rows(request, register, address)
    columns = chosen(register, address.columns) if request.GET.get("what") == "shown" else None
    name = f"{slugify(register.title())}-{words.local(timezone.now()):%Y-%m-%d}"
    if request.GET.get("form") == "csv":
        pieces = exporting.to_csv(register, records, actor, columns)
        response: HttpResponseBase = StreamingHttpResponse((piece.encode() for piece in pieces), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    marking = exporting.highest_marking(
        exportable(register, actor.account, chosen_rows(register, actor.account, read(register, address.query, actor.account)))
    )
    with ExitStack() as held:
        file: IO[bytes] = held.enter_context(tempfile.TemporaryFile())
        exporting.to_xlsx(register, records, actor, file, columns, marking=marking)
        file.seek(0)
        held.pop_all()  # the response closes it when it has been sent
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def rows(request: HttpRequest, register: type[Register], address: Address) -> Any:
    """What the list shows, as far as it may be taken away."""
    account, moment = actor_of(request).account, seen_at(request)
    selection, order = read(register, address.query, account), order_of(register, address.get("sort"))
    if moment is None:
        return ordered(register, exportable(register, account, chosen_rows(register, account, selection)), order)
    ids, past = past_ids(register, account, selection, order, moment)
    return past_records(register, account, ids, past)


def past_records(register: type[Register], account: Any, ids: list[int], past: Any) -> Iterator[Any]:
    allowed = exportable(register, account, register.model._default_manager.all())
    for part in parts(ids):
        yield from roll_back(register, in_order(register.rows(allowed), part), past)


def exportable(register: type[Register], account: Any, rows: Any) -> Any:
    """Those of `rows` that the account may export; seeing them is not enough."""
    paths = paths_for(account, register, "export")
    if not paths:
        return rows.none()
    if "/" in paths or not register.scope:
        return rows
    condition = below(register.scope[0], paths)
    for lookup in register.scope[1:]:
        condition |= below(lookup, paths)
    return rows.filter(condition)


PAGES = (Page("export", "export/", export, needs="export"),)
