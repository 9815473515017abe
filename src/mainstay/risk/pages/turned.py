"""Two buttons: an assumption becomes a risk, a risk that has happened an issue."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from mainstay.register.asat import refuse_past
from mainstay.register.errors import Invalid
from mainstay.register.pages import detail
from mainstay.register.pages.page import error_list, record_of, status_of, text_of, version_of
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.risk import turning
from mainstay.risk.assumption.register import AssumptionRegister
from mainstay.risk.issue.register import IssueRegister
from mainstay.risk.risk.register import RiskRegister


@require_POST
@asks("risk.assumption:change")
def make_risk(request: HttpRequest, pk: int) -> HttpResponse:
    refuse_past(seen_at(request))
    record = record_of(request, AssumptionRegister, pk)
    try:
        made = turning.risk_of(pk, version_of(request), actor_of(request))
    except Invalid as fault:
        return detail.show(request, AssumptionRegister, record, status=status_of(fault), errors=error_list(AssumptionRegister, fault))
    return HttpResponseRedirect(RiskRegister.url("detail", made))


@require_POST
@asks("risk.risk:change")
def make_issue(request: HttpRequest, pk: int) -> HttpResponse:
    refuse_past(seen_at(request))
    record = record_of(request, RiskRegister, pk)
    try:
        made = turning.issue_of(pk, version_of(request), actor_of(request), reason=text_of(request, "reason"))
    except Invalid as fault:
        return detail.show(request, RiskRegister, record, status=status_of(fault), errors=error_list(RiskRegister, fault))
    return HttpResponseRedirect(IssueRegister.url("detail", made))


urlpatterns: list[URLPattern] = [
    path("risk/assumption/<int:pk>/make-risk/", make_risk, name="risk.make_risk"),
    path("risk/risk/<int:pk>/make-issue/", make_issue, name="risk.make_issue"),
]
