"""Reading the rows of a register: chosen, searched, sorted, a page at a time, or all of them as a stream."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.api import filtering, records
from mainstay.api.answers import account_of, answer, whole
from mainstay.api.refusals import Unreadable
from mainstay.register import conditions, filters
from mainstay.register.access import visible_to
from mainstay.register.errors import Invalid
from mainstay.register.history import Event, record_event
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register
from mainstay.register.tables import columns_of
from mainstay.register.typed import whole_number

USUAL, MOST = 100, 1_000
OWN = {"limit", "page", "after", "sort", "fields"}
CHUNK = 500


def list_(request: HttpRequest, register: type[Register]) -> JsonResponse:
    """A page of rows, sorted, by number of page; or, with `after`, the next rows by id, which misses none while others write."""
    filtering.check(request, register, *OWN)
    found, fields = selected(request, register, "view"), fields_of(request, register)
    limit = whole(request, "limit", USUAL, MOST)
    if "after" in request.GET:
        return walk(request, register, found, fields, limit)
    page = whole(request, "page", 1, 1_000_000)
    count = found.count()
    rows = records.rows(register, found.order_by(*order_of(request, register)))[(page - 1) * limit : page * limit]
    more = page * limit < count
    return answer(
        {
            "count": count,
            "next": following(request, page=page + 1) if more else None,
            "results": records.many(register, account_of(request), rows, fields),
        }
    )


def walk(request: HttpRequest, register: type[Register], found: QuerySet[Any], fields: tuple[str, ...], limit: int) -> JsonResponse:
    if "sort" in request.GET or "page" in request.GET:
        raise Unreadable(_("Rows walked with after come in the order of their ids. Leave out sort and page."))
    after = whole_number(request.GET["after"])
    if after is None:
        raise Unreadable(_("after is the id of the last row that you have; 0 to begin."))
    rows = list(records.rows(register, found.filter(pk__gt=after).order_by("pk"))[: limit + 1])
    kept = rows[:limit]
    further = following(request, after=kept[-1].pk) if len(rows) > limit else None
    return answer({"count": None, "next": further, "results": records.many(register, account_of(request), kept, fields)})


def selected(request: HttpRequest, register: type[Register], verb: str) -> QuerySet[Any]:
    """The rows that the address names, of those on which the caller may do `verb`."""
    account: Account | None = account_of(request)
    selection = filters.read(register, request.GET, account)
    if selection.problems:
        raise Invalid({"filter": [str(text) for text in selection.problems]})
    return visible_to(account, register, verb).filter(conditions.all_of(selection.conditions))


def fields_of(request: HttpRequest, register: type[Register]) -> tuple[str, ...]:
    asked = tuple(name.strip() for name in request.GET.get("fields", "").split(",") if name.strip())
    if unknown := [name for name in asked if name not in records.names(register)]:
        raise Unreadable(_("There is no field %(name)s to show.") % {"name": unknown[0][:60]})
    return asked


def order_of(request: HttpRequest, register: type[Register]) -> list[str]:
    """The columns to sort by, downwards with a minus; the id last, so that the order is always the same."""
    columns = columns_of(register)
    order: list[str] = []
    for name in [part.strip() for part in request.GET.get("sort", "").split(",") if part.strip()]:
        down, bare = ("-", name[1:]) if name.startswith("-") else ("", name)
        lookups = ("pk",) if bare == "id" else columns[bare].order if bare in columns else ()
        if not lookups:
            raise Unreadable(_("Rows cannot be sorted by %(name)s.") % {"name": bare[:60]})
        order += [f"{down}{lookup}" for lookup in lookups]
    chosen = order or list(register.order)
    return chosen if {"pk", "-pk"} & set(chosen) else [*chosen, "pk"]


def following(request: HttpRequest, **changed: int) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query[name] = str(value)
    return f"{request.path}?{urlencode(list(query.lists()), doseq=True)}"


def export(request: HttpRequest, register: type[Register]) -> HttpResponseBase:
    """All rows that the address names, one JSON object a line, in the order of their ids. The history says who took them."""
    actor = actor_of(request)
    filtering.check(request, register, "fields")
    found, fields = selected(request, register, "export"), fields_of(request, register)
    record_event(Event(register.key, "export", reason=request.GET.urlencode()[:500]), actor)
    response = StreamingHttpResponse(lines(register, actor.account, found, fields), content_type="application/x-ndjson")
    response.headers["Content-Disposition"] = f'attachment; filename="{register.function}-{register.name}.ndjson"'
    return response


def lines(register: type[Register], account: Account | None, found: QuerySet[Any], fields: tuple[str, ...]) -> Iterator[bytes]:
    last = 0
    while rows := list(records.rows(register, found.filter(pk__gt=last).order_by("pk"))[:CHUNK]):
        last = rows[-1].pk
        for shown in records.many(register, account, rows, fields):
            yield json.dumps(shown, cls=DjangoJSONEncoder, ensure_ascii=False).encode() + b"\n"
