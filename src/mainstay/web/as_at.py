"""The switch "seen as at": what it offers and what it shows. The address keeps the choice, and so does every link of a page of the past."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register import words
from mainstay.register.asat import LIVE, Moment, snapshots_for
from mainstay.register.errors import Invalid
from mainstay.register.requests import seen_at

PARAMETER = "as_at"
LINK = re.compile(r'(<a\b[^>]*?\bhref=")(/[^"#?]*)(?:\?([^"#]*))?(#[^"]*)?"')
FORM = re.compile(r'<form\b(?=[^>]*\bmethod="get")[^>]*>')
NOT_PAGES = ("/static/", "/sign-out/")


@dataclass(frozen=True, slots=True)
class Choice:
    """A snapshot that can be chosen."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class AsAt:
    """What the templates read."""

    is_past: bool
    label: str
    sentence: str
    value: str
    date: str
    today: str
    snapshots: tuple[Choice, ...]
    kept: tuple[tuple[str, str], ...]
    """The rest of the address, for the forms of the switch."""


def as_at_of(request: HttpRequest, account: Account | None) -> AsAt:
    moment = moment_or_none(request)
    kept = tuple((name, value) for name, values in request.GET.lists() for value in values if name not in (PARAMETER, "page"))
    choices = (
        tuple(Choice(held.name, f"{held.name}, {words.day(words.local(held.at).date())}") for held in snapshots_for(account))
        if account
        else ()
    )
    label = moment.label if moment else _("Live")
    sentence = _("Seen as at %(label)s.") % {"label": label} if moment else ""
    return AsAt(
        moment is not None,
        label,
        sentence,
        moment.value if moment else LIVE,
        day_in(moment),
        words.local(timezone.now()).date().isoformat(),
        choices,
        kept,
    )


def moment_or_none(request: HttpRequest) -> Moment | None:
    """The moment of this page; an address that names none has had its own answer, and the page that says so is live."""
    try:
        return seen_at(request)
    except Invalid:
        return None


def day_in(moment: Moment | None) -> str:
    try:
        return "" if moment is None else date.fromisoformat(moment.value).isoformat()
    except ValueError:
        return ""


class KeepMoment:
    """Links and searches on a page of the past lead to pages of the same moment. Live pages pass untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        text = request.GET.get(PARAMETER, "")
        if not text or response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        moment = moment_or_none(request)
        if moment is not None:
            response.content = kept_in(response.content.decode(response.charset), moment.value).encode(response.charset)
            if response.has_header("Content-Length"):
                response.headers["Content-Length"] = str(len(response.content))
        return response


def kept_in(html: str, value: str) -> str:
    """The page with the moment in each of its own links and in each form that reads."""
    parameter = f"{PARAMETER}={quote(value, safe='')}"

    def link(found: re.Match[str]) -> str:
        start, path, query, place = found.group(1), found.group(2), found.group(3) or "", found.group(4) or ""
        if path.startswith(NOT_PAGES) or f"{PARAMETER}=" in query:
            return found.group(0)
        return f'{start}{path}?{query + "&amp;" if query else ""}{parameter}{place}"'

    def form(found: re.Match[str]) -> str:
        if "data-as-at" in found.group(0):
            return found.group(0)
        return f'{found.group(0)}<input type="hidden" name="{PARAMETER}" value="{escape(value)}">'

    return FORM.sub(form, LINK.sub(link, html))
