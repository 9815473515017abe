"""My work: what is late, asked, coming, drifting and changed, each with its next step."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mainstay.register.requests import SIGNED_IN, asks


@require_safe
@asks(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html")
