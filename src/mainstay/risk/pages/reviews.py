"""One press says that a risk was reviewed and stands as it is."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from mainstay.register.asat import refuse_past
from mainstay.register.pages.page import record_of, text_of, version_of
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.risk import reviewing
from mainstay.risk.risk.register import RiskRegister


@require_POST
@asks("risk.risk:change")
def reviewed(request: HttpRequest, pk: int) -> HttpResponse:
    refuse_past(seen_at(request))
    record_of(request, RiskRegister, pk)
    reviewing.reviewed(pk, version_of(request), actor_of(request), text_of(request, "reason"))
    return HttpResponseRedirect(reverse("web.home") if request.POST.get("from") == "work" else RiskRegister.url("detail", pk))


urlpatterns: list[URLPattern] = [path("risk/risk/<int:pk>/reviewed/", reviewed, name="risk.reviewed")]
