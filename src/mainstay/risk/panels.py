"""What risk adds to the page of an initiative: how many open risks there are, what they imply in pounds, and the way to the map."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import may
from mainstay.register.asat import Moment
from mainstay.register.panels import SIDE, Panel
from mainstay.risk import heat_map
from mainstay.risk.risk.model import Nature
from mainstay.risk.risk.register import RiskRegister


def exposure(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    if not may(account, "view", RiskRegister):
        return None
    risks = heat_map.open_risks(record, account, moment)
    threats = sum(risk.nature == Nature.THREAT for risk in risks)
    context = {
        "threats": threats,
        "opportunities": len(risks) - threats,
        "sums": heat_map.sums(risks, after=False),
        "url": reverse("risk.heat_map", args=[record.pk]) + (f"?as_at={moment.value}" if moment else ""),
    }
    return Panel("exposure", _("Risks"), "risk/parts/panel.html", context, place=SIDE)
