"""Pages that a signed link opens: how often one may try, what a link that opens nothing gets, and that the address stays a secret."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mainstay.accounts import rates
from mainstay.accounts.addresses import address_of
from mainstay.accounts.tokens import TooManyGuesses
from mainstay.register.requests import PUBLIC, asks
from mainstay.register.signed_links import SignedLink

View = Callable[..., HttpResponse]
Refuse = Callable[[HttpRequest, int, str, str], HttpResponse]
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


def opens(find: Callable[[str, str], SignedLink | None], dead: View, refuse: Refuse) -> Callable[[View], View]:
    """A page for whoever holds a link that `find` (text and network address given) finds live; all others get `dead`, the same page.

    Who is signed in besides makes no difference.
    """

    def mark(view: View) -> View:
        @kept_to_itself
        @require_http_methods(["GET", "HEAD", "POST"])
        @asks(PUBLIC)
        @wraps(view)
        def answer(request: HttpRequest, token: str) -> HttpResponse:
            caller = address_of(request)
            if rates.wait_at(caller):
                return too_many(request, refuse)
            try:
                link = find(token, caller)
            except TooManyGuesses:
                return too_many(request, refuse)
            return dead(request) if link is None else view(request, link)

        return answer

    return mark


def too_many(request: HttpRequest, refuse: Refuse) -> HttpResponse:
    told = _("Too many links have been tried from where you are. Wait five minutes and open the link again.")
    return refuse(request, TOO_MANY, _("Wait a moment"), told)


def refusal(request: HttpRequest, status: int, title: str, told: str, unsaved: tuple[str, ...] = ()) -> HttpResponse:
    """A page that says no, with what was typed, so that it can be copied."""
    return render(request, "register/link_dead.html", {"title": title, "told": told, "unsaved": unsaved}, status=status)
