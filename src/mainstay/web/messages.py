"""The page of outgoing messages, for administrators: what waits, what was sent, and what could not be."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainstay.post import sending
from mainstay.post.models import Message, State
from mainstay.register.requests import ADMINISTRATOR, asks

RECENT = 100
NOT_THERE = (State.FAILED, State.UNCLEAR)
"""Of which nobody knows that they arrived: they stand first."""


@require_safe
@asks(ADMINISTRATOR)
def messages(request: HttpRequest) -> HttpResponse:
    """The latest messages, those that could not be sent first."""
    rows = [*Message.objects.filter(state__in=NOT_THERE)[:RECENT], *Message.objects.exclude(state__in=NOT_THERE)[:RECENT]]
    context = {
        "title": _("Messages"),
        "rows": rows,
        "waiting": Message.objects.filter(state=State.WAITING, channel=None).count(),
        "is_set_up": sending.is_set_up(),
    }
    return render(request, "web/messages.html", context)


@require_POST
@asks(ADMINISTRATOR)
def try_again(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001  # what a view takes
    """Let a message that was given up wait for its next attempt."""
    Message.objects.filter(pk=pk, state__in=NOT_THERE).update(
        state=State.WAITING, next_at=timezone.now(), created_at=timezone.now(), error=""
    )
    return redirect("web.messages")
