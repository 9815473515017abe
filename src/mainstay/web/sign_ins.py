"""Where one is signed in: one's own open sessions, listed and ended."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainstay.accounts import sign_ins
from mainstay.register.requests import SIGNED_IN, actor_of, asks
from mainstay.web.signing_in import told


@require_safe
@asks(SIGNED_IN)
def own_sign_ins(request: HttpRequest) -> HttpResponse:
    account = actor_of(request).account
    rows = sign_ins.open_of(account, request.session.session_key) if account else []
    others = sum(not row.is_here for row in rows)
    return render(request, "web/sign_ins.html", {"title": _("Where you are signed in"), "rows": rows, "others": others})


@require_POST
@asks(SIGNED_IN)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    account = actor_of(request).account
    if account is None or not sign_ins.end(account, pk):
        raise Http404
    told(request, "end session", account)
    return redirect("web.sign_ins")


@require_POST
@asks(SIGNED_IN)
def end_others(request: HttpRequest) -> HttpResponse:
    account = actor_of(request).account
    if account is not None and sign_ins.end_others(account, request.session.session_key):
        told(request, "end other sessions", account)
    return redirect("web.sign_ins")
