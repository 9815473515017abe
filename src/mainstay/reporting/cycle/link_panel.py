"""The office and the signed link of a return: how it stands, a new one, its end, and its address where it has to be sent by other means."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mainstay.accounts.models import Account
from mainstay.register import words
from mainstay.register.access import may
from mainstay.register.asat import Moment
from mainstay.register.errors import Invalid, NotFound, Refused
from mainstay.register.panels import SIDE, Panel
from mainstay.register.requests import actor_of, asks
from mainstay.register.trail import Crumb, crumbs
from mainstay.reporting.cycle import asking, chase, linking, supplier
from mainstay.reporting.cycle.return_link import ReturnLink
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.project_return.register import ReturnRegister


def link(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """For the office alone."""
    if moment is not None or not may(account, "decide", ReturnRegister, record):
        return None
    row = asking.return_of(record.pk, account)
    if row is None:
        return None
    held = linking.latest(row)
    why = linking.why_dead(held) if held is not None else ""
    if held is None and not linking.may_be_made(row):
        return None
    context = {
        "url": reverse("reporting.link", args=[row.pk]),
        "held": held,
        "name": held.person.title if held is not None else "",
        "email": row.owner.email if row.owner is not None else "",
        "none": _("None yet: it goes out with the e-mail that asks for the return."),
        "why": linking.DEAD[why] if why else "",
        "gone": supplier.why_gone(row),
        "may_make": linking.may_be_made(row),
        "is_live": held is not None and not why,
    }
    return Panel("link", _("Signed link"), "register/parts/signed_link.html", context, place=SIDE)


@require_POST
@asks("reporting.project_return:decide")
def manage(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link, which is mailed; the end of the one there is; or its address."""
    actor = actor_of(request)
    row = asking.return_of(pk, actor.account)
    if row is None:
        raise NotFound
    if not may(actor.account, "decide", ReturnRegister, row):
        raise Refused(_("Only the office that asked may do this."))
    what, held = request.POST.get("do", ""), linking.latest(row)
    if what == "make":
        if not linking.may_be_made(row):
            raise Refused(linking.why_not(row))
        chase.send_link(row, linking.make(row, actor))
    elif held is None or linking.why_dead(held):
        raise Refused(_("There is no link that opens this return."))
    elif what == "withdraw":
        linking.withdraw(held, actor)
    elif what == "show":
        return shown(request, row, held)
    else:
        raise Invalid({"do": [_("Say whether to make, withdraw or show the link.")]})
    return redirect(ReturnRegister.url("detail", row))


def shown(request: HttpRequest, row: Return, held: ReturnLink) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "title": _("Signed link of %(name)s") % {"name": held.person.title},
        "back": ReturnRegister.url("detail", row),
        "on_behalf": held.person.title,
        "address": linking.show(held, actor),
        "until": words.day(held.expires_on),
        "breadcrumbs": [*crumbs(ReturnRegister, actor.account, row), Crumb(row.ref, ReturnRegister.url("detail", row))],
    }
    return render(request, "register/link_shown.html", context)


urlpatterns: list[URLPattern] = [path("reporting/returns/<int:pk>/link/", manage, name="reporting.link")]
