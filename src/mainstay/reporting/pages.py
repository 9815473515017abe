"""Pages of packs: the snapshots of an initiative, freezing one, the pack on screen and as files, and what moved between two of them."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.crypto import get_random_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mainstay import render as documents
from mainstay.initiatives.finding import way_to
from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.register.access import may, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.document import DocumentError
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.store import StoreError
from mainstay.register.trail import Crumb
from mainstay.register.typed import whole_number
from mainstay.render import html
from mainstay.reporting import comparing, listing, making
from mainstay.reporting.burden import pages as burden_pages
from mainstay.reporting.cycle import collecting_page, link_pages, link_panel
from mainstay.reporting.cycle import pages as cycle_pages
from mainstay.reporting.cycle.workbook import pages as workbook_pages
from mainstay.reporting.dashboard import pages as dashboard_pages
from mainstay.reporting.distribution import pages as distribution_pages
from mainstay.reporting.distribution import receipts
from mainstay.reporting.portfolio import pages as portfolio_pages
from mainstay.reporting.snapshot.model import Snapshot
from mainstay.reporting.snapshot.register import SnapshotRegister
from mainstay.reporting.template import packing, storing
from mainstay.reporting.template import pages as template_pages

UNREADABLE = (StoreError, DocumentError)
GONE = 410
"""The row is there, but what was frozen is missing or is not what was frozen."""


def initiative_of(request: HttpRequest, pk: int) -> Initiative:
    """The initiative, where its reader may see packs of it."""
    account = actor_of(request).account
    found = visible_to(account, InitiativeRegister).filter(pk=pk, is_withdrawn=False).first()
    if found is None or not may(account, "view", SnapshotRegister):
        raise NotFound
    return cast("Initiative", found)


def snapshot_of(request: HttpRequest, pk: int, verb: str = "view") -> Snapshot:
    found = SnapshotRegister.rows(visible_to(actor_of(request).account, SnapshotRegister, verb)).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return cast("Snapshot", found)


@require_safe
@asks("reporting.snapshot:view")
def packs(request: HttpRequest) -> HttpResponse:
    """All initiatives of which packs are or may be made, the highest first."""
    account = actor_of(request).account
    if not may(account, "view", SnapshotRegister):
        raise NotFound
    return render(request, "reporting/packs.html", {"title": _("Packs"), "rows": listing.initiatives(account)})


@require_safe
@asks("reporting.snapshot:view")
def packs_of(request: HttpRequest, pk: int) -> HttpResponse:
    place = initiative_of(request, pk)
    actor = actor_of(request)
    context = {
        "title": _("Packs of %(place)s") % {"place": place},
        "initiative": place,
        "breadcrumbs": crumbs_of(request, place)[:-1],
        "rows": listing.snapshots(place, actor.account),
        "may_freeze": seen_at(request) is None and making.may_freeze(place, actor),
        "may_export": may(actor.account, "export", SnapshotRegister),
        "formats": documents.MEDIA_TYPES,
        "templates": storing.in_use(place),
        "may_add_template": seen_at(request) is None and storing.may_add(place, actor.account),
    }
    return render(request, "reporting/packs_of.html", context)


@require_http_methods(["GET", "POST"])
@asks("reporting.snapshot:create")
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Name it, see what will be in it, confirm. `?corrects=` names the snapshot in whose place the new one stands."""
    place = initiative_of(request, pk)
    actor = actor_of(request)
    if not making.may_freeze(place, actor):
        raise NotFound
    refuse_past(seen_at(request))
    told = request.POST if request.method == "POST" else request.GET
    corrected = told.get("corrects", "")
    corrects = None if (wanted := whole_number(corrected)) is None else snapshot_of(request, wanted)
    values = {name: told.get(name, "") for name in ("name", "audience", "correction", "once")}
    values["once"] = values["once"][:40] or get_random_string(20)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            if request.POST.get("confirmed"):
                made = making.freeze(
                    place,
                    values["name"],
                    actor,
                    audience=values["audience"],
                    corrects=corrects,
                    correction=values["correction"],
                    once=values["once"],
                )
                return redirect("reporting.pack", made.pk)
            making.check(place, values["name"], values["audience"], corrects, values["correction"])
        except Invalid as fault:
            errors = fault.errors
    return freeze_page(request, place, corrects, values, errors)


def freeze_page(
    request: HttpRequest, place: Initiative, corrects: Snapshot | None, values: dict[str, str], errors: dict[str, list[str]]
) -> HttpResponse:
    counts = listing.contents(place, actor_of(request).account)
    title = _("Correct %(name)s") % {"name": corrects.title} if corrects else _("Freeze a snapshot of %(code)s") % {"code": place.code}
    context = {
        "title": title,
        "initiative": place,
        "corrects": corrects,
        "values": values,
        "errors": {name: " ".join(texts) for name, texts in errors.items()},
        "faults": [{"text": text, "target": f"freeze-{name}"} for name, texts in errors.items() for text in texts],
        "is_confirming": request.method == "POST" and not errors,
        "contents": counts,
        "breadcrumbs": crumbs_of(request, place),
        "previous": None if corrects else listing.latest(place),
    }
    return render(request, "reporting/freeze.html", context, status=422 if errors else 200)


@require_safe
@asks("reporting.snapshot:view")
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """The pack on screen: the same tree as in its files."""
    snapshot = snapshot_of(request, pk)
    context = frame(request, snapshot)
    try:
        report = making.report_of(snapshot)
        # Every value in the fragment has been escaped by the walker that made it.
        context["report"] = mark_safe(html.fragment(report))  # noqa: S308  # see the line above
        context["contents"] = [{"id": f"s{number}", "name": section.name} for number, section in enumerate(report.sections, 1)]
        receipts.opened(snapshot, actor_of(request))
    except UNREADABLE as fault:
        context["fault"] = str(fault)
    return render(request, "reporting/pack.html", context, status=GONE if "fault" in context else 200)


@require_safe
@asks("reporting.snapshot:export")
def pack_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The pack as a file; who took it away stands in the history."""
    if form not in making.FORMATS:
        raise NotFound
    snapshot = snapshot_of(request, pk, "export")
    actor = actor_of(request)
    try:
        name, content = making.make(snapshot, form)
    except UNREADABLE as fault:
        return render(request, "reporting/pack.html", {**frame(request, snapshot), "fault": str(fault)}, status=GONE)
    packing.given(snapshot, f"{form}, {len(content)} bytes", actor)
    response = HttpResponse(content, content_type=documents.MEDIA_TYPES[form])
    response["Content-Disposition"] = comparing.attachment(name)
    response["Content-Length"] = str(len(content))
    return response


@require_safe
@asks("reporting.snapshot:view")
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What moved from one snapshot to another of the same initiative; without `?with=`, from the one before."""
    snapshot = snapshot_of(request, pk)
    others = [row for row in listing.of_initiative(snapshot.initiative, actor_of(request).account) if row.pk != snapshot.pk]
    told = request.GET.get("with", "")
    other = next((row for row in others if str(row.pk) == told), None)
    if told and other is None:
        raise NotFound
    other = other or next((row for row in others if row.pk == snapshot.previous_id), None) or (others[0] if others else None)
    context = {**frame(request, snapshot), "title": _("What moved and why"), "others": others, "other": other}
    context["breadcrumbs"] = [*context["breadcrumbs"], Crumb(snapshot.title, reverse("reporting.pack", args=[snapshot.pk]))]
    if other is not None:
        try:
            context |= comparing.between(other, snapshot, with_small=request.GET.get("small") == "yes")
        except UNREADABLE as fault:
            context["fault"] = str(fault)
    return render(request, "reporting/compare.html", context, status=GONE if "fault" in context else 200)


def frame(request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
    """What every page of one snapshot shows around its content."""
    account, place = actor_of(request).account, snapshot.initiative
    newer = snapshot.successor if snapshot.is_superseded else None
    can_see_newer = newer is not None and visible_to(account, SnapshotRegister).filter(pk=newer.pk).exists()
    can_freeze = seen_at(request) is None and newer is None and making.may_freeze(place, actor_of(request))
    return {
        "title": f"{place.code} {snapshot.title}",
        "snapshot": snapshot,
        "initiative": place,
        "marking": snapshot.marking,
        "newer": newer if can_see_newer else None,
        "may_export": may(account, "export", SnapshotRegister, snapshot),
        "may_correct": can_freeze,
        "formats": [(form, form.upper()) for form in making.FORMATS],
        "templates": storing.in_use(place),
        "breadcrumbs": crumbs_of(request, place),
        **distribution_pages.shown(snapshot, actor_of(request), is_live=seen_at(request) is None),
    }


def crumbs_of(request: HttpRequest, place: Initiative) -> list[Crumb]:
    """The initiatives down to this one, and the page of its packs."""
    return [
        *way_to(actor_of(request).account, place),
        Crumb(_("Packs of %(code)s") % {"code": place.code}, reverse("reporting.packs_of", args=[place.pk])),
    ]


urlpatterns: list[URLPattern] = [
    *burden_pages.urlpatterns,
    *cycle_pages.urlpatterns,
    *portfolio_pages.urlpatterns,
    *collecting_page.urlpatterns,
    *link_pages.urlpatterns,
    *link_panel.urlpatterns,
    *dashboard_pages.urlpatterns,
    *workbook_pages.urlpatterns,
    *template_pages.urlpatterns,
    *distribution_pages.urlpatterns,
    path("reporting/packs/", packs, name="reporting.packs"),
    path("reporting/packs/<int:pk>/", packs_of, name="reporting.packs_of"),
    path("reporting/packs/<int:pk>/freeze/", freeze, name="reporting.freeze"),
    path("reporting/pack/<int:pk>/", pack, name="reporting.pack"),
    path("reporting/pack/<int:pk>/file/<str:form>/", pack_file, name="reporting.pack_file"),
    path("reporting/pack/<int:pk>/compare/", compare, name="reporting.compare"),
]
