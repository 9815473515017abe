"""The states of a transition plan, the steps between them, and what speaks against a step."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import may
from mainstay.register.spec import Register
from mainstay.transition import dates, run_sheet, stability
from mainstay.transition.readiness import readiness

STATES = {
    "draft": "Drafted",
    "agreed": "Agreed",
    "ready": "Ready",
    "cut_over": "In cut-over",
    "settling": "In stabilisation",
    "stable": "Stable",
    "fallen_back": "Fallen back",
    "closed": "Closed",
    "cancelled": "Cancelled",
}
REASON: dict[str, Any] = {"needs_reason": True}
MOVES: dict[str, tuple[Any, ...]] = {
    "agree": ("Agree", ("draft",), "agreed", {"requires": ("owner", "cut_over_on", "fallback", "fallback_owner")}),
    "declare": ("Declare ready", ("agreed",), "ready", {}),
    "go": ("Go: begin the cut-over", ("ready",), "cut_over", {}),
    "settle": ("Cut-over done", ("cut_over",), "settling", {}),
    "stabilise": ("Stable", ("settling",), "stable", {}),
    "close": ("Close", ("stable",), "closed", {}),
    "fall_back": ("Fall back", ("cut_over", "settling"), "fallen_back", REASON),
    "replan": ("Plan anew", ("agreed", "ready", "fallen_back", "cancelled"), "draft", REASON),
    "cancel": ("Cancel", ("draft", "agreed", "ready", "fallen_back"), "cancelled", REASON),
}
DECIDED = frozenset({"agree", "go"})
"""Steps of whoever has the authority of the board."""
FOLLOWING = ("draft", "agreed", "ready")
"""States in which the cut-over still follows its milestone."""


def refusal(register: type[Register], plan: Any, move: str, account: Account | None) -> str:
    """Why this step may not be taken; the first reason."""
    if move in DECIDED and not may(account, "decide", register, plan):
        return _("Only those with the authority of the board may take this step. You may prepare the plan.")
    reasons: list[str] = []
    if move in ("declare", "go"):
        found = readiness(plan)
        if not found.musts:
            return _("Not ready: no readiness criterion that is a must is written down. Say what must be seen first.")
        if reasons := found.open_musts:
            return _("Not ready, as musts are open: %(names)s. Confirm them, or waive them with reason and authority.") % {
                "names": ", ".join(reasons)
            }
    if move == "settle" and (reasons := run_sheet.unfinished(plan)):
        return _("Steps of the cut-over are not done: %(names)s.") % {"names": ", ".join(reasons)}
    if move == "stabilise" and (reasons := stability.not_held(plan)):
        return _("Not stable yet: %(names)s.") % {"names": "; ".join(reasons)}
    if move == "fall_back" and (passed := run_sheet.no_return(plan)):
        return _("The point of no return is passed with %(step)s. What goes wrong now is mended, not taken back.") % {"step": passed}
    return ""


def settle(plan: Any, before: Mapping[str, Any]) -> None:
    """The cut-over follows its milestone until it begins; the day that was agreed is kept."""
    if plan.state in FOLLOWING and (day := dates.from_milestone(plan)):
        plan.cut_over_on = day
    if plan.state == "agreed" and before.get("state") == "draft":
        plan.agreed_cut_over = plan.cut_over_on
