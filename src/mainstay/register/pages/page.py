"""A page that every register has: its name, its address below the register's own, and what it asks of its visitor."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path

from mainstay.register.access import paths_for, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import ActionError, Invalid, NotFound, Stale
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.spec import Register
from mainstay.register.typed import LONGEST_VERSION, whole_number

RegisterView = Callable[..., HttpResponseBase]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Page:
    """`<function>.<register>.<verb>` at `/<function>/<register>/<route>`; its view takes request, register and the route's parts."""

    verb: str
    route: str
    view: RegisterView
    needs: str = "view"
    """The verb of the access table without which the page is not there."""
    for_entered: bool = False
    """Left out where rows come from files and calculations only."""


def address(register: type[Register], page: Page) -> URLPattern:
    """Below the register's own."""
    return path(page.route, bound(register, page), name=f"{register.key}.{page.verb}")


def bound(register: type[Register], page: Page) -> RegisterView:
    """The view for one register: a stranger is told that there is nothing, and nothing is written from a page of the past."""

    @wraps(page.view)
    def view(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        if not paths_for(actor_of(request).account, register, page.needs):
            raise NotFound
        if request.method not in SAFE:
            refuse_past(seen_at(request))
        return page.view(request, register, **parts)

    return asks(f"{register.key}:{page.needs}")(view)


def record_of(request: HttpRequest, register: type[Register], pk: int, verb: str = "view") -> Any:
    """The record, with what its page needs of its references; the same answer for what is not there and what is not to be known of."""
    record = register.rows(visible_to(actor_of(request).account, register, verb)).filter(pk=pk).first()
    if record is None:
        raise NotFound
    return record


def version_of(request: HttpRequest) -> int | None:
    """The version that the sender had read; None, which no action takes, where it is missing or no number."""
    return whole_number(request.POST.get("version", ""), LONGEST_VERSION)


def text_of(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").strip()


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of an error summary: what is wrong, and the field that it leads to."""

    text: str
    target: str = ""


def error_list(register: type[Register], fault: ActionError | None) -> list[Fault]:
    """The sentences of an action that did not happen, for the summary at the head of the page."""
    if fault is None:
        return []
    if not isinstance(fault, Invalid):
        return [Fault(str(fault))]
    known = {*register.fields(), "reason"}
    return [Fault(text, f"id_{name}" if name in known else "") for name, texts in fault.errors.items() for text in texts]


def first_error(fault: ActionError | None, name: str) -> str:
    return " ".join(fault.errors.get(name, [])) if isinstance(fault, Invalid) else ""


def status_of(fault: ActionError | None) -> int:
    return 200 if fault is None else 409 if isinstance(fault, Stale) else 422
