"""Addresses of the web face, then those of every register."""

from django.urls import URLPattern, path

from mainstay.web import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="web.home"),
    path("sign-in/", views.SignIn.as_view(), name="web.login"),
]
