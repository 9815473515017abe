"""Go or no-go in words: what speaks against the next step of a transition, and the figures it rests on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.register import words
from mainstay.register.panels import Figure
from mainstay.transition import run_sheet, stability
from mainstay.transition.readiness import Readiness

BEFORE = ("draft", "agreed", "ready")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence, how it presses, and the reasons one by one."""

    lead: str
    tone: str
    reasons: list[str]


def verdict(plan: Any, found: Readiness) -> Verdict:
    if plan.state in BEFORE:
        return before(plan, found)
    if plan.state == "cut_over":
        left = run_sheet.unfinished(plan)
        lead = _("Cut-over under way: %(n)s steps are not done.") % {"n": words.number(len(left))} if left else _("All steps are done.")
        return Verdict(lead, "", left)
    if plan.state == "settling":
        lacking = stability.not_held(plan)
        return Verdict(_("Not stable yet.") if lacking else _("Stable: every must has held."), "amber" if lacking else "", lacking)
    return Verdict(str(_("Nothing is waited for.")), "", [])


def before(plan: Any, found: Readiness) -> Verdict:
    reasons = [_("must open: %(criterion)s") % {"criterion": name} for name in found.open_musts]
    if not found.musts:
        reasons.append(_("no readiness criterion that is a must is written down"))
    if plan.cut_over_on is None:
        reasons.append(_("the cut-over has no day"))
    if not plan.fallback:
        reasons.append(_("no fallback is written down"))
    if plan.state == "draft":
        reasons.append(_("the plan is not agreed"))
    if not run_sheet.steps_of(plan):
        reasons.append(_("the run sheet has no step"))
    if reasons:
        return Verdict(_("No-go."), "amber", reasons)
    return Verdict(_("Go: nothing that was agreed speaks against the cut-over."), "", [])


def figures(plan: Any, found: Readiness, today: date, *, sees_milestone: bool) -> list[Figure]:
    musts, waived = len(found.musts), len(found.waived)
    told = ngettext("%(n)s waived", "%(n)s waived", waived) % {"n": words.number(waived)} if waived else _("none waived")
    share = "–" if found.share is None else f"{found.share} %"
    made = [Figure(_("Musts confirmed"), share, told, _("%(n)d of %(all)d") % {"n": len(found.confirmed), "all": musts})]
    made.append(Figure(_("Gaps"), words.number(len(found.gaps)), _("%(n)d of them musts") % {"n": len(found.open_musts)}))
    made.append(
        Figure(
            _("Cut-over"),
            words.day(plan.cut_over_on) if plan.cut_over_on else "–",
            source_of_day(plan, sees_milestone=sees_milestone),
            left(plan, today),
            delta=slip(plan),
        )
    )
    window = (
        _("%(opens)s to %(closes)s") % {"opens": words.day(plan.opens_on), "closes": words.day(plan.closes_on)} if plan.cut_over_on else "–"
    )
    made.append(Figure(_("Transition window"), window, _("moves along with the cut-over")))
    return made


def left(plan: Any, today: date) -> str:
    if plan.state not in BEFORE or plan.cut_over_on is None:
        return ""
    days = (plan.cut_over_on - today).days
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": words.number(days)} if days >= 0 else _("day has passed")


def source_of_day(plan: Any, *, sees_milestone: bool) -> str:
    if not plan.milestone_id:
        return _("entered; hangs on no milestone")
    name = f"{plan.milestone.initiative.code} {plan.milestone}" if sees_milestone else _("a milestone that you may not see")
    return _("%(days)s days after %(milestone)s") % {"days": words.number(plan.offset_days), "milestone": name}


def slip(plan: Any) -> dict[str, str] | None:
    days = plan.slip_days
    if not days:
        return None
    text = _("%(n)s d against %(day)s as agreed") % {"n": words.number(abs(days)), "day": words.day(plan.agreed_cut_over)}
    return {"text": text, "sense": "worse" if days > 0 else "better", "direction": "up" if days > 0 else "down"}
