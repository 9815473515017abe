"""Links of a record: words are looked up, the record found is chosen, and what the one is to the other."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.register import links, search
from mainstay.register.access import verbs_on
from mainstay.register.asat import refuse_past
from mainstay.register.errors import Invalid, Refused
from mainstay.register.models import Relation
from mainstay.register.pages.detail import frame
from mainstay.register.pages.page import Fault, Page, record_of, status_of, text_of
from mainstay.register.requests import actor_of, seen_at
from mainstay.register.spec import Register
from mainstay.register.typed import whole_number

MOST_HITS = 30


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, register: type[Register], pk: int) -> HttpResponse:
    refuse_past(seen_at(request))
    record, actor = record_of(request, register, pk), actor_of(request)
    if "change" not in verbs_on(actor.account, register, record):
        raise Refused(_("You may see %(ref)s but not link it.") % {"ref": record.ref})
    fault: Invalid | None = None
    if request.method == "POST":
        key, _colon, number = text_of(request, "to").partition(":")
        to_id = whole_number(number) or 0
        try:
            links.link(register, pk, text_of(request, "relation"), key, to_id, actor)
            return HttpResponseRedirect(f"{register.url('detail', pk)}#links")
        except Invalid as error:
            fault = error
    return page(request, register, record, fault)


def page(request: HttpRequest, register: type[Register], record: Any, fault: Invalid | None) -> HttpResponse:
    words = (request.POST.get("q") or request.GET.get("q", "")).replace("\x00", "")[:200]
    found = search.find(actor_of(request).account, words, MOST_HITS)
    hits = [hit for hit in found.hits if (hit.register, hit.record_id) != (register, record.pk)]
    targets = {"relation": f"id_relation_{Relation.values[0]}", "to": "id_q" if not hits else "id_to_1"}
    context = frame(request, register, record) | {
        "words": words,
        "hits": hits,
        "total": found.total,
        "relations": Relation.choices,
        "relation": text_of(request, "relation"),
        "to": text_of(request, "to"),
        "errors": [] if fault is None else [Fault(text, targets.get(name, "")) for name, texts in fault.errors.items() for text in texts],
    }
    return render(request, "register/link.html", context, status=status_of(fault))


@require_POST
def unlink(request: HttpRequest, register: type[Register], pk: int, link_id: int) -> HttpResponse:
    links.unlink(register, pk, link_id, actor_of(request))
    return HttpResponseRedirect(f"{register.url('detail', pk)}#links")


PAGES = (Page("link", "<int:pk>/links/", link), Page("unlink", "<int:pk>/links/<int:link_id>/remove/", unlink))
