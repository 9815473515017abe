"""The integrated plan on a page: which programmes have one, and the drawing with what it rests on."""

from collections import Counter
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.engine.worktime import EPOCH
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.planning import viewing
from mainstay.planning.calculations import Calculated, calculated
from mainstay.planning.dependency.model import CLOSED
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.drawing.drawn import Drawn, Wish, drawn
from mainstay.planning.drawing.rows import SHOWN
from mainstay.planning.drawing.scale import MINUTES_A_DAY, SCALES
from mainstay.planning.milestone import dating
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.pages import parts
from mainstay.planning.plan.register import PlanRegister
from mainstay.planning.viewing import AgreementLine
from mainstay.register.access import may, visible_to
from mainstay.register.errors import NotFound
from mainstay.register.requests import actor_of, asks, seen_at

MOST_PLACES = 200
"""Initiatives on the page of all plans."""


@require_safe
@asks("planning.plan:view")
def plans(request: HttpRequest) -> HttpResponse:
    """The initiatives below which there are plans; where only one tops them all, its plan itself."""
    account = actor_of(request).account
    if not may(account, "view", PlanRegister):
        raise NotFound
    paths = list(visible_to(account, PlanRegister).filter(is_live=True, is_withdrawn=False).values_list("initiative__path", flat=True))
    below = Counter(int(step) for path in paths for step in path.strip("/").split("/"))
    held = visible_to(account, InitiativeRegister).filter(is_withdrawn=False, pk__in=list(below))
    # Where they are many, whole programmes first: a single project's plan is reached from its own page too.
    level = Case(When(kind="portfolio", then=0), When(kind="programme", then=1), default=2)
    rows = sorted(held.order_by(level, "path")[:MOST_PLACES], key=lambda row: row.path)
    programmes = [row for row in rows if row.kind == "programme"]
    if len(programmes) == 1:
        return redirect("planning.integrated", programmes[0].pk)
    context = {"title": _("Integrated plans"), "rows": [(row, below[row.pk]) for row in rows], "is_cut": len(rows) == MOST_PLACES}
    return render(request, "planning/plans.html", context)


@require_safe
@asks("planning.plan:view")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The drawing, what drives its end, agreements, milestones and the files it rests on."""
    place = viewing.initiative_of(request, pk)
    account, moment = actor_of(request).account, seen_at(request)
    found = calculated(place, moment)
    today = timezone.localtime(moment.at).date() if moment else timezone.localdate()
    visible = viewing.visible_projects(account, found)
    agreed = viewing.agreements(account, place, found, moment) if visible else []
    milestones = dating.milestones(account, place, found, visible, moment) if visible else []
    wish = wish_of(request, place, found, visible, agreed, today)
    picture = drawn(wish)
    context = parts.frame(request, place, found, visible, "drawing") | {
        "picture": picture,
        "labels": mark_safe(picture.labels),  # noqa: S308  # made by drawing.labels, which escapes every text
        "axis": mark_safe(picture.picture.axis),  # noqa: S308  # made by drawing.gantt, which escapes every text
        "bars": mark_safe(picture.picture.bars),  # noqa: S308  # the same
        "wish": wish,
        "scales": SCALES,
        "shown": SHOWN,
        "told": told(place, found, wish.visible, picture),
        "projects": [found.programme.projects[number] for number in visible],
        "project": dict(wish.kept).get("project", ""),
        "agreements": [line for line in agreed if line.record.state not in CLOSED],
        "milestones": milestones,
        "all_agreements": parts.all_of(DependencyRegister, place, agreed),
        "all_milestones": parts.all_of(MilestoneRegister, place, milestones),
        "path": parts.path_lines(found, visible),
        "sources": parts.sources(found, visible, today),
        "today": today,
        "gantt": None if is_still(request) else gantt_of(request, place, found, visible, today),
        "is_still": is_still(request),
    }
    return render(request, "planning/integrated.html", context)


def is_still(request: HttpRequest) -> bool:
    """The drawing made by the server was asked for, as it is without scripts and on paper."""
    return request.GET.get("drawing") == "still"


def gantt_of(request: HttpRequest, place: Initiative, found: Calculated, visible: tuple[int, ...], today: date) -> dict[str, Any]:
    """What the interactive drawing needs besides its bars: where they come from, and the words that it writes itself."""
    kept = "?" + urlencode({"as_at": moment.value}) if (moment := seen_at(request)) else ""
    return {
        "source": reverse("planning.bars", args=[place.pk]) + kept,
        "scenario": reverse("planning.scenario_data", args=[place.pk]) + kept,
        "scenario_page": reverse("planning.scenario", args=[place.pk]) + kept,
        "table": reverse("planning.table", args=[place.pk]),
        "epoch": EPOCH.date().isoformat(),
        "today": (today - EPOCH.date()).days * MINUTES_A_DAY,
        "count": sum(found.programme.projects[number].activity_count for number in visible),
        "words": {
            "critical": _("critical"),
            "float": _("{n} days of float"),
            "baseline": _("baseline"),
            "waits": _("waits for"),
            "before": _("before"),
            "nothing": _("No activity like that"),
            "choose": _("Choose an activity"),
            "working": _("Working it out…"),
            "failed": _("It could not be worked out. Try again."),
        },
    }


def wish_of(
    request: HttpRequest, place: Initiative, found: Calculated, visible: tuple[int, ...], agreed: list[AgreementLine], today: date
) -> Wish:
    codes = {project.code for project in found.programme.projects}
    show = request.GET.get("show", "key")
    scale = request.GET.get("scale", "quarter")
    show, scale = show if show in SHOWN else "key", scale if scale in SCALES else "quarter"
    kept = [("show", show), ("scale", scale), *(("as_at", value) for value in request.GET.getlist("as_at")[:1])]
    kept += [("drawing", "still")] if is_still(request) else []
    project = request.GET.get("project", "")
    alone = tuple(number for number in visible if found.programme.projects[number].code == project)
    if alone:
        kept.append(("project", project))
    return Wish(
        result_digest=found.run.result_digest,
        visible=alone or visible,
        show=show,
        scale=scale,
        closed=frozenset(request.GET.getlist("closed")) & codes,
        today=today,
        table_url=reverse("planning.table", args=[place.pk]),
        kept=tuple(kept),
        agreements=tuple((line.record.pk, parts.agreement_words(line), line.is_late) for line in agreed),
        language=get_language() or "",
    )


def told(place: Initiative, found: Calculated, visible: tuple[int, ...], picture: Drawn) -> str:
    """The drawing in one sentence, for whoever cannot see it."""
    values: dict[str, Any] = {
        "place": place.title,
        "projects": len(visible),
        "shown": picture.chosen.shown,
        "of": picture.chosen.of,
        "finish": parts.day(max((at for number in visible if (at := found.programme.projects[number].finish) is not None), default=None)),
    }
    return (
        _("Plan of %(place)s: %(projects)d projects, %(shown)d of %(of)d activities, last finish %(finish)s. The table holds every date.")
        % values
    )
