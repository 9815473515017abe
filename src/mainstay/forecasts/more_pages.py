"""Pages beside a forecast's own: two runs compared, a run made again, and its samples as a file."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainstay.forecasts import comparing, samples, viewing
from mainstay.forecasts.run.model import Run
from mainstay.forecasts.run.register import RunRegister
from mainstay.initiatives.finding import initiative_for, way_to
from mainstay.initiatives.models import Initiative
from mainstay.jobs import work
from mainstay.register.access import may
from mainstay.register.asat import refuse_past
from mainstay.register.document import DocumentError
from mainstay.register.errors import NotFound
from mainstay.register.history import Event, record_event
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.store import StoreError
from mainstay.register.typed import whole_number

GONE = 410


@require_safe
@asks("forecasts.run:view")
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two runs of one initiative beside each other."""
    place = readable(request, pk)
    before, after = (run_of(request, place, request.GET.get(name, "")) for name in ("before", "after"))
    context = {
        "title": _("Runs %(before)s and %(after)s") % {"before": before.ref, "after": after.ref},
        "initiative": place,
        "breadcrumbs": way_to(actor_of(request).account, place),
    }
    try:
        found = comparing.compare(before, after)
    except (StoreError, DocumentError) as fault:
        return render(request, "forecasts/compare.html", {**context, "fault": str(fault)}, status=GONE)
    tables = [
        ("results", _("The whole"), found.results, _("Nothing.")),
        ("parts", _("Projects and milestones"), found.parts, _("There are none in both.")),
        ("drivers", _("What P80 would lose without each"), found.drivers, _("No driver moved by a tenth of a day.")),
        ("critical", _("Share of the runs in which an activity drives the finish"), found.critical, _("No share moved by two points.")),
    ]
    return render(request, "forecasts/compare.html", {**context, "found": found, "tables": tables})


@require_POST
@asks("forecasts.run:create")
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a run again as a job; what came of it stands on its basis page and in its history."""
    place, actor = readable(request, pk), actor_of(request)
    if not viewing.may_run(actor.account, place):
        raise NotFound
    refuse_past(seen_at(request))
    run = run_of(request, place, request.POST.get("run", ""))
    arguments = {"run": run.pk, "by": actor.account.pk if actor.account else 0}
    title, url = _("%(ref)s made again") % {"ref": run.ref}, reverse("forecasts.section", args=[place.pk, "basis"])
    return redirect("web.job", pk=work.start("forecasts.again", arguments, by=actor.account, title=title, url=url).pk)


@require_safe
@asks("forecasts.run:export")
def samples_file(request: HttpRequest, pk: int, run: int) -> HttpResponse | StreamingHttpResponse:
    """Finish and cost of every iteration as CSV; told in the history like every export."""
    place, actor = readable(request, pk), actor_of(request)
    found = run_of(request, place, str(run))
    if not found.samples_digest or not may(actor.account, "export", RunRegister, found):
        raise NotFound
    try:
        told = samples.read(found.samples_digest)
    except StoreError as fault:
        return HttpResponse(str(fault), status=GONE, content_type="text/plain; charset=utf-8")
    record_event(Event(RunRegister.key, "export", found.pk, found.ref, place.path, reason=f"csv, {told.count} iterations"), actor)
    name = f"{place.code} {found.ref} samples.csv"
    answer = StreamingHttpResponse(told.lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, name)  # Django's own order
    return answer


def readable(request: HttpRequest, pk: int) -> Initiative:
    """The initiative, where the caller may read the whole of it."""
    place, account = initiative_for(request, pk), actor_of(request).account
    if not may(account, "view", RunRegister) or not viewing.may_see(account, place):
        raise NotFound
    return place


def run_of(request: HttpRequest, place: Initiative, told: str) -> Run:
    number = whole_number(told)
    run = viewing.runs(place, seen_at(request)).filter(pk=number).first() if number is not None else None
    if run is None:
        raise NotFound
    return run
