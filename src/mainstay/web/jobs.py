"""The page of a job: how far it is, what came of it, and its cancel button; for its starter and administrators only."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.jobs import work
from mainstay.jobs.models import Job, State
from mainstay.register.requests import SIGNED_IN, actor_of, asks

RECENT = 50


def own(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(work.visible_to(actor_of(request).account), pk=pk)


@asks(SIGNED_IN)
def jobs(request: HttpRequest) -> HttpResponse:
    """The latest jobs of whoever asks."""
    rows = work.visible_to(actor_of(request).account).select_related("by")[:RECENT]
    return render(request, "web/jobs.html", {"title": _("Jobs"), "jobs": [(row, detail(row)) for row in rows]})


@asks(SIGNED_IN)
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One job. Whoever reloads after its end is led to what it made."""
    found = own(request, pk)
    if found.state == State.DONE and (target := after(found)):
        return HttpResponseRedirect(target)
    context = {"title": found.title, "job": found, "detail": detail(found), "status_url": reverse("web.job_status", args=[pk])}
    return render(request, "web/job.html", {**context, "cancel_url": reverse("web.job_cancel", args=[pk])})


@asks(SIGNED_IN)
def job_status(request: HttpRequest, pk: int) -> JsonResponse:
    """The same for the page's script."""
    found = own(request, pk)
    told: dict[str, Any] = {
        "percent": found.percent,
        "detail": detail(found),
        "state": found.state,
        "url": after(found) if found.is_over else "",
    }
    return JsonResponse(told)


@asks(SIGNED_IN)
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        raise Http404
    work.cancel(own(request, pk))
    return redirect("web.job", pk=pk)


def after(job: Job) -> str:
    """Where its starter is led at the end: an address of this installation, or nowhere."""
    url = job.result.get("url") or job.url
    return url if isinstance(url, str) and url.startswith("/") and url_has_allowed_host_and_scheme(url, None) else ""


def detail(job: Job) -> str:
    """The step and how long it will take, or how it ended."""
    if job.state == State.QUEUED:
        return _("waiting for its turn")
    if job.state == State.RUNNING:
        if job.cancel_asked:
            return _("stopping at the next step")
        left = job.seconds_left
        text = job.text or _("working")
        return text if left is None else _("%(text)s, about %(left)s left") % {"text": text, "left": lasting(left)}
    if job.state == State.DONE:
        return _("done in %(time)s") % {"time": lasting(job.seconds or 0)}
    return _("cancelled; nothing was half done") if job.state == State.CANCELLED else _("failed")


def lasting(seconds: float) -> str:
    """A length of time in the largest unit that still says something."""
    if seconds < 9.95:
        return _("%(n)s s") % {"n": f"{seconds:.1f}"}
    if seconds < 90:
        return _("%(n)s s") % {"n": round(seconds)}
    minutes = round(seconds / 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
