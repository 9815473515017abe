"""The list of a register: what its address chooses, as a table, with the ways to choose otherwise."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.register.access import may
from mainstay.register.asat import snapshots_for
from mainstay.register.filters import parameters
from mainstay.register.pages import toolbar, views
from mainstay.register.pages.page import Page
from mainstay.register.pages.rows import Writer
from mainstay.register.pages.shown import SIZES, Shown, show
from mainstay.register.pages.told import notices
from mainstay.register.record import Marking
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register, register_of
from mainstay.register.tables import columns_of
from mainstay.register.trail import Crumb, steps_above
from mainstay.register.words import moment as in_words


@require_safe
def listing(request: HttpRequest, register: type[Register]) -> HttpResponse:
    if not request.GET and (address := views.default_address(register, request)):
        return redirect(address)
    found = show(request, register)
    if not found.address.is_clean:
        return redirect(found.address.url(page=found.address.get("page")))
    template = "register/parts/list.html" if request.headers.get("HX-Target") == "list" else "register/list.html"
    return render(request, template, context_of(request, found))


def context_of(request: HttpRequest, found: Shown) -> dict[str, Any]:
    register, account = found.register, actor_of(request).account
    around = frame(request, found)
    return {
        **around,
        **table(found, account, has_bulk=around["has_bulk"]),
        **panels(request, found),
        "view_tabs": views.tabs(register, request, found.address),
        "snapshots": snapshots_for(account) if found.moment is None else (),
        "urls": urls_of(found),
    }


def frame(request: HttpRequest, found: Shown) -> dict[str, Any]:
    """What stands around the list, and what its reader may do."""
    register, account = found.register, actor_of(request).account
    is_live = found.moment is None
    verbs = {verb: may(account, verb, register) for verb in ("create", "change", "withdraw", "import", "export")}
    return {
        "register": register,
        "title": register.title(),
        "singular": register.singular(),
        "breadcrumbs": breadcrumbs(found, account),
        "marking": marking_of(found),
        "notices": notices(request),
        "may": {verb: allowed and (is_live or verb == "export") for verb, allowed in verbs.items()},
        "is_live": is_live,
        "has_bulk": is_live and register.is_entered and (verbs["change"] or verbs["withdraw"]),
        "source": found.moment.label if found.moment else _("Live, %(at)s") % {"at": in_words(timezone.now())},
        "about": first_words(register),
    }


def table(found: Shown, account: Any, *, has_bulk: bool) -> dict[str, Any]:
    """The table, its rows ready."""
    register = found.register
    is_edited = found.moment is None and found.comparison is None and may(account, "change", register)
    writer = Writer(found, register.inline if is_edited else (), has_bulk=has_bulk)
    return {"list": found, "heads": toolbar.heads(found), "rows": writer.rows(found.rows)}


def panels(request: HttpRequest, found: Shown) -> dict[str, Any]:
    """What the panels of the toolbar offer, and what their forms send along."""
    address, register = found.address, found.register
    chosen = [name for name in parameters(register) if name not in ("q", "in")]
    column = columns_of(register).get(found.order.name) if found.order else None
    return {
        "address": address,
        "chips": [
            {"label": chip.label, "value": chip.value, "url": address.url(without=chip.parameters)} for chip in found.selection.chips
        ],
        "panel": request.GET.get("panel", ""),
        "columns": toolbar.columns(found),
        "filters": toolbar.filters(found),
        "search": address.get("q"),
        "sorted_by": column.label if column else "",
        "kept_search": address.kept("q"),
        "kept_filters": address.kept(*chosen),
        "kept_columns": address.kept("columns"),
        "kept_compare": address.kept("compare", "only"),
        "compare_date": address.get("compare") if address.get("compare")[:1].isdigit() else "",
        "export_query": "".join(f"{part}&" for part in [address.query.urlencode()] if part),
        "sizes": [{"size": size, "url": address.url(per=size), "is_current": size == found.size} for size in SIZES],
    }


def first_words(register: type[Register]) -> str:
    """The first sentence of the guide, for a list that is empty yet."""
    lines = [line for line in register.guide().splitlines() if line.strip() and not line.startswith("#")]
    return lines[0].split(". ")[0].rstrip(".") + "." if lines else ""


def urls_of(found: Shown) -> dict[str, str]:
    address, register = found.address, found.register
    urls = {
        "all": f"{address.path}?view=all",
        "previous": address.url(page=found.page - 1) if found.page > 1 else "",
        "next": address.url(page=found.page + 1) if found.page < found.pages else "",
        "end_compare": address.url(without=("compare", "only")),
        "only": "" if address.get("only") else address.url(only="changed"),
        "usual_columns": address.url(without=("columns",)),
        "save_view": register.url("views"),
        "export": register.url("export"),
        "guide": register.url("guide"),
    }
    if register.is_entered:
        urls["new"] = register.url("create") + (f"?initiative={found.selection.place.pk}" if found.selection.place else "")
        urls["import"], urls["bulk"] = register.url("import"), register.url("bulk")
    return urls


def breadcrumbs(found: Shown, account: Any) -> list[Crumb]:
    """The way to the initiative that the list is limited to."""
    place = found.selection.place
    tree = register_of(type(place)) if place is not None else None
    return [Crumb(str(row.title), tree.url("detail", row)) for row in steps_above(account, place)] if tree else []


def marking_of(found: Shown) -> str:
    """The highest marking on this page."""
    marks = {getattr(row.record, "marking", "") for row in found.rows} - {""}
    return str(Marking.SENSITIVE.value if Marking.SENSITIVE in marks else Marking.OFFICIAL.value) if marks else ""


PAGES = (Page("list", "", listing),)
