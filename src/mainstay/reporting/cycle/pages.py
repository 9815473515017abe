"""Pages of the cycle: commissioning a definition, taking a ready-made one, and filling a return."""

from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mainstay.register import words
from mainstay.register.access import verbs_on, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import Invalid, NotFound, Refused
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.trail import Crumb, crumbs
from mainstay.reporting.commission.register import CommissionRegister
from mainstay.reporting.cycle import answering, asking, calendar, choosing, commissioning, form, measured, shipped, submitting
from mainstay.reporting.cycle.asking import Asked
from mainstay.reporting.cycle.overtaken import AlreadySent, reason_sent_back
from mainstay.reporting.definition.model import Definition
from mainstay.reporting.definition.register import DefinitionRegister
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return
from mainstay.reporting.project_return.register import ReturnRegister

SAVE = "X-Save"
"""Header of a request that only saves: it is answered in JSON, and the page stays as it is."""


def definition_of(request: HttpRequest, pk: int) -> Definition:
    found = visible_to(actor_of(request).account, DefinitionRegister).filter(pk=pk, is_withdrawn=False).select_related("initiative").first()
    if found is None:
        raise NotFound
    return cast("Definition", found)


@require_http_methods(["GET", "HEAD", "POST"])
@asks("reporting.commission:create")
def commission(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the period and who is asked; the days follow from the definition."""
    definition, actor = definition_of(request, pk), actor_of(request)
    refuse_past(seen_at(request))
    if not commissioning.may_commission(definition, actor):
        raise NotFound
    first, last = calendar.period(definition, timezone.localdate())
    told = request.POST
    errors: dict[str, list[str]] = {}
    days = calendar.days(definition, definition.initiative, day_of(told.get("period_to", "")) or last)
    if request.method == "POST":
        first, last, days = read_days(told, days, errors)
        if not errors and told.get("do") != "days":
            wanted = choosing.chosen(definition, told, actor.account)
            try:
                made = commissioning.commission(
                    definition, wanted, (first, last), actor, name=told.get("name", ""), days=days, once=told.get("once", "")[:40]
                )
                return redirect(CommissionRegister.url("detail", made))
            except Invalid as fault:
                errors = fault.errors
    asked = commissioning.candidates(definition, actor.account)
    own = Crumb(definition.title, DefinitionRegister.url("detail", definition))
    context = {
        "title": _("Commission: %(title)s") % {"title": definition.title},
        "definition": definition,
        "breadcrumbs": [*crumbs(DefinitionRegister, actor.account, definition), own],
        "first": first,
        "last": last,
        "name": told.get("name", "") or calendar.called(first, last),
        "days": [(name, CommissionRegister.label(name), day) for name, day in days.items()],
        "asked": asked,
        "groups": choosing.groups(asked, actor.account),
        "chosen": {*told.getlist("initiatives"), *told.getlist("below")} if request.method == "POST" else None,
        "once": told.get("once", "")[:40] or get_random_string(20),
        "errors": {name: " ".join(texts) for name, texts in errors.items()},
        "faults": [{"text": text, "target": f"id_{name}"} for name, texts in errors.items() for text in texts],
    }
    return render(request, "reporting/commissioning.html", context, status=422 if errors else 200)


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_days(told: Any, days: dict[str, date], errors: dict[str, list[str]]) -> tuple[date, date, dict[str, date]]:
    """The days of the form; a sentence in `errors` for each that is none. What was not sent follows from the definition."""
    names = ["period_from", "period_to", *(name for name in days if told.get("do") != "days")]
    found = {name: day_of(told.get(name, "")) for name in names}
    for name, day in found.items():
        if day is None and (told.get(name) or name.startswith("period")):
            errors[name] = [_("“%(text)s” is no day. Enter one such as 2026-10-31.") % {"text": told.get(name, "")[:40]}]
    today = timezone.localdate()
    return found["period_from"] or today, found["period_to"] or today, {name: found.get(name) or day for name, day in days.items()}


@require_http_methods(["GET", "HEAD", "POST"])
@asks("reporting.project_return:change")
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a return: saved as it is filled, sent when nothing is missing."""
    actor = actor_of(request)
    record = asking.return_of(pk, actor.account)
    if record is None:
        raise NotFound
    refuse_past(seen_at(request))
    if "change" not in verbs_on(actor.account, ReturnRegister, record):
        raise Refused(_("You may see this return but not fill it."))
    if request.method != "POST":
        if record.state not in OPEN_FOR_ANSWERS:
            return redirect(ReturnRegister.url("detail", record))
        return fill_page(request, asking.asked_of(record, actor.account))
    given, was = form.given(request.POST)
    try:
        made = submitting.submit(record.pk, given, was, actor, send=is_sending(request))
    except AlreadySent as fault:
        return sent_before(request, fault, "web/shell.html", ReturnRegister.url("detail", record))
    record = cast("Return", asking.return_of(pk, actor.account))
    asked = asking.asked_of(record, actor.account)
    if SAVE in request.headers:
        return saved_answer(asked, made.saved)
    if made.is_sent:
        return redirect(ReturnRegister.url("detail", record))
    typed = {key: text for key, text in given.items() if key in made.faults}
    return fill_page(request, asked, typed, made.faults, is_saved=bool(made.saved.written))


def is_sending(request: HttpRequest) -> bool:
    return SAVE not in request.headers and request.POST.get("do") == "send"


def sent_before(request: HttpRequest, fault: AlreadySent, shell: str, url: str) -> HttpResponse:
    """What is told to whoever comes too late: who has sent it, and each answer that is not in it, so that nothing typed is lost."""
    if SAVE in request.headers:
        return JsonResponse({"standing": {}, "faults": fault.unsaved, "told": fault.what}, status=409)
    if not fault.unsaved:
        return redirect(url)
    context = {"title": _("Sent already"), "shell": shell, "told": fault.what, "unsaved": list(fault.unsaved.values()), "url": url}
    return render(request, "reporting/sent_before.html", context, status=409)


def saved_answer(asked: Asked, saved: answering.Saved) -> JsonResponse:
    """What the page needs to know after a save: what stands now, and what could not be saved."""
    standing = {one.key: one.was for one in form.form_of(asked).inputs if one.key not in saved.faults}
    told = _("Saved %(time)s. You can leave and come back.") % {"time": f"{words.local(timezone.now()):%H:%M}"}
    return JsonResponse({"standing": standing, "faults": saved.faults, "told": told if saved.written else ""})


def fill_page(
    request: HttpRequest, asked: Asked, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None, *, is_saved: bool = False
) -> HttpResponse:
    record, account = asked.record, actor_of(request).account
    made = form.form_of(asked, typed, errors)
    titles = ngettext("One answer needs you before you can send", "%(count)d answers need you before you can send", len(made.faults))
    late = record.days_late
    context = {
        "title": record.title,
        "record": record,
        "asked": asked,
        "form": made,
        "measured": measured.of(record.initiative, account),
        "breadcrumbs": [*crumbs(ReturnRegister, account, record), Crumb(record.ref, ReturnRegister.url("detail", record))],
        "errors_title": titles % {"count": len(made.faults)},
        "late": ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late} if late else "",
        "sent_back": reason_sent_back(record),
        "is_saved": is_saved,
        "reads": [(part.part.title, part.part.read_by) for part in asked.parts if part.part.read_by],
        "receiver": _("the programme office"),
    }
    return render(request, "reporting/return.html", context, status=422 if made.faults else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@asks("reporting.definition:create")
def ready_made(request: HttpRequest) -> HttpResponse:
    """The definitions that come with Mainstay, to be taken into one's own register."""
    actor = actor_of(request)
    refuse_past(seen_at(request))
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            made = shipped.take(request.POST.get("name", ""), request.POST.get("initiative", ""), actor)
            return redirect(DefinitionRegister.url("detail", made))
        except Invalid as fault:
            errors = fault.errors
    places = shipped.places(actor)
    if not places:
        raise NotFound
    context = {
        "title": _("Ready-made returns"),
        "rows": shipped.all_shipped(),
        "places": places,
        "faults": [{"text": text, "target": ""} for texts in errors.values() for text in texts],
        "breadcrumbs": crumbs(DefinitionRegister, actor.account),
    }
    return render(request, "reporting/ready_made.html", context, status=422 if errors else 200)


urlpatterns: list[URLPattern] = [
    path("reporting/returns/ready-made/", ready_made, name="reporting.ready_made"),
    path("reporting/returns/<int:pk>/", fill, name="reporting.fill"),
    path("reporting/commissioning/<int:pk>/", commission, name="reporting.commissioning"),
]
