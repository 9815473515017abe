"""Pages of workbooks: one return out and back, and the returns of a commission, many at once."""

import tempfile
from pathlib import Path
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mainstay.register.access import visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.trail import Crumb, crumbs
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.commission.register import CommissionRegister
from mainstay.reporting.comparing import attachment
from mainstay.reporting.cycle import asking
from mainstay.reporting.cycle.workbook import handing, uploads
from mainstay.reporting.cycle.workbook.loading import load_files
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return
from mainstay.reporting.project_return.register import ReturnRegister

MOST_SHOWN = 100
"""Returns whose workbooks a page offers; of more, all at once come by the command."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def return_of(request: HttpRequest, pk: int) -> Return:
    """The return, for whoever may give its answers."""
    record = asking.return_of(pk, actor_of(request).account, "change")
    if record is None:
        raise NotFound
    refuse_past(seen_at(request))
    return record


def files_of(request: HttpRequest) -> "list[UploadedFile[Any]]":
    return [file for file in request.FILES.getlist("files") if isinstance(file, UploadedFile)]


@require_safe
@asks("reporting.project_return:change")
def workbook_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The return as a workbook; who took it away stands in the history."""
    record = return_of(request, pk)
    if record.state not in OPEN_FOR_ANSWERS:
        return redirect(ReturnRegister.url("detail", record))
    name, content = handing.hand_out(record, actor_of(request))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = attachment(name)
    response["Content-Length"] = str(len(content))
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@asks("reporting.project_return:change")
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook of one return out, and back at once."""
    record, actor = return_of(request, pk), actor_of(request)
    told: list[dict[str, Any]] = []
    errors: list[str] = []
    if request.method == "POST":
        try:
            files = files_of(request)[:1]
            uploads.refuse(files)
            with tempfile.TemporaryDirectory() as place:
                kept = uploads.keep(files, Path(place) / "kept")
                told = [made.as_json() for made in load_files(kept, actor, expected=record, send="send" in request.POST)]
        except Invalid as fault:
            errors = [text for texts in fault.errors.values() for text in texts]
    record = cast("Return", asking.return_of(pk, actor.account))
    own = Crumb(record.title, ReturnRegister.url("detail", record))
    context = {
        **frame(told, errors),
        "title": _("%(title)s as a workbook") % {"title": record.title},
        "record": record,
        "rows": [record] if record.state in OPEN_FOR_ANSWERS else [],
        "action": reverse("reporting.workbook", args=[pk]),
        "back": own,
        "breadcrumbs": [*crumbs(ReturnRegister, actor.account, record), own],
    }
    return render(request, "reporting/workbooks.html", context, status=422 if errors or context["refused"] else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@asks("reporting.project_return:change")
def workbooks(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbooks of a commission's returns: each of them out, many back at once."""
    actor = actor_of(request)
    record = commission_of(request, pk)
    rows = visible_to(actor.account, ReturnRegister, "change").filter(commission=record, is_withdrawn=False)
    if not rows.exists():
        raise NotFound
    errors: list[str] = []
    if request.method == "POST":
        try:
            return redirect("web.job", pk=uploads.receive(files_of(request), record, actor, send="send" in request.POST).pk)
        except Invalid as fault:
            errors = [text for texts in fault.errors.values() for text in texts]
    still_open = rows.filter(state__in=OPEN_FOR_ANSWERS).select_related("initiative", "owner").order_by("initiative__code")
    own = Crumb(record.title, CommissionRegister.url("detail", record))
    context = {
        **frame(uploads.told_of(request.GET.get("loaded", "")[:40], actor.account), errors),
        "title": _("Workbooks of %(title)s") % {"title": record.title},
        "record": record,
        "rows": list(still_open[:MOST_SHOWN]),
        "all_open": still_open.count(),
        "is_many": True,
        "most": uploads.MOST_FILES,
        "action": reverse("reporting.workbooks", args=[pk]),
        "back": own,
        "breadcrumbs": [*crumbs(CommissionRegister, actor.account, record), own],
    }
    return render(request, "reporting/workbooks.html", context, status=422 if errors else 200)


def commission_of(request: HttpRequest, pk: int) -> Commission:
    rows = visible_to(actor_of(request).account, CommissionRegister).filter(pk=pk, is_withdrawn=False)
    found = rows.select_related("initiative").first()
    if found is None:
        raise NotFound
    refuse_past(seen_at(request))
    return cast("Commission", found)


def frame(told: list[dict[str, Any]], errors: list[str]) -> dict[str, Any]:
    """What the page says of files: those that could not be sent, and what became of the others."""
    return {
        "loaded": told,
        "refused": [one for one in told if one["outcome"] == "refused"],
        "faults": [(one, fault) for one in told for fault in (*one["faults"], *one["not_sent"])],
        "missing": [(one, fault) for one in told for fault in one["missing"]],
        "notes": [(one, note) for one in told for note in one["notes"]],
        "errors": [{"text": text, "target": "id_files"} for text in errors],
    }


urlpatterns: list[URLPattern] = [
    path("reporting/returns/<int:pk>/workbook/", workbook, name="reporting.workbook"),
    path("reporting/returns/<int:pk>/workbook/file/", workbook_file, name="reporting.workbook_file"),
    path("reporting/commissions/<int:pk>/workbooks/", workbooks, name="reporting.workbooks"),
]
