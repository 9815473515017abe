"""Pages of templates: sending one, its next edition, the names it may use, and the pack made from it."""

from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mainstay import render as documents
from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.register import store
from mainstay.register.access import may, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.document import DocumentError
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.store import StoreError
from mainstay.register.trail import Crumb, crumbs
from mainstay.register.typed import LONGEST_VERSION, whole_number
from mainstay.reporting.comparing import attachment
from mainstay.reporting.snapshot.model import Snapshot
from mainstay.reporting.snapshot.register import SnapshotRegister
from mainstay.reporting.template import packing, storing
from mainstay.reporting.template.model import Template
from mainstay.reporting.template.register import TemplateRegister
from mainstay.reporting.templating import catalogue
from mainstay.reporting.templating.filling import TemplateFault

ACCEPTED = ".docx,.pptx,.xlsx"


def initiative_of(request: HttpRequest, pk: int) -> Initiative:
    """The initiative, for whoever may put a template there."""
    account = actor_of(request).account
    found = visible_to(account, InitiativeRegister).filter(pk=pk, is_withdrawn=False).first()
    if found is None or not storing.may_add(found, account):
        raise NotFound
    refuse_past(seen_at(request))
    return cast("Initiative", found)


def template_of(request: HttpRequest, pk: int, verb: str) -> Template:
    rows = visible_to(actor_of(request).account, TemplateRegister, verb).filter(pk=pk, is_withdrawn=False)
    found = rows.select_related("initiative").first()
    if found is None:
        raise NotFound
    return cast("Template", found)


def sent_file(request: HttpRequest) -> storing.Held:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Invalid({"file": [_("Choose the file of the template.")]})
    return storing.received(file)


@require_http_methods(["GET", "HEAD", "POST"])
@asks("reporting.template:create")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a file; with a fault it is told, without one it is kept as a draft."""
    place, actor = initiative_of(request, pk), actor_of(request)
    values = {name: request.POST.get(name, "") for name in ("title", "purpose", "once")}
    values["once"] = values["once"][:40] or get_random_string(20)
    errors: dict[str, list[str]] = {}
    held: storing.Held | None = None
    if request.method == "POST":
        try:
            held = sent_file(request)
            if not held.checked.faults:
                words = {name: values[name] for name in ("title", "purpose")}
                made = storing.add(place, held, words, actor, once=values["once"])
                return redirect(TemplateRegister.url("detail", made))
        except Invalid as fault:
            errors = fault.errors
    context = {
        "title": _("Add a template for %(code)s") % {"code": place.code},
        "values": values,
        "action": reverse("reporting.template_add", args=[place.pk]),
        "back": reverse("reporting.packs_of", args=[place.pk]),
        "breadcrumbs": [
            *crumbs(InitiativeRegister, actor.account, place),
            Crumb(place.title, InitiativeRegister.url("detail", place)),
            Crumb(_("Packs of %(code)s") % {"code": place.code}, reverse("reporting.packs_of", args=[place.pk])),
        ],
    }
    return sending_page(request, context, held, errors)


@require_http_methods(["GET", "HEAD", "POST"])
@asks("reporting.template:change")
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """The next edition of a template."""
    template, actor = template_of(request, pk, "change"), actor_of(request)
    refuse_past(seen_at(request))
    errors: dict[str, list[str]] = {}
    held: storing.Held | None = None
    if request.method == "POST":
        told = request.POST.get("version", "")
        try:
            held = sent_file(request)
            if not held.checked.faults:
                storing.replace(template, whole_number(told, LONGEST_VERSION), held, actor)
                return redirect(TemplateRegister.url("detail", template))
        except Invalid as fault:
            errors = fault.errors
    own = Crumb(template.title, TemplateRegister.url("detail", template))
    context = {
        "title": _("Next edition of %(title)s") % {"title": template.title},
        "template": template,
        "values": {"version": template.version},
        "action": reverse("reporting.template_replace", args=[template.pk]),
        "back": own.url,
        "breadcrumbs": [*crumbs(TemplateRegister, actor.account, template), own],
    }
    return sending_page(request, context, held, errors)


def sending_page(request: HttpRequest, context: dict[str, Any], held: storing.Held | None, errors: dict[str, list[str]]) -> HttpResponse:
    found = held.checked.faults if held else ()
    context |= {
        "held": held,
        "found": found,
        "accepted": ACCEPTED,
        "errors": {name: " ".join(texts) for name, texts in errors.items()},
        "faults": [
            {"text": text, "target": "id_file" if name == "file" else f"freeze-{name}"} for name, texts in errors.items() for text in texts
        ],
    }
    return render(request, "reporting/template_send.html", context, status=422 if errors or found else 200)


@require_safe
@asks("reporting.template:view")
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The template's own file, to edit it."""
    template = template_of(request, pk, "export")
    try:
        content = store.get(template.digest)
    except StoreError as fault:
        raise NotFound from fault
    return as_file(template.file_name, template.kind, content)


@require_safe
@asks("reporting.template:view")
def names(request: HttpRequest) -> HttpResponse:
    """All names that a template may use, with what each gives."""
    if not may(actor_of(request).account, "view", TemplateRegister):
        raise NotFound
    context = {
        "title": _("Names for templates"),
        "fields": catalogue.fields().values(),
        "lists": catalogue.lists().values(),
        "charts": catalogue.charts().values(),
    }
    return render(request, "reporting/template_names.html", context)


@require_safe
@asks("reporting.snapshot:export")
def pack(request: HttpRequest, pk: int, template: int) -> HttpResponse:
    """The pack of a snapshot, made from a template."""
    actor = actor_of(request)
    snapshot = SnapshotRegister.rows(visible_to(actor.account, SnapshotRegister, "export")).filter(pk=pk).first()
    found = storing.usable(template, snapshot, actor.account) if isinstance(snapshot, Snapshot) else None
    if not isinstance(snapshot, Snapshot) or found is None:
        raise NotFound
    try:
        name, content = packing.pack_of(snapshot, found)
    except (StoreError, DocumentError, TemplateFault) as fault:
        context = {
            "title": found.title,
            "lead": _("This pack cannot be made."),
            "fault": str(fault),
            "back": reverse("reporting.pack", args=[pk]),
        }
        return render(request, "reporting/template_fault.html", context, status=422 if isinstance(fault, TemplateFault) else 410)
    packing.taken(snapshot, found, len(content), actor)
    return as_file(name, found.kind, content)


def as_file(name: str, kind: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=documents.MEDIA_TYPES[cast("documents.Format", kind)])
    response["Content-Disposition"] = attachment(name)
    response["Content-Length"] = str(len(content))
    return response


urlpatterns: list[URLPattern] = [
    path("reporting/packs/<int:pk>/template/", add, name="reporting.template_add"),
    path("reporting/templates/names/", names, name="reporting.template_names"),
    path("reporting/templates/<int:pk>/edition/", replace, name="reporting.template_replace"),
    path("reporting/templates/<int:pk>/file/", original, name="reporting.template_file"),
    path("reporting/pack/<int:pk>/template/<int:template>/", pack, name="reporting.template_pack"),
]
