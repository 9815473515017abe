"""The declaration of the register of transition plans."""

from collections.abc import Mapping
from typing import Any

from mainstay.accounts.models import Account
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.transition.plan import steps
from mainstay.transition.plan.model import Transition


class TransitionPlanRegister(Register):
    model, code = Transition, "TP"
    sections = {
        "Transition": ("initiative", "title", "business_area", "owner", "approach", "changes", "marking"),
        "Cut-over and window": ("milestone", "offset_days", "cut_over_on", "begins_at", "opens_days", "closes_days"),
        "Fallback": ("fallback", "fallback_owner"),
        "Backfill": ("backfill", "backfill_days", "backfill_cost"),
        "Dip in service": ("dip_measure", "dip_normal", "dip_lowest", "dip_starts_days", "dip_length_days"),
        "People, data, legacy": ("communications", "training", "data_migration", "legacy"),
    }
    columns = ("ref", "title", "business_area", "initiative", "owner", "opens_on", "cut_over_on", "slip_days", "closes_on", "state")
    filters = ("state", "initiative", "owner", "business_area", "cut_over_on")
    search = ("ref", "title", "business_area", "changes")
    order = ("cut_over_on", "pk")
    due = "cut_over_on"
    derived = {"opens_on": "Window opens", "closes_on": "Window closes", "slip_days": "Slip since agreed, days"}
    inline = ("owner", "offset_days")
    states = States(
        {name: State(label, name not in ("closed", "cancelled")) for name, label in steps.STATES.items()},
        {name: Move(*told[:3], **told[3]) for name, told in steps.MOVES.items()},
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        return steps.refusal(cls, record, move, account)

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        steps.settle(record, before)
