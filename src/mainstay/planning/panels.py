"""What planning adds to pages that are not its own: the way to the integrated plan, on an initiative's page."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.planning.plan.register import PlanRegister
from mainstay.register.access import may, visible_to
from mainstay.register.asat import Moment
from mainstay.register.panels import SIDE, Panel


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
