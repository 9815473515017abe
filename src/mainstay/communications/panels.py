"""What communications adds to the page of a meeting: the decisions that are asked, and the actions that are open."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.communications.action.register import ActionRegister
from mainstay.communications.decision.register import DecisionRegister
from mainstay.register.access import below, may, visible_to
from mainstay.register.asat import Moment
from mainstay.register.panels import Panel, with_states

MOST = 50


def business(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """Decisions of this meeting and those asked of its forum; actions of this meeting and those open from the forum's earlier ones."""
    if moment is not None:
        return None
    inside = below("initiative__path", [record.initiative.path])
    decisions = actions = None
    if may(account, "view", DecisionRegister):
        waiting = Q(forum__iexact=record.forum, state__in=("asked", "deferred"), meeting__isnull=True)
        rows = DecisionRegister.rows(visible_to(account, DecisionRegister)).filter(
            Q(meeting=record) | (inside & waiting), is_withdrawn=False
        )
        decisions = with_states(DecisionRegister, rows.order_by("needed_by", "pk")[:MOST])
    if may(account, "view", ActionRegister):
        earlier = Q(meeting__forum__iexact=record.forum, meeting__held_on__lte=record.held_on, state="open")
        rows = ActionRegister.rows(visible_to(account, ActionRegister)).filter(Q(meeting=record) | (inside & earlier), is_withdrawn=False)
        actions = with_states(ActionRegister, rows.order_by("due_on", "pk")[:MOST])
    context = {"meeting": record, "decisions": decisions, "actions": actions, "may_add": may(account, "create", ActionRegister)}
    return Panel("business", _("Business of the meeting"), "communications/parts/business.html", context)
