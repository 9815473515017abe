"""Levelling on pages: asking for a search and the proposals so far; one proposal with its effect, as a page and as files."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainstay.engine.levelling.plan_levelling import HEAVIEST
from mainstay.initiatives.models import Initiative
from mainstay.jobs import work
from mainstay.planning import viewing
from mainstay.planning.calculations import Calculated, calculated
from mainstay.planning.levelling import files, showing
from mainstay.planning.levelling import viewing as allowed
from mainstay.planning.levelling.model import Levelling
from mainstay.planning.levelling.proposing import FEWEST_SECONDS, MOST_SECONDS, USUAL_SECONDS, Options
from mainstay.planning.levelling.register import LevellingRegister
from mainstay.planning.pages import parts
from mainstay.register.access import may, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.document import DocumentError
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.store import StoreError
from mainstay.register.trail import Crumb, crumbs
from mainstay.register.typed import whole_number

GONE = 410
RECENT = 20
MOST_WEIGHED = 60
"""Of more projects than these no priorities are asked for on the page."""
PRIORITY = "priority-"


@require_safe
@asks("planning.levelling:view")
def levelling(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposals of an initiative, and the form that asks for one."""
    return page(request, viewing.initiative_of(request, pk), {})


def page(request: HttpRequest, place: Initiative, errors: dict[str, list[str]]) -> HttpResponse:
    account, moment = actor_of(request).account, seen_at(request)
    if not may(account, "view", LevellingRegister):
        raise NotFound
    found = calculated(place, moment)
    visible = viewing.visible_projects(account, found)
    rows = visible_to(account, LevellingRegister).filter(initiative=place, is_withdrawn=False).order_by("-made_at", "-pk")
    if moment is not None:
        rows = rows.filter(made_at__lte=moment.at)
    told = request.POST
    context = parts.frame(request, place, found, visible, "levelling") | {
        "title": _("Levelling"),
        "rows": [(row, reverse("planning.proposal", args=[row.pk]), showing.state_of(row)) for row in rows[:RECENT]],
        "may_see": allowed.may_see_whole(account, place),
        "may_level": moment is None and bool(found.inputs.plans) and allowed.may_level(account, place),
        "asked": {
            "seconds": told.get("seconds", str(USUAL_SECONDS)),
            "seed": told.get("seed", "1"),
            "reach": told.get("reach", "all"),
            "once": get_random_string(20),
        },
        "weighed": weighed(request, found) if found else [],
        "heaviest": HEAVIEST,
        "fewest": FEWEST_SECONDS,
        "most": MOST_SECONDS,
        "errors": [{"text": text, "target": f"id_{name}"} for name, texts in errors.items() for text in texts],
        "faulty": set(errors),
    }
    return render(request, "planning/levelling.html", context, status=422 if errors else 200)


@require_POST
@asks("planning.levelling:create")
def level(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a search; its starter is led to the page of the job, and from there to the proposal."""
    place = viewing.initiative_of(request, pk)
    account = actor_of(request).account
    if account is None or not allowed.may_level(account, place):
        raise NotFound
    refuse_past(seen_at(request))
    try:
        options = options_of(request)
    except Invalid as fault:
        return page(request, place, fault.errors)
    arguments = {
        "initiative": place.pk,
        "seconds": options.seconds,
        "seed": options.seed,
        "within_float": options.within_float,
        "priorities": dict(options.priorities),
        "by": account.pk,
    }
    once = request.POST.get("once", "")[:40]
    key = f"level:{place.pk}:{account.pk}:{once}" if once else ""
    title = _("Levelling of %(code)s") % {"code": place.code}
    url = reverse("planning.levelling", args=[place.pk])
    return redirect("web.job", pk=work.start("planning.level", arguments, by=account, title=title, key=key, url=url).pk)


def options_of(request: HttpRequest) -> Options:
    texts = {
        "seconds": _("Give a number of seconds from %(fewest)d to %(most)d.") % {"fewest": FEWEST_SECONDS, "most": MOST_SECONDS},
        "seed": _("Give a whole number of at most 18 digits as the seed."),
    }
    told = {name: request.POST.get(name, "").replace(",", "").strip() for name in texts}
    faulty = {name: [texts[name]] for name, text in told.items() if whole_number(text) is None}
    if faulty:
        raise Invalid(faulty)
    options = Options(
        seconds=int(told["seconds"]),
        seed=int(told["seed"]),
        within_float=request.POST.get("reach") == "float",
        priorities=priorities_of(request),
    )
    options.check()
    return options


def priorities_of(request: HttpRequest) -> dict[str, int]:
    """Project code → priority, of those that say one."""
    found = {}
    for name, text in request.POST.items():
        code, asked = name.removeprefix(PRIORITY), str(text).strip()
        if code != name and asked:
            number = whole_number(asked)
            if number is None:
                raise Invalid({"priority": [_("Give a whole number from 1 to %(most)d as a priority.") % {"most": HEAVIEST}]})
            found[code] = number
    return found


def weighed(request: HttpRequest, found: Calculated) -> list[tuple[str, str, str]]:
    """The field of each project whose plan is levelled, where there are several: its name, what it is called, what was entered."""
    places = [plan.initiative for plan in found.inputs.plans]
    if not 1 < len(places) <= MOST_WEIGHED:
        return []
    return [(f"{PRIORITY}{place.code}", f"{place.code} {place.title}", request.POST.get(f"{PRIORITY}{place.code}", "")) for place in places]


def proposal_of(request: HttpRequest, pk: int, verb: str = "view") -> Levelling:
    """The proposal, where its reader may see every plan that it tells of; else it does not exist for them."""
    account = actor_of(request).account
    found = visible_to(account, LevellingRegister).select_related("initiative").filter(pk=pk).first()
    if found is None or not allowed.may_see_whole(account, found.initiative) or not may(account, verb, LevellingRegister, found):
        raise NotFound
    return cast("Levelling", found)


@require_safe
@asks("planning.levelling:view")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What moves and by how much, finishes and milestones, the load before and after."""
    row = proposal_of(request, pk)
    account = actor_of(request).account
    context: dict[str, Any] = {
        "title": row.title,
        "proposal": row,
        "marking": row.get_marking_display(),
        "state": showing.state_of(row),
        "may_export": may(account, "export", LevellingRegister, row),
        "record_url": LevellingRegister.url("detail", row),
        "breadcrumbs": [*crumbs(LevellingRegister, account, row), Crumb(str(row.ref), LevellingRegister.url("detail", row))],
    }
    try:
        context |= showing.shown(row)
    except (StoreError, DocumentError) as fault:
        return render(request, "planning/proposal.html", {**context, "fault": str(fault)}, status=GONE)
    return render(request, "planning/proposal.html", context)


@require_safe
@asks("planning.levelling:export")
def moves_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What moves, as CSV."""
    row = proposal_of(request, pk, "export")
    try:
        content = files.moves(row)
    except (StoreError, DocumentError):
        return proposal(request, pk)  # which says why it cannot be read
    return sent(content, "text/csv; charset=utf-8", f"{row.ref}.csv")


@require_safe
@asks("planning.levelling:export")
def plan_file(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The levelled plan of one project for the planning tool, as Microsoft Project's XML."""
    row = proposal_of(request, pk, "export")
    try:
        content = files.levelled_plan(row, code)
    except (StoreError, DocumentError):
        return proposal(request, pk)
    if content is None:
        raise NotFound
    return sent(content, "application/xml", f"{row.ref} {code}.xml")


def sent(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep; its name is our own reference and a code, in letters that every browser takes."""
    response = HttpResponse(content, content_type=kind)
    plain = name.encode("ascii", "replace").decode().replace('"', "")
    response["Content-Disposition"] = f'attachment; filename="{plain}"'
    return response
