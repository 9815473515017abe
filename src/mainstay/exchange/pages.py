"""Pages of imports: send files, check what stands in them, take them in or leave it."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from mainstay.exchange import batch, uploads
from mainstay.exchange.models import Stage, Upload
from mainstay.initiatives.models import Initiative
from mainstay.planning.plan.register import PlanRegister
from mainstay.register.access import may
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.history import Actor
from mainstay.register.requests import actor_of, asks
from mainstay.register.spec import REGISTERS

RECENT = 20
PERMISSION = f"{PlanRegister.key}:import"


def importer(request: HttpRequest) -> Actor:
    """Who asks, if there is anything that they may import."""
    actor = actor_of(request)
    if not may(actor.account, "import", PlanRegister):
        raise NotFound
    return actor


def own(request: HttpRequest, pk: int) -> Upload:
    """An import is its sender's own."""
    return get_object_or_404(Upload.objects.select_related("job", "into"), pk=pk, by=importer(request).account)


MOST_OFFERED = 200
"""Initiatives that a list offers to choose from; of more, the code is typed."""


def choices(actor: Actor) -> list[Initiative]:
    """What a list offers, or nothing where there are too many for one."""
    found = batch.candidates(None, actor, MOST_OFFERED + 1)
    return found if len(found) <= MOST_OFFERED else []


@asks(PERMISSION)
def imports(request: HttpRequest) -> HttpResponse:
    """Send files; below, what was sent lately."""
    actor = importer(request)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            upload = send(request, actor)
        except Invalid as fault:
            errors = [{"text": text, "target": "id_files"} for texts in fault.errors.values() for text in texts]
        else:
            return redirect("web.job", pk=upload.job_id)
    context = {
        "title": _("Import"),
        "errors": errors,
        "into": request.POST.get("into", request.GET.get("into", "")),
        "initiatives": choices(actor),
        "registers": [register for register in REGISTERS.values() if register.is_entered and may(actor.account, "import", register)],
        "register": request.POST.get("register", ""),
        "recent": Upload.objects.filter(by=actor.account)[:RECENT],
    }
    return render(request, "exchange/imports.html", context, status=422 if errors else 200)


def send(request: HttpRequest, actor: Actor) -> Upload:
    code, key = request.POST.get("into", ""), request.POST.get("register", "")
    into = batch.initiative_called(code, actor) if code else None
    if key:
        batch.register_called(key)
    files = [file for file in request.FILES.getlist("files") if isinstance(file, UploadedFile)]
    return uploads.receive(files, actor, into, key)


@asks(PERMISSION)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the files once more, with the options that the page offers."""
    upload = own(request, pk)
    if request.method != "POST":
        raise Http404
    uploads.read_again(upload, unversioned="unversioned" in request.POST, additions="additions" in request.POST)
    return redirect("exchange.import", pk=pk)


@asks(PERMISSION)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the files, and what is odd about it; confirm to take it in."""
    upload = own(request, pk)
    actor = actor_of(request)
    if upload.stage == Stage.READING and upload.job_id:
        return redirect("web.job", pk=upload.job_id)
    return render(request, "exchange/import.html", shown(upload, actor))


def shown(upload: Upload, actor: Actor, errors: list[str] | None = None) -> dict[str, Any]:
    """What the page of an import needs."""
    found = upload.found
    failed = upload.job.error if upload.job and upload.job.state == "failed" else ""
    plans = [{**row, "number": number, "counts": counts(row)} for number, row in enumerate(found.get("plans", []))]
    tables = [{**row, "title": REGISTERS[row["register"]].title()} for row in found.get("tables", []) if row["register"] in REGISTERS]
    offers_versions = upload.unversioned or any(row.get("is_unversioned") for row in tables)
    unknown = sorted({name for row in tables for name in row.get("unknown", [])})
    where = upload.into.title if upload.into else _("all that you may load into")
    return {
        "title": str(upload),
        "upload": upload,
        "stages": Stage,
        "steps": steps(upload),
        "plans": plans,
        "tables": tables,
        "unreadable": found.get("faults", {}).items(),
        "errors": [{"text": text, "target": ""} for text in (errors or ([failed] if failed else []))],
        "can_be_taken": upload.stage == Stage.READY and bool(plans or tables) and not is_blocked(upload),
        "initiatives": choices(actor),
        "offers_versions": offers_versions,
        "unknown": unknown,
        "offers_options": upload.stage == Stage.READY and (offers_versions or upload.additions or bool(unknown)),
        "meta": _("Matched below %(where)s.") % {"where": where},
        "taken": upload.taken.items(),
        "made": [(REGISTERS[key].title(), REGISTERS[key].url()) for key in made_in(upload)],
    }


def is_blocked(upload: Upload) -> bool:
    """Whether a file that cannot be read, or a faulty row, keeps all from being taken in."""
    return bool(upload.found.get("faults")) or any(row["faulty"] for row in upload.found.get("tables", []))


def made_in(upload: Upload) -> list[str]:
    """The registers that now hold something of this import."""
    keys = [PlanRegister.key] if upload.found.get("plans") else []
    return keys + list(dict.fromkeys(row["register"] for row in upload.found.get("tables", []) if row["register"] in REGISTERS))


def counts(row: dict[str, Any]) -> list[str]:
    """How much stands in a plan, in words."""
    texts = {
        "activities": ngettext_lazy("%d activity", "%d activities"),
        "links": ngettext_lazy("%d link", "%d links"),
        "external_links": ngettext_lazy("%d link to another file", "%d links to other files"),
        "resources": ngettext_lazy("%d resource", "%d resources"),
        "assignments": ngettext_lazy("%d assignment", "%d assignments"),
        "calendars": ngettext_lazy("%d calendar", "%d calendars"),
    }
    return [str(text % row[name]) for name, text in texts.items() if row.get(name)]


def steps(upload: Upload) -> list[dict[str, Any]]:
    place = {Stage.READING: 0, Stage.READY: 1}.get(Stage(upload.stage), 2)
    first = {"label": _("1. Files"), "url": reverse("exchange.imports")}
    told: list[dict[str, Any]] = [first, {"label": _("2. Check")}, {"label": _("3. Taken in")}]
    told[place]["current"] = True
    return told


@asks(PERMISSION)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the files in, with the initiatives as chosen on the page."""
    upload = own(request, pk)
    if request.method != "POST":
        raise Http404
    if upload.stage != Stage.READY or is_blocked(upload):
        return redirect("exchange.import", pk=pk)
    actor = actor_of(request)
    plans = upload.found.get("plans", [])
    places = {str(number): request.POST.get(f"place-{number}", row["initiative"] or "") for number, row in enumerate(plans)}
    blocked = [_("Correct the files named below and send them again. Nothing has been taken in.")] if is_blocked(upload) else []
    accepted = {f"{batch.ACCEPT}{number}" for number in range(len(plans)) if request.POST.get(f"{batch.ACCEPT}{number}")}
    faults = blocked + misplaced(places, actor) + unlooked(plans, places, accepted)
    if faults:
        return render(request, "exchange/import.html", shown(upload, actor, faults), status=422)
    return redirect("web.job", pk=uploads.confirm(upload, {**places, **dict.fromkeys(accepted, "yes")}, actor).pk)


def unlooked(plans: list[dict[str, Any]], places: dict[str, str], accepted: set[str]) -> list[str]:
    """Plans that something stands against, where nobody has said that they are to be taken in all the same."""
    return [
        _("%(project)s: tick that you take it in all the same, or leave it out.") % {"project": row["project"]}
        for number, row in enumerate(plans)
        if row.get("stops") and places[str(number)] == row["initiative"] and f"{batch.ACCEPT}{number}" not in accepted
    ]


def misplaced(places: dict[str, str], actor: Actor) -> list[str]:
    """An initiative named for two projects, or one that is not there for this account."""
    codes = [code for code in places.values() if code]
    known = {row.code for row in batch.candidates(None, actor)}
    strange = [
        _("There is no initiative %(code)s that you may load plans for.") % {"code": code[:40]} for code in codes if code not in known
    ]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    return strange + [_("%(code)s is named for more than one plan. Choose another for one of them.") % {"code": code} for code in twice]


@asks(PERMISSION)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it: the files are cleared away."""
    if request.method != "POST":
        raise Http404
    uploads.discard(own(request, pk))
    return redirect("exchange.imports")


urlpatterns = [
    path("imports/", imports, name="exchange.imports"),
    path("imports/<int:pk>/", one, name="exchange.import"),
    path("imports/<int:pk>/again/", again, name="exchange.again"),
    path("imports/<int:pk>/confirm/", confirm, name="exchange.confirm"),
    path("imports/<int:pk>/discard/", discard, name="exchange.discard"),
]
