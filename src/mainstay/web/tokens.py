"""One's own tokens for programs: made and shown once, listed with their last use, revoked."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.accounts import tokens
from mainstay.accounts.models import Token
from mainstay.register.requests import SIGNED_IN, actor_of, asks

DAYS = (30, 90, 180, 365)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(SIGNED_IN)
def own_tokens(request: HttpRequest) -> HttpResponse:
    """The list; sent with a name, a new token, whose text stands on this one answer only."""
    if request.method != "POST":
        return shown(request)
    account = actor_of(request).account
    name = request.POST.get("name", "").replace("\x00", "").strip()
    days = request.POST.get("days", "")
    if account is None or not name:
        return shown(request, faults=[_("Say what the token is for, so that you know it again.")], status=422)
    if days not in {str(each) for each in DAYS}:
        return shown(request, faults=[_("Choose how long the token holds.")], status=422)
    try:
        _token, text = tokens.make(account, name, may_write=request.POST.get("may_write") == "yes", days=int(days))
    except tokens.TooManyTokens:
        sentence = _("You have %(n)d tokens that hold. Revoke one that nobody uses first.") % {"n": tokens.MOST_LIVE}
        return shown(request, faults=[sentence], status=422)
    answer = shown(request, new=text)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@asks(SIGNED_IN)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = Token.objects.filter(pk=pk, account=actor_of(request).account).first()
    if token is None:
        raise Http404
    tokens.revoke(token)
    return redirect("web.tokens")


def shown(request: HttpRequest, *, status: int = 200, **extra: Any) -> HttpResponse:
    rows = Token.objects.filter(account=actor_of(request).account)
    return render(request, "web/tokens.html", {"title": _("Tokens for programs"), "rows": rows, "days": DAYS, **extra}, status=status)
