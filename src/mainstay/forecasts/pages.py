"""Pages of forecasts: which programmes have one, the forecast itself, and running a new one."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Max, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainstay.forecasts import estimating, more_pages, options, showing, viewing
from mainstay.forecasts.options import FEWEST, MANY, MOST, USUAL
from mainstay.forecasts.run.model import Run
from mainstay.forecasts.run.register import RunRegister
from mainstay.forecasts.sections import BY_KEY, SECTIONS, Asked, Section
from mainstay.initiatives.finding import initiative_for, way_to
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.jobs import work
from mainstay.register.access import may, visible_to
from mainstay.register.asat import Moment, refuse_past
from mainstay.register.document import DocumentError
from mainstay.register.errors import Invalid, NotFound, Refused
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.store import StoreError
from mainstay.register.typed import whole_number

GONE = 410
RECENT = 12
MOST_PLACES = 200
"""Initiatives on the page of all forecasts."""


@require_safe
@asks("forecasts.run:view")
def forecasts(request: HttpRequest) -> HttpResponse:
    """The initiatives that may be forecast with their latest run; where only one programme tops them all, its forecast itself."""
    account = actor_of(request).account
    if not may(account, "view", RunRegister):
        raise NotFound
    # Where they are many, whole programmes first: a single project's forecast is reached from its own page too.
    level = Case(When(kind="portfolio", then=0), When(kind="programme", then=1), default=2)
    seen = visible_to(account, InitiativeRegister).filter(is_withdrawn=False).order_by(level, "path")[:MOST_PLACES]
    rows = sorted(seen, key=lambda row: row.path)
    programmes = [row for row in rows if row.kind == "programme"]
    if len(programmes) == 1 and viewing.may_see(account, programmes[0]):
        return redirect("forecasts.forecast", programmes[0].pk)
    newest = visible_to(account, RunRegister).filter(is_withdrawn=False).order_by().values("initiative").annotate(last=Max("pk"))
    latest = {run.initiative_id: run for run in Run.objects.filter(pk__in=newest.values("last"))}
    lines = [(row, latest.get(row.pk)) for row in rows if viewing.may_see(account, row)]
    return render(request, "forecasts/forecasts.html", {"title": _("Forecasts"), "lines": lines, "is_cut": len(rows) == MOST_PLACES})


@require_safe
@asks("forecasts.run:view")
def forecast(request: HttpRequest, pk: int, section: str = "overview") -> HttpResponse:
    """One section of the latest run of an initiative, or of the one that `?run=` names."""
    if section not in BY_KEY:
        raise NotFound
    return page(request, initiative_for(request, pk), BY_KEY[section], {})


def page(request: HttpRequest, place: Initiative, section: Section, errors: dict[str, list[str]], estimate: str = "") -> HttpResponse:
    actor, moment = actor_of(request), seen_at(request)
    if not may(actor.account, "view", RunRegister):
        raise NotFound
    context = frame(request, place)
    if not context["may_see"]:
        return render(request, "forecasts/forecast.html", context)
    held = list(viewing.runs(place, moment)[: RECENT + 1])
    told = request.GET.get("run", "")
    number = whole_number(told)
    chosen = viewing.runs(place, moment).filter(pk=number).first() if number is not None else None
    if told and chosen is None:
        raise NotFound
    run = chosen or (held[0] if held else None)
    context |= {
        "runs": held[:RECENT],
        "has_more": len(held) > RECENT,
        "run": run,
        "is_latest": bool(held) and run == held[0],
        "may_export": run is not None and bool(run.samples_digest) and may(actor.account, "export", RunRegister, run),
        "may_run": moment is None and viewing.may_run(actor.account, place),
        "needs": showing.needs(place),
        "asked": asked(request),
        "errors": [{"text": text, "target": f"id_{name}"} for name, texts in errors.items() for text in texts],
        "faulty": set(errors),
        "estimate": estimate,
        "section": section,
        "tabs": tabs(request, place, section, chosen),
        "kept": kept(request, chosen),
    }
    status = 422 if errors else 200
    if run is not None:
        try:
            context |= {"outlook": run.outlook, "marking": run.marking, "is_stale": is_stale(context, moment)}
            context |= section.context(Asked(run, context["outlook"], request.GET.dict(), moment, actor.account))
        except (StoreError, DocumentError) as fault:
            return render(request, "forecasts/forecast.html", {**context, "fault": str(fault)}, status=GONE)
        question = context.get("question")
        status = 422 if question and question.field else status
    return render(request, "forecasts/forecast.html", context, status=status)


def is_stale(context: dict[str, Any], moment: Moment | None) -> bool:
    """Whether a run made now would take in something else; asked of the latest run, on the pages from which it is run again."""
    return moment is None and context["is_latest"] and context["section"].tells_stale and showing.has_changed(context["run"])


def kept(request: HttpRequest, run: Run | None) -> str:
    """What every link within the page carries along: the run that was chosen and the moment of the past."""
    pairs = ([("run", str(run.pk))] if run else []) + [("as_at", value) for value in request.GET.getlist("as_at")[:1]]
    return f"?{urlencode(pairs)}" if pairs else ""


def tabs(request: HttpRequest, place: Initiative, current: Section, run: Run | None) -> list[dict[str, Any]]:
    return [{"label": one.label, "url": address(place, one) + kept(request, run), "current": one.key == current.key} for one in SECTIONS]


def address(place: Initiative, section: Section) -> str:
    if section.key == "overview":
        return reverse("forecasts.forecast", args=[place.pk])
    return reverse("forecasts.section", args=[place.pk, section.key])


def frame(request: HttpRequest, place: Initiative) -> dict[str, Any]:
    account = actor_of(request).account
    return {
        "title": _("Forecast of %(place)s") % {"place": place.title},
        "initiative": place,
        "breadcrumbs": way_to(account, place),
        "may_see": viewing.may_see(account, place),
    }


def asked(request: HttpRequest) -> dict[str, Any]:
    """What the form holds: as sent, else the usual."""
    told = request.POST
    return {
        "iterations": told.get("iterations", str(USUAL)),
        "seed": told.get("seed", "1"),
        "risks": told.get("risks", "after"),
        "sampling": told.get("sampling", options.SAMPLINGS[0]),
        "stop_days": told.get("stop_days", ""),
        "once": get_random_string(20),
        "fewest": FEWEST,
        "most": MOST,
    }


@require_POST
@asks("forecasts.run:create")
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a run; its starter is led to the page of the job, and from there to the figures."""
    place = initiative_for(request, pk)
    actor = actor_of(request)
    if not viewing.may_run(actor.account, place):
        raise NotFound
    refuse_past(seen_at(request))
    try:
        chosen = options.read(request.POST)
        if needs := showing.needs(place):
            raise Invalid({"run": needs})
        if chosen.iterations >= MANY and request.POST.get("sure", "").replace(",", "") != str(chosen.iterations):
            return page(request, place, BY_KEY["runs"], {}, estimating.sentence(place, chosen))
    except Invalid as fault:
        return page(request, place, BY_KEY["runs"], fault.errors)
    except Refused as fault:
        return page(request, place, BY_KEY["runs"], {"run": [str(fault)]})
    arguments = {"initiative": place.pk, **options.as_arguments(chosen), "by": actor.account.pk if actor.account else 0}
    once = request.POST.get("once", "")[:40]
    title = _("Forecast of %(code)s") % {"code": place.code}
    url = reverse("forecasts.forecast", args=[place.pk])
    key = f"forecast:{place.pk}:{arguments['by']}:{once}" if once else ""
    return redirect("web.job", pk=work.start("forecasts.run", arguments, by=actor.account, title=title, key=key, url=url).pk)


urlpatterns: list[URLPattern] = [
    path("forecasts/", forecasts, name="forecasts.forecasts"),
    path("forecasts/<int:pk>/", forecast, name="forecasts.forecast"),
    path("forecasts/<int:pk>/run-it/", run, name="forecasts.run_it"),
    path("forecasts/<int:pk>/compare/", more_pages.compare, name="forecasts.compare"),
    path("forecasts/<int:pk>/again/", more_pages.again, name="forecasts.again"),
    path("forecasts/<int:pk>/samples/<int:run>/", more_pages.samples_file, name="forecasts.samples"),
    path("forecasts/<int:pk>/<slug:section>/", forecast, name="forecasts.section"),
]
