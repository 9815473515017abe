"""The page of one record: what it says, where it stands, what hangs on it, what has happened to it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mainstay.register import telling
from mainstay.register.access import verbs_on
from mainstay.register.facts import sections
from mainstay.register.pages.page import Page, record_of
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register
from mainstay.register.trail import crumbs

LATEST = 6
"""Changes shown on the record's own page; the rest have a page."""


@require_safe
def detail(request: HttpRequest, register: type[Register], pk: int) -> HttpResponse:
    record = record_of(request, register, pk)
    context = frame(request, register, record)
    context |= {"sections": sections(register, actor_of(request).account, record)}
    return render(request, template_of(register, "detail"), context)


def template_of(register: type[Register], verb: str) -> Any:
    """The register's own template where it has one, else the one for all."""
    return f"register/{verb}.html"


def frame(request: HttpRequest, register: type[Register], record: Any) -> dict[str, Any]:
    """What every page of one record shows above its content."""
    account = actor_of(request).account
    return {
        "register": register,
        "record": record,
        "title": str(record),
        "state": register.states.label(record.state) if register.states else "",
        "marking": getattr(record, "marking", ""),
        "breadcrumbs": crumbs(register, account, record),
        "verbs": verbs_on(account, register, record),
    }


PAGES = (Page("detail", "<int:pk>/", detail),)
