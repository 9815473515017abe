"""What the link of a promise opens: this promise, what was said of it, and the answers of the party outside. Looking writes nothing."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from mainstay.planning.dependency.model import CLOSED, Dependency, Side
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.promises import answers, bearing, linking
from mainstay.planning.promises.answers import Answer, Dead
from mainstay.planning.promises.promise_link import PromiseLink
from mainstay.register import by_link, signed_links, telling
from mainstay.register.errors import ActionError, Invalid, NotFound, Refused, Stale
from mainstay.register.history import Actor
from mainstay.register.models import Change
from mainstay.register.pages.page import status_of, text_of, version_of
from mainstay.register.requests import actor_of
from mainstay.register.telling import Told

SHOWN = ("title", "product", "criteria", "needed_by", "promised_by", "delivered_on", "state")
"""Of these fields the exchange tells; what each side keeps of it for itself stays there."""
MOST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer as the page shows it: with what was typed, and what is wrong with it."""

    answer: Answer
    day: str
    reason: str
    faults: dict[str, str]


def dead(request: HttpRequest) -> HttpResponse:
    """The same for a link that was withdrawn, has run out or was never made: the page tells nobody which."""
    told = _(
        "This link opens nothing. It may have run out, been replaced by a newer one or withdrawn, the promise may have been withdrawn or "
        "be somebody else's now, or the address is not whole. Ask the office that sent the link."
    )
    return refused(request, by_link.GONE, _("This link opens nothing"), told)


def refused(request: HttpRequest, status: int, title: str, told: str) -> HttpResponse:
    typed = tuple(text for name in ("day", "reason") if (text := text_of(request, name).strip()))
    return by_link.refusal(request, status, title, told, typed)


@by_link.opens(linking.opened, dead, refused)
def promise(request: HttpRequest, link: PromiseLink) -> HttpResponse:
    actor = bearing.actor_of(link, actor_of(request).request_id)
    if request.method != "POST":
        return show(request, link, actor)
    signed_links.seen(link)
    if request.POST.get("do") == "opened":
        return HttpResponse(status=204)
    try:
        answers.take(link, text_of(request, "do"), version_of(request), text_of(request, "day"), text_of(request, "reason"), actor)
    except (Dead, NotFound):
        return dead(request)
    except (Invalid, Refused, Stale) as fault:
        link.of.refresh_from_db()
        return show(request, link, actor, fault)
    return redirect(f"{request.path}#stands")


def show(request: HttpRequest, link: PromiseLink, actor: Actor, fault: ActionError | None = None) -> HttpResponse:
    row, side = link.of, Side(link.side)
    context = {
        "title": row.title,
        "record": row,
        "link": link,
        "late": _("Disputed") if row.state == "disputed" else "",
        "state": DependencyRegister.states.label(row.state) if DependencyRegister.states else row.state,
        "facts": facts(row),
        "side": str(side.label).lower(),
        "choices": choices(request, row, side, fault),
        "waiting": waiting(row, side),
        "history": exchanged(row, actor),
        "errors": told(fault),
    }
    return render(request, "planning/promise_by_link.html", context, status=status_of(fault))


def facts(row: Dependency) -> list[tuple[str, Any, str]]:
    """Label, value and kind of what is agreed on."""
    names = ("product", "criteria", "needed_by", "promised_by", "first_promised", "delivered_on")
    made: list[tuple[str, Any, str]] = [
        (_("From"), party(row, Side.GIVER), "text"),
        (_("To"), party(row, Side.GETTER), "text"),
    ]
    for name in names:
        value = getattr(row, name)
        if value or name not in ("first_promised", "delivered_on"):
            made.append((DependencyRegister.label(name), value, "text" if name in ("product", "criteria") else "day"))
    return made


def party(row: Dependency, side: Side) -> str:
    if row.outside == side:
        return row.outside_called
    place = row.giver if side == Side.GIVER else row.initiative
    return f"{place.code} {place.title}"


def choices(request: HttpRequest, row: Dependency, side: Side, fault: ActionError | None) -> list[Choice]:
    asked = text_of(request, "do") if fault is not None else ""
    made = []
    for answer in answers.answers_of(row, side):
        is_own = answer.name == asked
        faults = {name: " ".join(texts) for name, texts in fault.errors.items()} if is_own and isinstance(fault, Invalid) else {}
        day = text_of(request, "day") if is_own else answer.day.isoformat() if answer.day else ""
        made.append(Choice(answer, day, text_of(request, "reason") if is_own else "", faults))
    return made


def waiting(row: Dependency, side: Side) -> str:
    """What is waited for, where it is not this side's turn."""
    if row.state in CLOSED:
        return _("Nothing is to be answered any more. You can read this until the link ends.")
    if side == Side.GETTER and row.state in ("draft", "countered", "disputed"):
        return _("The giver has to offer a date first. You are told by e-mail.")
    if side == Side.GIVER and row.state in ("offered", "delivered"):
        return _("The other side looks at it now. You are told by e-mail.")
    return ""


def exchanged(row: Dependency, actor: Actor) -> list[Told]:
    """What was said of the fields that both sides see, newest first; who reads it learns nothing of other fields."""
    changes: list[Change] = []
    for change in telling.changes_of(DependencyRegister, row.pk)[: MOST * 4].iterator():
        names = [name for name in change.after if name in SHOWN]
        if names and len(changes) < MOST:
            change.before, change.after = ({name: values.get(name) for name in names} for values in (change.before, change.after))
            changes.append(change)
    return telling.told(DependencyRegister, actor.account, changes)


def told(fault: ActionError | None) -> list[dict[str, str]]:
    """What is wrong, each with the input where it is put right."""
    if fault is None:
        return []
    if isinstance(fault, Stale):
        text = _(
            "Somebody else has answered since you opened this page. Read how it stands now, then answer again; what you typed is below."
        )
        return [{"text": text, "target": ""}]
    texts = [text for each in fault.errors.values() for text in each] if isinstance(fault, Invalid) else [str(fault)]
    return [{"text": text, "target": ""} for text in texts]


urlpatterns: list[URLPattern] = [path("promise/<str:token>/", promise, name="planning.promise_by_link")]
