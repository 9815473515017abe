"""What a signed link opens: the form of one return without signing in, and after sending what was sent. Looking at it writes nothing."""

from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.register import by_link, signed_links
from mainstay.register.errors import NotFound, Refused, Stale
from mainstay.register.history import Actor
from mainstay.register.requests import actor_of
from mainstay.reporting.cycle import asking, bearing, form, linking, submitting
from mainstay.reporting.cycle.overtaken import AlreadySent, reason_sent_back, sending_of
from mainstay.reporting.cycle.pages import SAVE, is_sending, saved_answer, sent_before
from mainstay.reporting.cycle.return_link import ReturnLink
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return

SHELL = "register/by_link.html"


def dead(request: HttpRequest) -> HttpResponse:
    """The same for a link that was withdrawn, has run out or was never made: the page tells nobody which."""
    told = _(
        "This link opens nothing. It may have run out, been replaced by a newer one or withdrawn, its return may have been accepted or "
        "be asked of somebody else now, or the address is not whole. What was saved is kept. Ask the office that sent the link."
    )
    return refusal(request, by_link.GONE, _("This link opens nothing"), told)


def refusal(request: HttpRequest, status: int, title: str, told: str) -> HttpResponse:
    if SAVE in request.headers:
        return JsonResponse({"standing": {}, "faults": {}, "told": told}, status=status)
    given, was = form.given(request.POST)
    unsaved = tuple(text for key, text in given.items() if text.strip() and text.strip() != was[key].strip())
    return by_link.refusal(request, status, title, told, unsaved)


@by_link.opens(linking.opened, dead, refusal)
def answer(request: HttpRequest, link: ReturnLink) -> HttpResponse:
    """The return that the link is for."""
    actor = bearing.actor_of(link, bearing.unsealed(link, str(request.POST.get("shown", ""))), actor_of(request).request_id)
    if request.method == "POST":
        signed_links.seen(link)
        if request.POST.get("do") == "opened":
            return HttpResponse(status=204)
        return taken(request, link, actor)
    if link.of.state not in OPEN_FOR_ANSWERS:
        return sent_page(request, link, actor)
    return form_page(request, link, actor)


def taken(request: HttpRequest, link: ReturnLink, actor: Actor) -> HttpResponse:
    """A form that has come: saved, and sent where that is asked."""
    given, was = form.given(request.POST)
    try:
        made = submitting.submit(link.of.pk, given, was, actor, send=is_sending(request))
    except AlreadySent as fault:
        return sent_before(request, fault, SHELL, request.path)
    except (NotFound, Refused, Stale):
        return dead(request)
    if made.is_sent:
        return redirect(request.path)
    if SAVE in request.headers:
        return saved_answer(asking.asked_of(return_of(link, actor), actor.account, given), made.saved)
    typed = {key: text for key, text in given.items() if key in made.faults}
    return form_page(request, link, actor, typed, made.faults, is_saved=bool(made.saved.written))


def return_of(link: ReturnLink, actor: Actor) -> Return:
    return cast("Return", asking.return_of(link.of_id, actor.account))


def form_page(
    request: HttpRequest,
    link: ReturnLink,
    actor: Actor,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    *,
    is_saved: bool = False,
) -> HttpResponse:
    record = return_of(link, actor)
    asked = asking.asked_of(record, actor.account, typed or ())
    made = form.form_of(asked, typed, errors)
    titles = ngettext("One answer needs you before you can send", "%(count)d answers need you before you can send", len(made.faults))
    late, back = record.days_late, reason_sent_back(record)
    context = {
        "title": record.title,
        "record": record,
        "link": link,
        "form": made,
        "shown": bearing.sealed(link, actor),
        "errors_title": titles % {"count": len(made.faults)},
        "late": ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late} if late else _("Sent back") if back else "",
        "sent_back": back,
        "is_saved": is_saved,
        "reads": [(part.part.title, part.part.read_by) for part in asked.parts if part.part.read_by],
        "receiver": _("the programme office"),
    }
    return render(request, "reporting/link_form.html", context, status=422 if made.faults else 200)


def sent_page(request: HttpRequest, link: ReturnLink, actor: Actor) -> HttpResponse:
    record = return_of(link, actor)
    context = {
        "title": record.title,
        "record": record,
        "link": link,
        "asked": asking.asked_of(record, actor.account),
        "sent": sending_of(record),
    }
    return render(request, "reporting/link_sent.html", context)


urlpatterns: list[URLPattern] = [path("answer/<str:token>/", answer, name="reporting.answer")]
