"""What the page of a proposal says: figures, each project, milestones, moves, the load of each resource as a chart with its table."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.planning.levelling.effect import Effect, Load
from mainstay.planning.levelling.model import Levelling
from mainstay.planning.levelling.register import LevellingRegister
from mainstay.register.words import moment
from mainstay.render.typography import day, number

MOST_MOVES, MOST_CHARTS = 60, 6


def state_of(row: Levelling) -> str:
    states = LevellingRegister.states
    return str(states.label(row.state)) if states else ""


def shown(row: Levelling) -> dict[str, Any]:
    found = row.effect
    moves = sorted((one for one in found.moved if not one.is_milestone), key=lambda one: (-one.days, one.project, one.code))
    milestones = sorted((one for one in found.moved if one.is_milestone), key=lambda one: (-one.days, one.project, one.code))
    return {
        "figures": figures(found),
        "projects": [(one, (one.after.date() - one.before.date()).days) for one in found.projects],
        "moves": moves[:MOST_MOVES],
        "more": max(len(moves) - MOST_MOVES, 0),
        "milestones": milestones[:MOST_MOVES],
        "charts": [chart(load, place) for place, load in enumerate(found.loads[:MOST_CHARTS]) if load.points],
        "stopped": found.stopped,
        "overbooked": [_("Within float only: %(what)s.") % {"what": text} for text in found.overbooked],
        "provenance": provenance(row, found),
        "moves_url": reverse("planning.proposal_moves", args=[row.pk]),
        "files": [(one.code, reverse("planning.proposal_plan", args=[row.pk, one.code])) for one in found.projects],
    }


def later(before: datetime, after: datetime) -> dict[str, str]:
    days = (after.date() - before.date()).days
    text = (
        ngettext("%(n)s day later", "%(n)s days later", days) if days >= 0 else ngettext("%(n)s day earlier", "%(n)s days earlier", -days)
    )
    sense = "worse" if days > 0 else "better" if days < 0 else "same"
    return {"text": text % {"n": number(abs(days))}, "sense": sense, "direction": "down" if days < 0 else "up"}


def figures(found: Effect) -> list[dict[str, Any]]:
    overbooked = sum(load.worst > 0 for load in found.loads)
    return [
        {"label": _("Finish by the links"), "value": day(found.before.date()), "source": _("as the plans arrived")},
        {
            "label": _("Finish, levelled"),
            "value": day(found.after.date()),
            "delta": later(found.before, found.after),
            "source": _("within float only") if found.within_float else _("nobody asked for more than there is"),
        },
        {"label": _("Gap"), **gap(found)},
        {
            "label": _("Activities moved"),
            "value": number(sum(not one.is_milestone for one in found.moved)),
            "source": _("of %(n)s that may move") % {"n": number(found.movable)},
        },
        {
            "label": _("Overbooked before"),
            "value": number(overbooked),
            "source": _("resources; %(n)s after") % {"n": number(len(found.overbooked))}
            if found.overbooked
            else _("resources; none after"),
        },
    ]


def gap(found: Effect) -> dict[str, str]:
    """How far from the best possible; within float nothing finishes later, so that there is none."""
    if found.within_float:
        return {"value": "–", "source": _("no finish moves")}
    if found.gap <= 0:
        return {"value": "0 %", "source": _("proven best")}
    return {"value": f"{found.gap:.1f} %", "source": _("no levelling ends before %(day)s") % {"day": day(found.bound.date())}}


def chart(load: Load, place: int) -> dict[str, Any]:
    """Before, after and what is there, by week or month."""
    worst = max(load.points, key=lambda point: point.before - point.offered)
    if load.worst > 0:
        text = _("%(name)s: up to %(used)s wanted of %(there)s from %(day)s on; levelled, never more than there are.")
    else:
        text = _("%(name)s: never more than %(used)s wanted of %(there)s.")
    finding = text % {"name": load.resource, "used": number(worst.before, 1), "there": number(worst.offered, 1), "day": day(worst.day)}
    columns = ((_("Before"), "before"), (_("Levelled"), "after"), (_("There"), "offered"))
    return {
        "id": f"load-{place}",
        "finding": finding,
        "data": {
            "x": {"type": "time", "name": ""},
            "y": {"name": _("Most at once, full-time units")},
            "series": [
                {"name": name, "step": True, "points": [[point.day.isoformat(), round(getattr(point, field), 2)] for point in load.points]}
                for name, field in columns
            ],
        },
        "table": {
            "heads": [_("From"), *(name for name, _field in columns)],
            "rows": [[day(point.day), *(number(getattr(point, field), 2) for _name, field in columns)] for point in load.points],
        },
    }


def provenance(row: Levelling, found: Effect) -> list[dict[str, Any]]:
    searched = _("%(n)s schedules in %(s)s CPU seconds") % {"n": number(found.schedules), "s": number(found.seconds, 1)}
    plans = ", ".join(_("%(code)s version %(n)s") % {"code": used.code, "n": used.version} for used in found.plans)
    return [
        {"label": _("Proposal"), "value": f"{row.ref}, {moment(row.made_at)}", "url": LevellingRegister.url("detail", row)},
        {"label": _("Made by"), "value": row.made_by},
        {"label": _("Searched"), "value": searched},
        {"label": _("Seed"), "value": str(row.seed)},
        {"label": _("Plans"), "value": plans},
        {"label": _("Engine"), "value": found.engine_version},
        {"label": _("Input, SHA-256"), "value": row.input_digest},
        {"label": _("Result, SHA-256"), "value": row.result_digest},
    ]
