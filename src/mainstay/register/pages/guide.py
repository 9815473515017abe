"""The guide of a register: its `guide.md` made into safe HTML, and what each of its fields means."""

from dataclasses import dataclass
from functools import cache

import nh3
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from mainstay.register.access import paths_for
from mainstay.register.pages.page import Page
from mainstay.register.requests import actor_of
from mainstay.register.spec import REGISTERS, Register

TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "a",
    "em",
    "strong",
    "code",
    "pre",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
    "br",
}


@cache
def prose(markdown: str) -> SafeString:
    """Markdown as HTML that holds text and links only; its own first heading is the page's and is left out."""
    body = "\n".join(line for line in markdown.splitlines() if not line.startswith("# "))
    made = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    return mark_safe(nh3.clean(made, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https", "mailto"}))  # noqa: S308  # cleaned by nh3


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field and what it is for."""

    label: str
    text: str
    is_needed: bool


def meanings(register: type[Register]) -> list[tuple[str, list[Meaning]]]:
    """Every field that can be written, under the headings of its form."""
    return [
        (str(title), [Meaning(register.label(name), str(register.field(name).help_text), not register.field(name).blank) for name in names])
        for title, names in register.sections.items()
    ]


@require_safe
def guide(request: HttpRequest, register: type[Register]) -> HttpResponse:
    account = actor_of(request).account
    context = {
        "title": register.title(),
        "guide": prose(register.guide()),
        "meanings": meanings(register),
        "states": [state.label for state in register.states.states.values()] if register.states else [],
        "moves": [
            (move.verb, [register.states.label(source) for source in move.sources], register.states.label(move.target), move.needs_reason)
            for move in register.states.moves.values()
        ]
        if register.states
        else [],
        "register_url": register.url("list"),
        "guides": [
            {"label": kind.title(), "url": kind.url("guide"), "current": kind is register}
            for kind in REGISTERS.values()
            if paths_for(account, kind, "view")
        ],
    }
    return render(request, "register/guide.html", context)


PAGES = (Page("guide", "guide/", guide),)
