"""Comments on a record."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from mainstay.register import about
from mainstay.register.errors import Invalid
from mainstay.register.pages.detail import show
from mainstay.register.pages.page import Page, error_list, record_of
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register


@require_POST
def comment(request: HttpRequest, register: type[Register], pk: int) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        made = about.comment(register, pk, text, actor_of(request))
    except Invalid as fault:
        return show(
            request, register, record_of(request, register, pk), status=422, comment_text=text, comment_errors=error_list(register, fault)
        )
    return HttpResponseRedirect(f"{register.url('detail', pk)}#comment-{made.pk}")


@require_POST
def take_back(request: HttpRequest, register: type[Register], pk: int, comment_id: int) -> HttpResponse:
    about.take_back(register, pk, comment_id, actor_of(request))
    return HttpResponseRedirect(f"{register.url('detail', pk)}#comments")


PAGES = (Page("comment", "<int:pk>/comments/", comment), Page("uncomment", "<int:pk>/comments/<int:comment_id>/remove/", take_back))
