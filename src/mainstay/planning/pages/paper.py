"""The plan on a page as a file: landscape PDF on A3 or A4, and PowerPoint with native shapes."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mainstay.planning import viewing
from mainstay.planning.calculations import calculated
from mainstay.planning.drawing.rows import SHOWN
from mainstay.planning.paper import plan_page
from mainstay.register.errors import NotFound
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.render.plan_page import pdf, pptx

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@require_safe
@asks("planning.plan:view")
def paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """`form` is `a3.pdf`, `a4.pdf` or `slides.pptx`; `show` chooses the rows as in the drawing."""
    place = viewing.initiative_of(request, pk)
    moment = seen_at(request)
    found = calculated(place, moment)
    visible = viewing.visible_projects(actor_of(request).account, found)
    if not visible:
        raise NotFound
    show = request.GET.get("show", "key")
    today = timezone.localdate(moment.at) if moment else timezone.localdate()
    page = plan_page(place, found, visible, show if show in SHOWN else "key", today)
    if form == "slides.pptx":
        return sent(pptx.write(page), PPTX, f"{place.code} plan.pptx")
    return sent(pdf.write(page, "a4" if form == "a4.pdf" else "a3"), "application/pdf", f"{place.code} plan.pdf")


def sent(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    safe = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in " .-_"))
    answer["Content-Disposition"] = f'attachment; filename="{safe}"'
    return answer
