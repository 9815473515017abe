"""The page of one record: what it says, where it stands, what hangs on it, what has happened to it."""

from copy import copy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import select_template
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.register import asat, panels, telling
from mainstay.register.about import LONGEST_COMMENT, watch_of
from mainstay.register.access import verbs_on
from mainstay.register.asat import Moment
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.facts import Section, sections
from mainstay.register.links import linked, mentions
from mainstay.register.models import Attachment, Comment
from mainstay.register.pages.moves import steps
from mainstay.register.pages.page import Page, record_of
from mainstay.register.requests import actor_of, seen_at
from mainstay.register.spec import Register
from mainstay.register.trail import crumbs
from mainstay.register.typed import whole_number

LATEST = 6
"""Changes shown on the record's own page; the rest have a page."""


@require_safe
def detail(request: HttpRequest, register: type[Register], pk: int) -> HttpResponse:
    return show(request, register, record_of(request, register, pk))


def show(request: HttpRequest, register: type[Register], record: Any, *, status: int = 200, **extra: Any) -> HttpResponse:
    """The record's page; `extra` brings back what was typed into one of its small forms and could not be used."""
    moment, account = seen_at(request), actor_of(request).account
    live = record
    record = as_it_was(register, live, moment)
    context = frame(request, register, record)
    context |= compared(request, register, record)
    context |= {
        "panels": panels.panels(register.key, record, account, moment),
        "figures": panels.figures(register.key, record, account, moment),
        "watch": None if moment else watch_of(register, record.pk, account),
        "links": linked(register, record, account),
        "mentions": mentions(register, record, account),
        "longest_comment": LONGEST_COMMENT,
        **about(register, record.pk, moment),
        **extra,
    }
    context |= said_in_head(context["sections"], register, record)
    context |= happened(request, register, record, context["watch"])
    return HttpResponse(template_of(register, "detail").render(context, request), status=status)


def as_it_was(register: type[Register], record: Any, moment: Moment | None) -> Any:
    """The record at a moment of the past; it may not have existed yet."""
    if moment is None:
        return record
    rolled = asat.roll_back(register, [copy(record)], asat.past_values(register, moment.sequence, [record.pk]))
    if not rolled:
        raise NotFound
    return rolled[0]


def template_of(register: type[Register], verb: str) -> Any:
    """The register's own template where it has one, else the one for all."""
    return select_template([f"{register.function}/{register.name}_{verb}.html", f"register/{verb}.html"])


def frame(request: HttpRequest, register: type[Register], record: Any) -> dict[str, Any]:
    """What every page of one record shows above its content, and what its reader may do."""
    account, moment = actor_of(request).account, seen_at(request)
    return {
        "register": register,
        "record": record,
        "title": str(record),
        "singular": register.singular(),
        "state": register.states.label(record.state) if register.states else "",
        "state_is_open": not register.states or record.state in register.states.open,
        "marking": getattr(record, "marking", ""),
        "breadcrumbs": crumbs(register, account, record),
        "verbs": frozenset() if moment else verbs_on(account, register, record),
        "steps": [] if moment else steps(register, record, account),
        "urls": {
            verb: register.url(verb, record)
            for verb in ("detail", "edit", "copy", "history", "withdraw", "reinstate", "comment", "attach", "link", "watch")
            if register.is_entered or verb != "copy"
        },
    }


def compared(request: HttpRequest, register: type[Register], record: Any) -> dict[str, Any]:
    """The sections; with `?compare=` each value that was another one then carries it."""
    account, text, earlier, problem, label = actor_of(request).account, request.GET.get("compare", ""), None, "", ""
    if text:
        try:
            moment = asat.moment_of(text, account)
            if moment is not None:
                label, earlier = moment.label, as_it_was(register, record, moment)
        except Invalid as fault:
            problem = " ".join(sentence for sentences in fault.errors.values() for sentence in sentences)
        except NotFound:
            problem = _("On %(label)s this record did not exist yet.") % {"label": label}
    shown = sections(register, account, record, earlier)
    differing = sum(fact.was is not None for section in shown for fact in section.facts)
    return {
        "sections": shown,
        "compare": text,
        "compare_label": "" if problem else label,
        "compare_problem": problem,
        "differing": differing,
    }


def said_in_head(shown: list[Section], register: type[Register], record: Any) -> dict[str, Any]:
    """Owner and place for the line under the title, as far as the reader may see them."""
    facts = {fact.name: fact for section in shown for fact in section.facts}
    owner, at = facts.get("owner"), facts.get(register.model.PARENT)
    return {
        "owner": owner,
        "owner_has_left": bool(getattr(getattr(record, "owner", None), "has_left", False)),
        "at": at if at and at.value else None,
    }


def about(register: type[Register], pk: int, moment: Moment | None) -> dict[str, Any]:
    """Comments and files, up to the moment that the page shows."""
    found: dict[str, Any] = {}
    for name, model in (("comments", Comment), ("files", Attachment)):
        rows: Any = (
            model._default_manager.filter(register=register.key, record_id=pk, is_withdrawn=False).select_related("by").order_by("pk")
        )
        found[name] = list(rows if moment is None else rows.filter(at__lte=moment.at))
    return found


def happened(request: HttpRequest, register: type[Register], record: Any, watch: Any) -> dict[str, Any]:
    """The latest changes, how many there are, and how many a watcher has not seen."""
    moment, account = seen_at(request), actor_of(request).account
    changes = telling.changes_of(register, record.pk, None if moment is None else moment.sequence)
    latest = list(changes[:LATEST])
    count = len(latest) if len(latest) < LATEST else changes.count()
    unseen = [] if watch is None else [change for change in latest if change.sequence > watch.seen and change.actor_id != watch.by_id]
    wrote = next((change for change in latest if change.after), None)
    return {"history": telling.told(register, account, latest), "change_count": count, "unseen": len(unseen), "wrote": wrote}


@require_safe
def history(request: HttpRequest, register: type[Register], pk: int) -> HttpResponse:
    """All changes of a record, a page at a time."""
    record = record_of(request, register, pk)
    moment, account = seen_at(request), actor_of(request).account
    changes = telling.changes_of(register, pk, None if moment is None else moment.sequence)
    before = whole_number(request.GET.get("before", ""))
    if before is not None:
        changes = changes.filter(sequence__lt=before)
    held = list(changes[: HISTORY_PAGE + 1])
    shown = held[:HISTORY_PAGE]
    context = frame(request, register, as_it_was(register, record, moment)) | {
        "entries": telling.told(register, account, shown),
        "older": shown[-1].sequence if len(held) > HISTORY_PAGE else None,
        "is_first": not before,
    }
    return render(request, "register/history.html", context)


HISTORY_PAGE = 50
PAGES = (Page("detail", "<int:pk>/", detail), Page("history", "<int:pk>/history/", history))
