"""Files on a record: in through the gate, out as a download that no browser runs."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from mainstay.register import about, store
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.models import Attachment
from mainstay.register.pages.detail import show
from mainstay.register.pages.page import Page, error_list, record_of
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register


@require_POST
def attach(request: HttpRequest, register: type[Register], pk: int) -> HttpResponse:
    try:
        about.attach(register, pk, request.FILES.get("file"), actor_of(request))
    except Invalid as fault:
        return show(request, register, record_of(request, register, pk), status=422, file_errors=error_list(register, fault))
    return HttpResponseRedirect(f"{register.url('detail', pk)}#files")


@require_safe
def download(request: HttpRequest, register: type[Register], pk: int, file_id: int) -> HttpResponse:
    """The file as it came, proved by its digest; always to be saved, never shown in the page's own place."""
    record = record_of(request, register, pk)
    held = Attachment.objects.filter(pk=file_id, register=register.key, record_id=record.pk, is_withdrawn=False).first()
    if held is None:
        raise NotFound
    response = HttpResponse(store.get(held.digest), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = disposition(held.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def disposition(name: str) -> str:
    """`attachment` with the file's name, safe in a header."""
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


@require_POST
def detach(request: HttpRequest, register: type[Register], pk: int, file_id: int) -> HttpResponse:
    about.detach(register, pk, file_id, actor_of(request))
    return HttpResponseRedirect(f"{register.url('detail', pk)}#files")


PAGES = (
    Page("attach", "<int:pk>/files/", attach),
    Page("download", "<int:pk>/files/<int:file_id>/", download),
    Page("detach", "<int:pk>/files/<int:file_id>/remove/", detach),
)
