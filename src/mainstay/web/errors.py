"""Error pages: what happened and what to do next, in one sentence each; never a trace."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from mainstay.register.problems import problem

TEXTS = {
    400: _("The address or the form could not be read. Go back and try again."),
    403: _("You may see this but not do it. Ask the office that supports the initiative."),
    404: _("There is no such page, or it is not yours to see."),
    409: _("This has changed since you opened it."),
    413: _("The file is too large."),
    422: _("Something that was entered cannot be used."),
    500: _("Mainstay could not do this. Nothing was changed. Try again; if it stays, tell your administrator the time."),
}


def page(request: HttpRequest, status: int, text: str = "") -> HttpResponse:
    context = {"status": status, "text": text or TEXTS.get(status, TEXTS[500])}
    return HttpResponse(render_to_string("web/error.html", context, request=request), status=status)


def plain(request: HttpRequest, status: int) -> HttpResponse:
    """For programs JSON, for people a page."""
    if request.path.startswith("/api/"):
        return problem(status, str(TEXTS[status]))
    return page(request, status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001  # the framework's signature
    return plain(request, 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001  # the framework's signature
    return plain(request, 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001  # the framework's signature
    return plain(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return plain(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # the reason is for developers
    return page(
        request,
        403,
        str(_("The form came without its token, perhaps because it had been open for long. Go back, reload the page and send it again.")),
    )
