"""A scenario on a page and as data: changes stand in the address alone, are worked out anew at each look, and are never written."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.initiatives.models import Initiative
from mainstay.planning import viewing
from mainstay.planning.calculations import Calculated, calculated
from mainstay.planning.drawing.columns import flags
from mainstay.planning.pages import parts
from mainstay.planning.programme import Line, Programme
from mainstay.planning.scenario import MOST_CHANGES, Change, ScenarioError, change_of, tried
from mainstay.planning.scenario_effect import Effect, effect
from mainstay.register.requests import actor_of, asks, seen_at

INVALID = 422
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Tried:
    """A scenario of one reader: what was asked, and what it does or why it does nothing."""

    place: Initiative
    found: Calculated
    visible: tuple[int, ...]
    changes: tuple[Change, ...] = ()
    after: Programme | None = None
    effect: Effect | None = None
    fault: str = ""
    as_at: str = ""
    """The moment of the past that is looked at, as it stands in an address."""


def tried_by(request: HttpRequest, pk: int) -> Tried:
    place = viewing.initiative_of(request, pk)
    account = actor_of(request).account
    found = calculated(place, seen_at(request))
    visible = viewing.visible_projects(account, found)
    moment = seen_at(request)
    told = Tried(place, found, visible, as_at=moment.value if moment else "")
    try:
        changes = tuple(change_of(text) for text in request.GET.getlist("change") if text)
        told = replace(told, changes=changes)
        if len(changes) > MOST_CHANGES:
            raise ScenarioError(_("A scenario takes at most %(most)d changes.") % {"most": MOST_CHANGES})
        codes = {found.programme.projects[number].code for number in visible}
        if hidden := next((change for change in changes if change.project not in codes), None):
            raise ScenarioError(_("There is no project %(code)s in this plan.") % {"code": hidden.project[:20]})
        after = tried(found.inputs, changes) if changes else found.programme
    except ScenarioError as fault:
        return replace(told, fault=str(fault))
    return replace(told, after=after, effect=effect(account, place, found, after, visible, changes))


@require_safe
@asks("planning.plan:view")
def scenario_data(request: HttpRequest, pk: int) -> HttpResponse:
    """For the drawing: where the activities lie that move, and what the scenario does in sentences."""
    told = tried_by(request, pk)
    if told.effect is None or told.after is None:
        return JsonResponse({"fault": told.fault}, status=INVALID)
    lines = [(place, told.after.lines[place]) for place in told.effect.lines]
    pairs = [(told.found.programme.projects[place], told.after.projects[place]) for place in told.visible]
    return JsonResponse(
        {
            "projects": [
                [at, new.start, new.finish] for at, (old, new) in enumerate(pairs) if (old.start, old.finish) != (new.start, new.finish)
            ],
            "lines": [[place, line.start, line.finish, flags(line, is_on_path=place in told.after.on_path)] for place, line in lines],
            "sentences": told.effect.sentences,
        }
    )


@require_safe
@asks("planning.plan:view")
def scenario(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a page with a form, for whoever uses no drawing; what the form asks for is added to the address."""
    told = tried_by(request, pk)
    fault = told.fault
    if request.GET.get("activity"):
        try:
            return redirect(address(told, (*told.changes, asked(request, told))))
        except ScenarioError as error:
            fault = str(error)
    shown = told.effect.lines[:SHOWN] if told.effect and told.after else ()
    after = told.after or told.found.programme
    context = parts.frame(request, told.place, told.found, told.visible, "scenario") | {
        "title": _("What if"),
        "changes": [change_row(told, at) for at in range(len(told.changes))],
        "effect": told.effect if told.changes else None,
        "moved": [moved_row(told.found.programme, after, at) for at in shown],
        "more": max(0, len(told.effect.lines) - SHOWN) if told.effect else 0,
        "scenario_fault": fault,
        "values": request.GET,
        "kept": [str(change) for change in told.changes],
        "as_at": told.as_at,
        "drawing": reverse("planning.integrated", args=[pk]) + query(told, told.changes),
        "discard": address(told, ()),
    }
    return render(request, "planning/scenario.html", context, status=INVALID if fault else 200)


def asked(request: HttpRequest, told: Tried) -> Change:
    """The change that the form asks for, by the activity's code, with its project's before a colon where it stands twice."""
    name = request.GET.get("activity", "").strip()
    project, _colon, code = name.rpartition(":")
    programme = told.found.programme
    own = [
        line
        for _place, line in viewing.visible_lines(told.found, told.visible)
        if line.code == code.strip() and (not project or programme.projects[line.project].code == project.strip())
    ]
    if len(own) != 1:
        text = (
            _("No activity %(name)s.")
            if not own
            else _("%(name)s stands in several projects. Put the project's code and a colon before it.")
        )
        raise ScenarioError(text % {"name": name[:80]})
    start, days = request.GET.get("start", "").strip(), request.GET.get("days", "").strip()
    if not start and not days:
        raise ScenarioError(_("Give another start, another length, or both."))
    return change_of(f"{programme.projects[own[0].project].code}:{own[0].uid}:{start}:{days}")


def change_row(told: Tried, at: int) -> dict[str, Any]:
    """One change in words, and the address without it."""
    change = told.changes[at]
    line = line_of(told, change)
    return {
        "project": change.project,
        "name": f"{line.code} {line.name}" if line else str(change.uid),
        "start": change.start,
        "days": change.days,
        "without": address(told, (*told.changes[:at], *told.changes[at + 1 :])),
    }


def moved_row(before: Programme, after: Programme, at: int) -> dict[str, Any]:
    old, new = before.lines[at], after.lines[at]
    days = {
        f"{name}_{when}": viewing.day_of(getattr(line, name))
        for name in ("start", "finish")
        for when, line in (("then", old), ("now", new))
    }
    return {"project": before.projects[old.project], "line": new, **days}


def line_of(told: Tried, change: Change) -> Line | None:
    place = told.found.programme.place.get((change.project, change.uid))
    line = told.found.programme.lines[place] if place is not None else None
    return line if line is not None and line.project in told.visible else None


def address(told: Tried, changes: tuple[Change, ...]) -> str:
    return reverse("planning.scenario", args=[told.place.pk]) + query(told, changes)


def query(told: Tried, changes: tuple[Change, ...]) -> str:
    """The changes, and the moment that they are tried at where it is one of the past: whoever gets the address sees the same."""
    pairs = [("as_at", told.as_at)] if told.as_at else []
    pairs += [("change", str(change)) for change in changes]
    return "?" + urlencode(pairs) if pairs else ""
