"""Earned value in words: by what activities count, and why an index cannot be said."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.planning.earning import Unsaid, Weight

NAMES: Mapping[str, str] = {"cpi": "CPI", "spi": "SPI", "spi_t": "SPI(t)"}
WEIGHTS = {
    str(Weight.COST): gettext_lazy("weighed by baseline cost"),
    str(Weight.WORK): gettext_lazy("weighed by baseline work, because the plan has no baseline cost"),
    str(Weight.DURATION): gettext_lazy("weighed by baseline duration, because the plan has neither baseline cost nor baseline work"),
}
SHORT_WEIGHTS = {
    str(Weight.COST): gettext_lazy("by cost"),
    str(Weight.WORK): gettext_lazy("by work"),
    str(Weight.DURATION): gettext_lazy("by duration"),
}
REASONS = {
    str(Unsaid.NO_BASELINE): gettext_lazy("the plan has no baseline"),
    str(Unsaid.LITTLE_BASELINE): gettext_lazy("less than half of its activities have a baseline"),
    str(Unsaid.NO_BUDGET): gettext_lazy("its baseline has no cost, no work and no duration"),
    str(Unsaid.NO_STATUS_DATE): gettext_lazy("the plan has no status date"),
    str(Unsaid.NOT_BEGUN): gettext_lazy("by its status date nothing was planned to be earned"),
    str(Unsaid.NO_ACTUAL): gettext_lazy("the plan carries no actual cost or work in the unit of its baseline"),
    str(Unsaid.NO_FINISH): gettext_lazy("all is done, but the plan does not say when it was finished"),
}


def index(value: float) -> str:
    """Two decimals, as such an index is always told."""
    return f"{value:.2f}"


def unsaid(names: list[str], reason: str) -> str:
    """`CPI and SPI cannot be said, because the plan has no baseline.`"""
    told = [NAMES[name] for name in names]
    listed = _("%(most)s and %(last)s") % {"most": ", ".join(told[:-1]), "last": told[-1]} if len(told) > 1 else told[0]
    return _("%(indices)s cannot be said, because %(reason)s.") % {"indices": listed, "reason": REASONS.get(reason, reason)}


def all_unsaid(reasons: Mapping[str, str]) -> list[str]:
    """A sentence for each reason."""
    by_reason: dict[str, list[str]] = {}
    for name in NAMES:
        if name in reasons:
            by_reason.setdefault(reasons[name], []).append(name)
    return [unsaid(names, reason) for reason, names in by_reason.items()]
