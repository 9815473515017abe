"""Who should have a review and has none, and whose low self-rating is questioned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from mainstay.assurance.triage.thresholds import Rule
from mainstay.register import words

RATED = ("medium", "high")
TOP_SHARE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Line:
    """One initiative: its cost, its last assessment, how many reviews are planned or were held, and what speaks for one."""

    initiative: Any
    cost: Decimal | None
    assessment: Any
    reviews: int
    reasons: tuple[str, ...] = ()
    challenge: str = ""
    again: str = ""
    """Why its assessment does not hold any more."""

    @property
    def why(self) -> str:
        return ", ".join(self.reasons)

    @property
    def is_missing(self) -> bool:
        return bool(self.reasons) and not self.reviews


def lines(
    initiatives: Sequence[Any],
    assessments: Mapping[int, Any],
    reviews: Mapping[int, int],
    rule: Rule | None,
    superseded: Mapping[int, str] | None = None,
    returned: Mapping[int, str] | None = None,
) -> list[Line]:
    """`assessments` the newest of each initiative, `reviews` how many it has planned or had, by the ids of initiatives; `superseded` the
    forms that a later one has taken the place of, by their ids; `returned` why drafts were opened again, by theirs.
    """
    costs = {one.pk: cost_of(one, assessments.get(one.pk)) for one in initiatives}
    high = top_tenth([cost for cost in costs.values() if cost is not None])
    found = []
    for one in initiatives:
        cost, assessment = costs[one.pk], assessments.get(one.pk)
        reasons = []
        if rule and cost is not None and cost >= rule.cost:
            reasons.append(_("whole-life cost at or above the threshold"))
        if assessment is not None and assessment.overall in RATED:
            reasons.append(_("risk potential %(level)s") % {"level": assessment.get_overall_display().lower()})
        doubt = ""
        if assessment is not None and assessment.overall == "low" and cost is not None and high is not None and cost >= high:
            doubt = _("Rated low by itself, and among the top tenth by whole-life cost.")
        again = outdated(one, assessment, rule, superseded or {}, returned or {})
        found.append(Line(one, cost, assessment, reviews.get(one.pk, 0), tuple(reasons), doubt, again))
    return found


def outdated(initiative: Any, assessment: Any, rule: Rule | None, superseded: Mapping[int, str], returned: Mapping[int, str]) -> str:
    """Why what was assessed does not hold any more: its form is superseded, or the cost has crossed the threshold since; "" else."""
    if assessment is None:
        return ""
    if assessment.state != "draft" and (crossed := crossing(assessment.whole_life_cost, initiative.budget, rule)):
        return crossed
    if newer := superseded.get(assessment.bank_id):
        return _("Answered on a form that %(newer)s has superseded: assess it on that one.") % {"newer": newer}
    return returned.get(assessment.pk, "") if assessment.state == "draft" else ""


def crossing(then: Decimal | None, now: Decimal | None, rule: Rule | None) -> str:
    """What to say where a cost was on one side of the threshold and is on the other; a cost at the threshold is above it."""
    if rule is None or then is None or now is None or (then >= rule.cost) == (now >= rule.cost):
        return ""
    return _("Its cost was £%(then)s when it was assessed and is £%(now)s now, across the threshold of £%(rule)s: assess it again.") % {
        "then": words.number(then), "now": words.number(now), "rule": words.number(rule.cost),
    }  # fmt: skip


def cost_of(initiative: Any, assessment: Any) -> Decimal | None:
    """The whole-life cost as assessed, else the approved budget."""
    cost = assessment.whole_life_cost if assessment is not None else None
    found: Decimal | None = cost if cost is not None else initiative.budget
    return found


def top_tenth(costs: Sequence[Decimal]) -> Decimal | None:
    """The least cost among the top tenth, at least one of them; None where there are no costs."""
    if not costs:
        return None
    return sorted(costs, reverse=True)[max(ceil(len(costs) * TOP_SHARE), 1) - 1]
