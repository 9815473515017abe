"""Addresses of the web face, then those of every register."""

from django.urls import URLPattern, path

from mainstay.web import jobs, views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="web.home"),
    path("sign-in/", views.SignIn.as_view(), name="web.login"),
    path("jobs/", jobs.jobs, name="web.jobs"),
    path("jobs/<int:pk>/", jobs.job, name="web.job"),
    path("jobs/<int:pk>/status/", jobs.job_status, name="web.job_status"),
    path("jobs/<int:pk>/cancel/", jobs.job_cancel, name="web.job_cancel"),
]
