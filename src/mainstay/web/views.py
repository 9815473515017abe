"""Pages of the shell that belong to no register: search, settings, keys, guides, the statement on accessibility, the components."""

from typing import Any
from urllib.parse import quote_plus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.register import search
from mainstay.register.access import paths_for, visible_to
from mainstay.register.requests import PUBLIC, SIGNED_IN, actor_of, asks
from mainstay.register.search import Found, Hit
from mainstay.register.spec import REGISTERS
from mainstay.web.components.gallery import gallery

MOST_HITS = 60


@require_safe
@asks(SIGNED_IN)
def find(request: HttpRequest) -> HttpResponse:
    """What the account may see that has the words typed, by register."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = search.find(actor_of(request).account, words, MOST_HITS)
    context = {"query": words, "total": found.total, "is_more": found.is_more, "groups": groups_of(request, found, words)}
    return render(request, "web/search.html", context)


def groups_of(request: HttpRequest, found: Found, words: str) -> list[dict[str, Any]]:
    """The hits by register, the register with the best hit first; each with its place and state."""
    by_key: dict[str, list[Hit]] = {}
    for hit in found.hits:
        by_key.setdefault(hit.register.key, []).append(hit)
    groups = []
    for key, hits in by_key.items():
        register = REGISTERS[key]
        rows = register.rows(visible_to(actor_of(request).account, register)).in_bulk([hit.record_id for hit in hits])
        groups.append(
            {
                "title": register.title(),
                "count": found.counts.get(key, len(hits)),
                "url": f"{register.url('list')}?q={quote_plus(words)}",
                "hits": [
                    {
                        "ref": getattr(row, "code", "") or row.ref or register.singular(),
                        "title": row.title,
                        "url": hit.url,
                        "excerpt": hit.snippet,
                        "state": register.states.label(row.state) if register.states else "",
                        "context": getattr(getattr(row, "initiative", None), "code", "") if not hasattr(row, "code") else "",
                    }
                    for hit in hits
                    if (row := rows.get(hit.record_id)) is not None
                ],
            }
        )
    return groups


def settings_page(request: HttpRequest, **extra: Any) -> HttpResponse:
    return render(request, "web/settings.html", {"title": _("Settings"), **extra})


@require_safe
@asks(SIGNED_IN)
def settings(request: HttpRequest) -> HttpResponse:
    return settings_page(request)


@require_safe
@asks(SIGNED_IN)
def keys(request: HttpRequest) -> HttpResponse:
    return render(request, "web/keys.html")


@require_safe
@asks(SIGNED_IN)
def guides(request: HttpRequest) -> HttpResponse:
    """The guides of all registers that the account may see."""
    account = actor_of(request).account
    shown = [kind for kind in REGISTERS.values() if paths_for(account, kind, "view")]
    context = {"guides": [{"label": kind.title(), "url": kind.url("guide"), "text": first_words(kind.guide())} for kind in shown]}
    return render(request, "web/guides.html", context)


def first_words(guide: str) -> str:
    """The first sentence of a guide that is no heading."""
    lines = [line.strip() for line in guide.splitlines() if line.strip() and not line.startswith("#")]
    return lines[0].split(". ")[0].rstrip(".") + "." if lines else ""


@require_safe
@asks(PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html", {"title": _("Accessibility")})


@require_safe
@asks(SIGNED_IN)
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "web/components.html", {"gallery": gallery()})
