"""Who comes by the link of a promise: the party outside, with the date and the steps of its own side of this promise and nothing else."""

from django.db.models import Q

from mainstay.accounts.grants import Grant
from mainstay.accounts.models import Account
from mainstay.planning.dependency.model import Side
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.promises.promise_link import PromiseLink
from mainstay.planning.promises.sides import GETTERS_STEPS, GIVERS_STEPS
from mainstay.register.history import Actor

VERBS = frozenset({"view", "change"})
EITHERS_STEPS = frozenset({"dispute"})
"""Of the steps that either side may take, the one that a party outside has; to reopen and to call off stays with the office."""
FIELDS = {Side.GIVER: frozenset({"promised_by", "delivered_on"}), Side.GETTER: frozenset({"needed_by"})}
STEPS = {Side.GIVER: GIVERS_STEPS | EITHERS_STEPS, Side.GETTER: GETTERS_STEPS | EITHERS_STEPS}


def actor_of(link: PromiseLink, request_id: str = "") -> Actor:
    side = Side(link.side)
    grant = Grant(DependencyRegister.key, Q(pk=link.of_id, is_withdrawn=False), VERBS, FIELDS[side], STEPS[side])
    return Actor(Account.bearer(link.called, grant), "link", request_id, link.called)
