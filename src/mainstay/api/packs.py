"""Packs and their templates: freezing, making a file, sending it to its list, and templates in and out. The same steps as the pages'."""

from collections.abc import Iterator
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from mainstay import render
from mainstay.api import bodies
from mainstay.api.answers import account_of, answer, record_answer, record_of
from mainstay.api.operations import WRITES, Operation
from mainstay.api.registers import ETAG, IF_MATCH, ONCE
from mainstay.api.schemas import Schema, ref
from mainstay.api.writes import once_of
from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.register import store
from mainstay.register.access import visible_to
from mainstay.register.document import DocumentError
from mainstay.register.errors import Frozen, Invalid, NotFound, Refused
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register
from mainstay.register.store import StoreError
from mainstay.register.typed import whole_number
from mainstay.reporting import making
from mainstay.reporting.distribution import delivering
from mainstay.reporting.distribution.pages import may_send
from mainstay.reporting.distribution.register import DistributionRegister
from mainstay.reporting.snapshot.register import SnapshotRegister
from mainstay.reporting.template import packing, storing
from mainstay.reporting.template.register import TemplateRegister
from mainstay.reporting.templating.filling import TemplateFault


def place_of(request: HttpRequest, told: Any) -> Initiative:
    """The initiative that was named by its id, where the caller may see it."""
    text = str(told) if isinstance(told, int | str) and not isinstance(told, bool) else ""
    found = visible_to(account_of(request), InitiativeRegister).filter(pk=whole_number(text) or 0, is_withdrawn=False).first()
    if found is None:
        raise Invalid({"initiative": [_("Send the id of an initiative that you may see.")]})
    return cast("Initiative", found)


def freeze(request: HttpRequest, register: type[Register]) -> JsonResponse:
    """Freeze what is known of an initiative, as the caller may see it, under a name. It never changes afterwards."""
    body = bodies.body_of(request)
    bodies.refuse_others(body, "initiative", "title", "audience")
    place = place_of(request, body.get("initiative"))
    title, audience = bodies.text_of(body, "title"), bodies.text_of(body, "audience")
    made = making.freeze(place, title, actor_of(request), audience=audience, once=once_of(request))
    return record_answer(request, register, made, 201)


def pack(request: HttpRequest, register: type[Register], pk: int, form: str) -> HttpResponse:
    """The pack of a snapshot as a file: docx, pptx, xlsx or pdf. The same snapshot gives the same bytes."""
    if form not in making.FORMATS:
        raise NotFound
    snapshot = record_of(request, register, pk, "export")
    name, content = whole(lambda: making.make(snapshot, form))
    packing.given(snapshot, f"{form}, {len(content)} bytes", actor_of(request))
    return file(name, render.MEDIA_TYPES[form], content)


def pack_from(request: HttpRequest, register: type[Register], pk: int, template: int) -> HttpResponse:
    """The pack of a snapshot made from a template that is in use for it."""
    snapshot = record_of(request, register, pk, "export")
    found = storing.usable(template, snapshot, account_of(request))
    if found is None:
        raise NotFound
    name, content = whole(lambda: packing.pack_of(snapshot, found))
    packing.taken(snapshot, found, len(content), actor_of(request))
    return file(name, render.MEDIA_TYPES[cast("render.Format", found.kind)], content)


def whole(make: Any) -> tuple[str, bytes]:
    """What `make` gives, or one sentence where the frozen facts or the template cannot be used."""
    try:
        made: tuple[str, bytes] = make()
    except (StoreError, DocumentError) as fault:
        raise Frozen(str(fault)) from fault
    except TemplateFault as fault:
        raise Invalid({"template": [f"{one.place}: {one.text}" for one in fault.faults]}) from fault
    return made


def send(request: HttpRequest, register: type[Register], snapshot: int) -> JsonResponse:  # noqa: ARG001  # every operation's first argument
    """Send the pack of a snapshot to its list now, to each person once. Whoever may not see it is refused; the delivery says why."""
    found, actor = record_of(request, SnapshotRegister, snapshot), actor_of(request)
    if not may_send(found, actor):
        raise Refused(_("You may see this pack but not send it to its list."))
    if found.is_superseded:
        raise Refused(_("%(title)s has been corrected. Send the pack that stands in its place.") % {"title": found.title})
    return answer(delivering.send_to_list(found, actor))


def upload(request: HttpRequest, register: type[Register]) -> JsonResponse:
    """Send a template: multipart/form-data with `file`, `initiative`, `title` and `purpose`.

    It is checked, and kept as a draft where nothing is wrong; else every fault is told with its place.
    """
    place = place_of(request, request.POST.get("initiative", ""))
    if not storing.may_add(place, account_of(request)):
        raise Refused(_("You may not add templates to %(place)s.") % {"place": place})
    words = {name: request.POST.get(name, "") for name in ("title", "purpose")}
    made = storing.add(place, sent(request), words, actor_of(request), once=once_of(request))
    return record_answer(request, register, made, 201)


def edition(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """Send the next edition of a template: multipart/form-data with `file`, and the version that was read as `If-Match`."""
    template = record_of(request, register, pk, "change")
    return record_answer(request, register, storing.replace(template, bodies.version_of(request, {}), sent(request), actor_of(request)))


def sent(request: HttpRequest) -> storing.Held:
    held = request.FILES.get("file")
    if not isinstance(held, UploadedFile):
        raise Invalid({"file": [_("Send the file of the template as the part `file` of multipart/form-data.")]})
    return storing.received(held)


def original(request: HttpRequest, register: type[Register], pk: int) -> HttpResponse:
    """The template's own file, as it was sent."""
    template = record_of(request, register, pk, "export")
    content = whole(lambda: (template.file_name, store.get(template.digest)))[1]
    return file(template.file_name, render.MEDIA_TYPES[cast("render.Format", template.kind)], content)


def file(name: str, kind: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
BINARY: Schema = {"type": "string", "contentMediaType": "application/octet-stream"}
FREEZE: Schema = {
    "type": "object",
    "properties": {"initiative": NUMBER, "title": TEXT, "audience": TEXT},
    "required": ["initiative", "title"],
    "additionalProperties": False,
}
UPLOAD: Schema = {
    "type": "object",
    "properties": {"file": BINARY, "initiative": NUMBER, "title": TEXT, "purpose": TEXT},
    "required": ["file", "initiative", "title"],
}
EDITION: Schema = {"type": "object", "properties": {"file": BINARY}, "required": ["file"]}
COUNTS: Schema = {"type": "object", "properties": {"sent": NUMBER, "refused": NUMBER}, "required": ["sent", "refused"]}
TAKES = (400, 401, 403, 404, 409, 422, 429, 503)


def operations() -> Iterator[Operation]:
    yield from of_snapshots()
    yield from of_templates()


def of_snapshots() -> Iterator[Operation]:
    kind, tag, place = SnapshotRegister, SnapshotRegister.title(), "/reporting/snapshot"
    yield Operation(
        "POST", place, freeze, "reporting.snapshot:create", "freeze_reporting_snapshot", "Freeze a snapshot", tag, ref("Snapshot"), 201,
        FREEZE, parameters=(ONCE,), failures=WRITES, register=kind, headers={**ETAG, "Location": "Where the new record is."},
    )  # fmt: skip
    yield Operation(
        "GET", f"{place}/{{int:pk}}/pack/{{form}}", pack, "reporting.snapshot:export", "pack_reporting_snapshot",
        "The pack of one snapshot as a file", tag, BINARY, result_type="application/octet-stream", failures=TAKES, register=kind,
    )  # fmt: skip
    yield Operation(
        "GET", f"{place}/{{int:pk}}/template/{{int:template}}", pack_from, "reporting.snapshot:export", "pack_from_reporting_template",
        "The pack of one snapshot from a template", tag, BINARY, result_type="application/octet-stream", failures=TAKES, register=kind,
    )  # fmt: skip
    yield Operation(
        "POST", "/reporting/distribution/send/{int:snapshot}", send, "reporting.distribution:change", "send_reporting_distribution",
        "Send one pack to its list", DistributionRegister.title(), COUNTS, failures=WRITES, register=DistributionRegister,
    )  # fmt: skip


def of_templates() -> Iterator[Operation]:
    kind, tag, place = TemplateRegister, TemplateRegister.title(), "/reporting/template"
    form = "multipart/form-data"
    yield Operation(
        "POST", place, upload, "reporting.template:create", "upload_reporting_template", "Send a template", tag, ref("Template"), 201,
        UPLOAD, form, parameters=(ONCE,), failures=WRITES, register=kind, headers={**ETAG, "Location": "Where the new record is."},
    )  # fmt: skip
    yield Operation(
        "POST", f"{place}/{{int:pk}}/edition", edition, "reporting.template:change", "edition_reporting_template",
        "Send the next edition of one template", tag, ref("Template"), 200, EDITION, form, parameters=(IF_MATCH,), failures=WRITES,
        register=kind, headers=ETAG,
    )  # fmt: skip
    yield Operation(
        "GET", f"{place}/{{int:pk}}/file", original, "reporting.template:export", "file_reporting_template", "The file of one template",
        tag, BINARY, result_type="application/octet-stream", failures=TAKES, register=kind,
    )  # fmt: skip
