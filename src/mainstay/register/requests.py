"""Between a request and the mechanism: what a view asks of its visitor, declared on the view itself, and who asks.

A view that declares nothing stops the start.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from mainstay.register.asat import Moment, moment_of
from mainstay.register.history import Actor

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed in"
ADMINISTRATOR = "administrator"


def asks(permission: str) -> Callable[[View], View]:
    """Declare who may come in: anyone, whoever is signed in, or a verb of a register (`risk.risk:view`)."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]  # the declaration is the attribute
        return view

    return mark


def permission_of(view: Any) -> str | None:
    """The declaration of a resolved view; class-based views carry it on `view_class`, API operations on the path view."""
    for holder in (view, getattr(view, "view_class", None), getattr(view, "__self__", None)):
        found = getattr(holder, "permission", None)
        if isinstance(found, str):
            return found
    return None


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = getattr(request, "actor", Actor(None))
    return actor


def seen_at(request: HttpRequest) -> Moment | None:
    """The moment of the past that the address asks for (`?as_at=`), looked up once; None for live. `Invalid` where it names none."""
    if not hasattr(request, "_seen_at"):
        request._seen_at = moment_of(request.GET.get("as_at", ""), actor_of(request).account)  # type: ignore[attr-defined]  # a note on the request
    moment: Moment | None = request._seen_at  # type: ignore[attr-defined]  # the same note
    return moment
