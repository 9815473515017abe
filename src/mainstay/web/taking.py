"""A table or picture taken from a page: only by those who may export, and told in the history like every export."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from mainstay.accounts.models import Account
from mainstay.register.access import may
from mainstay.register.errors import NotFound
from mainstay.register.history import Event, record_event
from mainstay.register.requests import SIGNED_IN, actor_of, asks
from mainstay.register.spec import REGISTERS

FORMS = ("copy", "csv", "svg")
LONGEST = 160


def may_take(account: Account | None) -> bool:
    """Whether the pages offer it: to whoever may export from any register."""
    return any(may(account, "export", register) for register in REGISTERS.values())


@require_POST
@asks(SIGNED_IN)
def taken(request: HttpRequest) -> HttpResponse:
    """Note what was taken, in which form, from where; the page takes it only after that."""
    actor = actor_of(request)
    form, title, place = (request.POST.get(name, "")[:LONGEST] for name in ("form", "title", "place"))
    if actor.account is None or form not in FORMS or not title or not place.startswith("/") or not may_take(actor.account):
        raise NotFound
    record_event(Event("accounts.account", "export", actor.account.pk, reason=f"{form}: {title}, {place}"), actor)
    return HttpResponse(status=204)
