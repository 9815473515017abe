"""What the page of a proposal says: figures, what moves, what is new, what stays, what has no place, and where it comes from."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.assurance.proposal.accepting import stale, state_of
from mainstay.assurance.proposal.content import Content, Placed
from mainstay.assurance.proposal.model import Proposal
from mainstay.assurance.proposal.register import ProposalRegister
from mainstay.register.words import day, moment
from mainstay.render.typography import number

__all__ = ["shown", "state_of"]


def shown(row: Proposal) -> dict[str, Any]:
    found = row.content
    changed = stale(found.placed) if row.state == "proposed" else set()
    return {
        "figures": figures(found),
        "moved": [(one, one.review.pk in changed, days_of(one)) for one in found.placed if one.is_moved],
        "added": [(one, one.review.pk in changed) for one in found.placed if one.is_new],
        "kept": [one for one in found.placed if one.is_kept],
        "left": found.left,
        "stale": len(changed),
        "stopped": found.stopped,
        "content": found,
        "provenance": provenance(row, found),
    }


def days_of(one: Placed) -> int:
    return (one.first - one.was_first).days if one.was_first else 0


def figures(found: Content) -> list[dict[str, Any]]:
    added, moved = sum(one.is_new for one in found.placed), len(found.moved)
    return [
        {"label": _("New days"), "value": number(added), "source": _("reviews that had none")},
        {
            "label": _("Moved"),
            "value": number(moved),
            "source": _("of %(n)s that had days") % {"n": number(len(found.placed) - added)},
        },
        {
            "label": _("Without a place"),
            "value": number(len(found.left)),
            "source": _("%(n)s fixed stay, %(m)s lie beyond the calendar") % {"n": number(found.fixed), "m": number(found.beyond)},
        },
        {"label": _("Gap"), **gap(found)},
    ]


def gap(found: Content) -> dict[str, str]:
    if found.points <= found.bound:
        return {"value": "0 %", "source": _("proven best")}
    return {"value": f"{found.gap:.1f} %", "source": _("no calendar is better by more")}


def provenance(row: Proposal, found: Content) -> list[dict[str, Any]]:
    points = _("%(points)s; no calendar below %(bound)s") % {"points": number(found.points), "bound": number(found.bound)}
    return [
        {"label": _("Proposal"), "value": f"{row.ref}, {moment(row.made_at)}", "url": ProposalRegister.url("detail", row)},
        {"label": _("Made by"), "value": row.made_by},
        {"label": _("Calendar"), "value": _("%(first)s to %(last)s") % {"first": day(row.from_on), "last": day(row.to_on)}},
        {"label": _("Suits"), "value": str(row.get_basis_display())},
        {"label": _("Rooms"), "value": row.rooms or _("not asked for")},
        {"label": _("Forecasts"), "value": ", ".join(found.forecasts) or _("none")},
        {"label": _("Reviewers"), "value": number(found.reviewers)},
        {"label": _("Points"), "value": points},
        {"label": _("Searched"), "value": _("%(s)s seconds, seed %(seed)s") % {"s": number(found.seconds, 1), "seed": row.seed}},
        {"label": _("Engine"), "value": found.engine_version},
        {"label": _("Input, SHA-256"), "value": row.input_digest},
        {"label": _("Result, SHA-256"), "value": row.result_digest},
    ]
