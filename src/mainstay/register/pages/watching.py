"""Watching a record: hearing of its changes, having seen them, and no longer hearing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from mainstay.register import about
from mainstay.register.pages.page import Page, text_of
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register


@require_POST
def watch(request: HttpRequest, register: type[Register], pk: int) -> HttpResponse:
    act = about.unwatch if text_of(request, "do") == "unwatch" else about.watch
    act(register, pk, actor_of(request))
    return HttpResponseRedirect(register.url("detail", pk))


PAGES = (Page("watch", "<int:pk>/watch/", watch),)
