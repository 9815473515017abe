"""What planning adds to pages of records: the way to the integrated plan on an initiative's page, provenance and versions on a plan's."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.planning.levelling.viewing import may_see_whole
from mainstay.planning.pages.provenance import facts_of
from mainstay.planning.plan.register import PlanRegister
from mainstay.register.access import may, visible_to
from mainstay.register.asat import Moment
from mainstay.register.panels import SIDE, Panel

MOST_VERSIONS = 12


def integrated(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:  # noqa: ARG001  # the builder's signature
    """The live plans at and below an initiative, each with its status date."""
    if not may(account, "view", PlanRegister):
        return None
    plans = (
        visible_to(account, PlanRegister)
        .filter(initiative__path__startswith=record.path, is_live=True, is_withdrawn=False)
        .select_related("initiative")
        .order_by("initiative__path")
    )
    rows = [(plan, PlanRegister.url("detail", plan)) for plan in plans[:12]]
    return Panel("integrated", _("Plans"), "planning/parts/panel.html", {"initiative": record, "rows": rows}, place=SIDE)


def proposal(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:  # noqa: ARG001  # the builder's signature
    """The figures of a proposal of levelling and the way to its effect."""
    if not may_see_whole(account, record.initiative):
        return None
    context = {"row": record, "url": reverse("planning.proposal", args=[record.pk])}
    return Panel("effect", _("Effect"), "planning/parts/proposal.html", context)


def versions(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:  # noqa: ARG001  # the builder's signature
    """Where this version comes from, the way to its pages, and the other versions of the plan."""
    rows = visible_to(account, PlanRegister).filter(initiative=record.initiative, is_withdrawn=False).exclude(pk=record.pk)
    others = [(row, PlanRegister.url("detail", row)) for row in rows.order_by("-number")[:MOST_VERSIONS]]
    context = {"plan": record, "facts": facts_of(record), "others": others}
    return Panel("versions", _("This version"), "planning/parts/versions.html", context)
