"""One kind of record becomes another, once: a failed assumption a risk, a risk that has happened an issue. Both know of it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.register import actions
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor
from mainstay.register.links import link
from mainstay.register.models import Link, Relation
from mainstay.register.spec import REGISTERS, Register
from mainstay.risk.assumption.register import AssumptionRegister
from mainstay.risk.issue.register import IssueRegister
from mainstay.risk.risk.register import RiskRegister

LONGEST_TITLE = 200


def made_of(register: type[Register], pk: int, target: type[Register]) -> int | None:
    """The id of the record that this one has become already."""
    held = Link.objects.filter(
        register=register.key, record_id=pk, relation=Relation.CAUSES, to_register=target.key, is_withdrawn=False
    ).order_by("pk")
    for found in held:
        if target.model._default_manager.filter(pk=found.to_id, is_withdrawn=False).exists():
            return int(found.to_id)
    return None


def refuse_second(register: type[Register], pk: int, target: type[Register]) -> None:
    if made_of(register, pk, target) is not None:
        raise Invalid({"state": [_("There is %(what)s of this already; its link leads there.") % {"what": target.singular()}]})


@transaction.atomic
def risk_of(pk: int, version: int | None, actor: Actor) -> Any:
    """The risk that an assumption is, where it is open or has failed: its failing is the cause, what then follows the effect."""
    held = actions.locked(AssumptionRegister, pk, version, actor, "change")
    if held.state == "confirmed":
        raise Invalid({"state": [_("It is confirmed. Open it again first, with the reason.")]})
    refuse_second(AssumptionRegister, pk, RiskRegister)
    if held.owner_id is None:
        raise Invalid({"owner": [_("Name its owner first: a risk has one.")]})
    stated = (held.statement or held.title).rstrip(".")
    values = {
        "initiative": held.initiative_id,
        "title": (_("Does not hold: %(title)s") % {"title": held.title})[:LONGEST_TITLE],
        "nature": "threat",
        "cause": _("It was assumed that: %(statement)s. Basis: %(basis)s") % {"statement": stated, "basis": held.basis or "–"},
        "event": _("this has failed") if held.state == "failed" else _("this may turn out to be false"),
        "effect": held.if_false,
        "owner": held.owner_id,
        "marking": held.marking,
    }
    made = actions.create(RiskRegister, values, actor, reason=_("From assumption %(ref)s.") % {"ref": held.ref})
    link(AssumptionRegister, pk, Relation.CAUSES, RiskRegister.key, made.pk, actor)
    return made


@transaction.atomic
def issue_of(pk: int, version: int | None, actor: Actor, *, reason: str) -> Any:
    """The issue that a risk has become by happening; the risk is moved to occurred where it is not yet."""
    held = actions.locked(RiskRegister, pk, version, actor, "change")
    refuse_second(RiskRegister, pk, IssueRegister)
    if held.state not in ("open", "occurred"):
        state = RiskRegister.states.label(held.state) if RiskRegister.states else held.state
        raise Invalid({"state": [_("It is %(state)s, so it has not happened here.") % {"state": state.lower()}]})
    if held.state == "open":
        held = actions.move(RiskRegister, pk, version, "occur", actor, reason=reason)
    told = [text for text in (held.cause, held.event, held.effect) if text]
    values = {
        "initiative": held.initiative_id,
        "title": held.title,
        "kind": "problem",
        "description": "\n".join([reason, *told]).strip(),
        "owner": held.owner_id,
        "cost": None if held.cost_likely is None else held.cost_likely * held.sign,
        "marking": held.marking,
    }
    made = actions.create(IssueRegister, values, actor, reason=_("Risk %(ref)s has occurred.") % {"ref": held.ref})
    link(RiskRegister, pk, Relation.CAUSES, REGISTERS["risk.issue"].key, made.pk, actor)
    return made
