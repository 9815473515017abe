"""Pages that belong to no register: sign-in, home."""

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mainstay.register.requests import PUBLIC, SIGNED_IN, asks


class SignIn(LoginView):
    permission = PUBLIC
    template_name = "web/login.html"


@asks(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html")
