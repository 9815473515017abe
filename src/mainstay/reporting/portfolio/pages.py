"""Pages of published portfolios: which there are, one with its totals and scores, and a publication on its way in."""

from decimal import Decimal
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mainstay.formats.errors import FormatError
from mainstay.formats.portfolio import Field, totals
from mainstay.formats.portfolio.succession import Sureness
from mainstay.initiatives.finding import way_to
from mainstay.initiatives.initiative.model import Initiative, InitiativeKind
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.register.access import may, paths_for, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.trail import Crumb
from mainstay.reporting.portfolio import arriving, showing, taking
from mainstay.reporting.portfolio.file import PublishedFile, Stage
from mainstay.reporting.published.model import Scale
from mainstay.reporting.published.register import PublishedRegister

UNITS = ((Decimal(1), _("whole pounds")), (Decimal(1000), _("thousands")), (Decimal(1_000_000), _("millions")))
HOLDS = (InitiativeKind.PORTFOLIO, InitiativeKind.PROGRAMME)
MOST_SHOWN = 50


def place_of(request: HttpRequest, pk: int) -> Initiative:
    account = actor_of(request).account
    found = visible_to(account, InitiativeRegister).filter(pk=pk, is_withdrawn=False).first()
    if found is None or not may(account, "view", PublishedRegister):
        raise NotFound
    return cast("Initiative", found)


def may_load(request: HttpRequest, place: Initiative) -> bool:
    account = actor_of(request).account
    reach = [paths_for(account, register, "create") for register in (PublishedRegister, InitiativeRegister)]
    return seen_at(request) is None and place.kind in HOLDS and all(any(place.path.startswith(path) for path in paths) for paths in reach)


@require_safe
@asks("reporting.published:view")
def portfolios(request: HttpRequest) -> HttpResponse:
    """The portfolios and programmes that publications may be loaded into."""
    account = actor_of(request).account
    if not may(account, "view", PublishedRegister):
        raise NotFound
    rows = visible_to(account, InitiativeRegister).filter(kind__in=HOLDS, is_withdrawn=False).order_by("path")
    return render(request, "reporting/portfolio/portfolios.html", {"title": _("Published portfolios"), "rows": rows[:200]})


@require_safe
@asks("reporting.published:view")
def portfolio(request: HttpRequest, pk: int) -> HttpResponse:
    place = place_of(request, pk)
    context = {
        "title": _("%(place)s as published") % {"place": place},
        "initiative": place,
        "breadcrumbs": crumbs_of(request, place)[:-1],
        "may_load": may_load(request, place),
        **showing.context(place, actor_of(request).account, seen_at(request)),
    }
    return render(request, "reporting/portfolio/portfolio.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@asks("reporting.published:create")
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a file; it is read at once, and its page shows what stands in it."""
    place = place_of(request, pk)
    if not may_load(request, place):
        refuse_past(seen_at(request))
        raise NotFound
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            day = arriving.day_of(request.POST.get("figures_on", ""))
            held = arriving.receive(request.FILES.get("file"), place, actor_of(request), day)
            return redirect("reporting.portfolio_file", held.pk)
        except FormatError as fault:
            errors = [{"text": str(fault), "target": "id_file"}]
        except Invalid as fault:
            errors = [{"text": text, "target": "id_file"} for texts in fault.errors.values() for text in texts]
    context = {
        "title": _("Load a publication into %(code)s") % {"code": place.code},
        "initiative": place,
        "breadcrumbs": crumbs_of(request, place),
        "errors": errors,
        "figures_on": request.POST.get("figures_on", "")[:10],
        "taken": PublishedFile.objects.filter(into=place, stage=Stage.TAKEN).defer("content")[:MOST_SHOWN],
    }
    return render(request, "reporting/portfolio/load.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@asks("reporting.published:create")
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in a file: correct how it is read, confirm doubtful projects, take it in or leave it. It is its sender's own."""
    actor = actor_of(request)
    held = PublishedFile.objects.filter(pk=pk, by=actor.account).select_related("into").first() if actor.account else None
    if held is None or not may_load(request, place_of(request, held.into_id)):
        raise NotFound
    if held.stage != Stage.READY:
        return redirect("reporting.portfolio", held.into_id)
    errors: list[str] = []
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do == "discard":
        arriving.discard(held)
        return redirect("reporting.portfolio", held.into_id)
    try:
        found = arriving.read(held)
        if do == "read":
            arriving.correct(held, request.POST.dict(), found)
            return redirect("reporting.portfolio_file", held.pk)
        seen = taking.preview(found, held.into, actor)
    except FormatError as fault:
        held.mapping = {}
        held.save(update_fields=["mapping"])
        return render(request, "web/error.html", {"status": 422, "title": _("The file cannot be read so"), "text": str(fault)}, status=422)
    if do == "take":
        try:
            arriving.take_in(held, seen, actor, arriving.decide(held, request.POST.dict(), seen))
            return redirect("reporting.portfolio", held.into_id)
        except Invalid as fault:
            errors = [text for texts in fault.errors.values() for text in texts]
    return render(request, "reporting/portfolio/file.html", file_context(request, held, seen, errors), status=422 if errors else 200)


def file_context(request: HttpRequest, held: PublishedFile, seen: taking.Preview, errors: list[str]) -> dict[str, Any]:
    found, chosen = seen.found, {True: "same", False: "new"}
    return {
        "title": _("Check %(name)s") % {"name": held.name},
        "initiative": held.into,
        "breadcrumbs": crumbs_of(request, held.into),
        "held": held,
        "found": found,
        "seen": seen,
        "errors": [{"text": text, "target": "doubtful-title"} for text in errors],
        "problems": seen.problems({line.at: True for line in seen.doubtful}),
        "columns": [(number, column, samples(found, number)) for number, column in enumerate(found.columns)],
        "fields": [(field.value, field.label) for field in Field],
        "totals": [(field.label, total) for field, total in totals(found).items()],
        "counts": [(sureness.value, len(seen.of(sureness))) for sureness in Sureness],
        "doubtful": [(line, chosen.get(held.decisions.get(str(line.at)), "")) for line in seen.doubtful],
        "unread": found.unread[:MOST_SHOWN],
        "units": UNITS,
        "unit": str((held.mapping or {}).get("unit") or ""),
        "scales": Scale.choices,
        "order": {True: "month", False: "day"}.get(cast("bool", (held.mapping or {}).get("month_first")), ""),
    }


def samples(found: Any, number: int) -> str:
    """What the first project says in a column."""
    field = found.columns[number].field
    if field is None:
        return ""
    return next((text[:60] for entry in found.entries[:20] if (text := told(entry.reading(field)))), "")


def told(reading: Any) -> str:
    if hasattr(reading, "value") and hasattr(reading, "currency"):
        return f"{reading.currency}{reading.value:,.0f}"
    if hasattr(reading, "colour"):
        return str(reading.colour.value)
    return str(getattr(reading, "text", reading))


def crumbs_of(request: HttpRequest, place: Initiative) -> list[Crumb]:
    return [
        *way_to(actor_of(request).account, place),
        Crumb(_("%(code)s as published") % {"code": place.code}, reverse("reporting.portfolio", args=[place.pk])),
    ]


urlpatterns: list[URLPattern] = [
    path("reporting/portfolios/", portfolios, name="reporting.portfolios"),
    path("reporting/portfolios/<int:pk>/", portfolio, name="reporting.portfolio"),
    path("reporting/portfolios/<int:pk>/load/", load, name="reporting.portfolio_load"),
    path("reporting/portfolios/file/<int:pk>/", file, name="reporting.portfolio_file"),
]
