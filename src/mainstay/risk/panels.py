"""What risk adds to the page of an initiative: how many open risks there are, what they imply in pounds, and the way to the map."""

from collections import Counter
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.register.access import below, may
from mainstay.register.asat import Moment
from mainstay.register.panels import SIDE, Panel
from mainstay.risk import heat_map
from mainstay.risk.risk.model import Nature
from mainstay.risk.risk.register import RiskRegister

MOST_SUMMED = 200
"""Risks whose cost the panel of an initiative works out; of more, the page of the map does."""
MOST_BELOW = 400
"""Initiatives below one whose panel still counts its risks."""


def exposure(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    if not may(account, "view", RiskRegister):
        return None
    url = reverse("risk.heat_map", args=[record.pk])
    counts = Counter[str]()
    if Initiative.objects.filter(below("path", [record.path])).count() > MOST_BELOW:
        return Panel("exposure", _("Risks"), "risk/parts/panel.html", {"url": url}, place=SIDE)
    if moment is None:
        counts.update(dict(heat_map.open_now(record, account).order_by().values_list("nature").annotate(Count("pk"))))
    sums = None
    if counts.total() <= MOST_SUMMED:
        risks = heat_map.open_risks(record, account, moment)
        counts, sums = Counter(str(risk.nature) for risk in risks), heat_map.sums(risks, after=False)
    context = {
        "threats": counts[Nature.THREAT],
        "opportunities": counts[Nature.OPPORTUNITY],
        "sums": sums,
        "url": url,
    }
    return Panel("exposure", _("Risks"), "risk/parts/panel.html", context, place=SIDE)
