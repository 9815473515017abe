"""The office and the link of a promise with a party outside: how it stands, a new one, its end, and its address."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mainstay.accounts.models import Account
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency, PromiseLink
from mainstay.planning.promises import linking
from mainstay.planning.promises.link_life import DEAD, latest, may_be_made, why_dead, why_none
from mainstay.register import words
from mainstay.register.access import may, visible_to
from mainstay.register.asat import Moment, refuse_past
from mainstay.register.errors import Invalid, NotFound, Refused
from mainstay.register.panels import SIDE, Panel
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.trail import Crumb, crumbs


def link(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """For those who may decide, where a party outside is named."""
    if moment is not None or not record.outside or not may(account, "decide", DependencyRegister, record):
        return None
    held = latest(record)
    why = why_dead(held) if held is not None else ""
    makes = may_be_made(record)
    fault = "" if held is not None else why_none(record)
    context = {
        "url": reverse("planning.promise_link", args=[record.pk]),
        "held": held,
        "name": held.called if held is not None else "",
        "email": record.outside_email,
        "why": DEAD[why] if why else "",
        "none": DEAD[fault] if fault else _("None yet: with it %(name)s answers without signing in.") % {"name": record.outside_called},
        "may_make": makes,
        "is_live": held is not None and not why,
        "until": linking.usual_last_day(record) if makes else None,
        "today": timezone.localdate(),
        "latest": timezone.localdate() + linking.LONGEST,
    }
    return Panel("link", _("Signed link"), "register/parts/signed_link.html", context, place=SIDE)


@require_POST
@asks("planning.dependency:decide")
def manage(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link, which is mailed; the end of the one there is; or its address."""
    refuse_past(seen_at(request))
    actor = actor_of(request)
    row = cast("Dependency | None", DependencyRegister.rows(visible_to(actor.account, DependencyRegister)).filter(pk=pk).first())
    if row is None:
        raise NotFound
    if not may(actor.account, "decide", DependencyRegister, row):
        raise Refused(_("Only those who may decide here make and withdraw links."))
    what, held = request.POST.get("do", ""), latest(row)
    if what == "make":
        linking.make(row, linking.last_day(row, request.POST.get("until", "")), actor)
    elif held is None or why_dead(held):
        raise Refused(_("There is no link that opens this promise."))
    elif what == "withdraw":
        linking.withdraw(held, actor)
    elif what == "show":
        return shown(request, row, held)
    else:
        raise Invalid({"do": [_("Say whether to make, withdraw or show the link.")]})
    return redirect(DependencyRegister.url("detail", row))


def shown(request: HttpRequest, row: Dependency, held: PromiseLink) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "title": _("Signed link of %(name)s") % {"name": held.called},
        "back": DependencyRegister.url("detail", row),
        "on_behalf": held.called,
        "address": linking.show(held, actor),
        "until": words.day(held.expires_on),
        "breadcrumbs": [*crumbs(DependencyRegister, actor.account, row), Crumb(row.ref, DependencyRegister.url("detail", row))],
    }
    return render(request, "register/link_shown.html", context)


urlpatterns: list[URLPattern] = [path("planning/dependencies/<int:pk>/link/", manage, name="planning.promise_link")]
