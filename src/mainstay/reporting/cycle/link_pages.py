"""What a signed link opens: the form of one return without signing in, and after sending what was sent. Looking at it writes nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mainstay.accounts import rates
from mainstay.accounts.addresses import address_of
from mainstay.accounts.tokens import TooManyGuesses
from mainstay.register.errors import NotFound, Refused, Stale
from mainstay.register.history import Actor
from mainstay.register.requests import PUBLIC, actor_of, asks
from mainstay.reporting.cycle import asking, bearing, form, linking, submitting
from mainstay.reporting.cycle.overtaken import AlreadySent, reason_sent_back, sending_of
from mainstay.reporting.cycle.pages import SAVE, is_sending, saved_answer, sent_before
from mainstay.reporting.cycle.return_link import ReturnLink
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return

View = Callable[..., HttpResponse]
SHELL = "reporting/by_link.html"
GONE, TOO_MANY = 404, 429
REFERRER = "strict-origin"
"""The address never leaves the page. `no-referrer` would make browsers hide where a form comes from, and its form token would not count."""


def kept_to_itself(view: View) -> View:
    """Where the page lies is a secret: it is told to no other site and in no list of a search engine."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = REFERRER
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answer


@kept_to_itself
@require_http_methods(["GET", "HEAD", "POST"])
@asks(PUBLIC)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The return that the link is for. Who is signed in besides makes no difference."""
    caller = address_of(request)
    if rates.wait_at(caller):
        return too_many(request)
    try:
        link = linking.opened(token, caller)
    except TooManyGuesses:
        return too_many(request)
    if link is None:
        return dead(request)
    actor = bearing.actor_of(link, bearing.unsealed(link, str(request.POST.get("shown", ""))), actor_of(request).request_id)
    if request.method == "POST":
        linking.seen(link)
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
    late = record.days_late
    context = {
        "title": record.title,
        "record": record,
        "link": link,
        "form": made,
        "shown": bearing.sealed(link, actor),
        "errors_title": titles % {"count": len(made.faults)},
        "late": ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late} if late else "",
        "sent_back": reason_sent_back(record),
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


def dead(request: HttpRequest) -> HttpResponse:
    """The same for a link that was withdrawn, has run out or was never made: the page tells nobody which."""
    told = _(
        "This link opens nothing. It may have run out, been replaced by a newer one or withdrawn, its return may have been accepted or "
        "be asked of somebody else now, or the address is not whole. What was saved is kept. Ask the office that sent the link."
    )
    return refusal(request, GONE, _("This link opens nothing"), told)


def too_many(request: HttpRequest) -> HttpResponse:
    told = _("Too many links have been tried from where you are. Wait five minutes and open the link again.")
    return refusal(request, TOO_MANY, _("Wait a moment"), told)


def refusal(request: HttpRequest, status: int, title: str, told: str) -> HttpResponse:
    if SAVE in request.headers:
        return JsonResponse({"standing": {}, "faults": {}, "told": told}, status=status)
    given, was = form.given(request.POST)
    unsaved = [text for key, text in given.items() if text.strip() and text.strip() != was[key].strip()]
    return render(request, "reporting/link_dead.html", {"title": title, "told": told, "unsaved": unsaved}, status=status)


urlpatterns: list[URLPattern] = [path("answer/<str:token>/", answer, name="reporting.answer")]
