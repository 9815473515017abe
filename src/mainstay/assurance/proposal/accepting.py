"""A proposal comes into force: days, assessment meetings and teams are written through the registers; all that was chosen, or nothing."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.assurance.models import Review
from mainstay.assurance.proposal import telling, viewing, writing
from mainstay.assurance.proposal.content import Placed
from mainstay.assurance.proposal.model import Proposal
from mainstay.assurance.proposal.register import ProposalRegister
from mainstay.register.derived import derive
from mainstay.register.document import DocumentError
from mainstay.register.errors import ActionError, Invalid, Refused, Stale
from mainstay.register.history import Actor
from mainstay.register.store import StoreError


def stale(content_placed: Collection[Placed]) -> set[int]:
    """Reviews that have been written since the proposal was made."""
    versions = dict(Review.objects.filter(pk__in=[one.review.pk for one in content_placed]).values_list("pk", "version"))
    return {one.review.pk for one in content_placed if versions.get(one.review.pk) != one.review.version}


@transaction.atomic
def accept(proposal: Proposal, chosen: Collection[int], version: int | None, actor: Actor) -> int:
    """Write what the proposal says of the chosen reviews; how many. Raises Stale, Invalid or Refused, and then nothing is written."""
    held = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    taken = looked_at(held, chosen, version, actor)
    writing.write(taken, actor, _("Proposed calendar %(ref)s accepted.") % {"ref": held.ref})
    said = _("%(count)d of %(all)d accepted.") % {"count": len(taken), "all": sum(not one.is_kept for one in held.content.placed)}
    derive(ProposalRegister, held, {"state": "accepted"}, actor, verb="accept", reason=said)
    telling.accepted(held, taken)
    return len(taken)


def looked_at(held: Proposal, chosen: Collection[int], version: int | None, actor: Actor) -> list[Placed]:
    """What is to be written of the chosen reviews; raises as `accept` does, as far as can be told without writing."""
    if not viewing.may_write(actor.account, held.initiative) or not viewing.may_see(actor.account, held):
        raise Refused(_("Only whoever sets the days of reviews and books teams here may accept a proposal."))
    if held.version != version:
        raise Stale(held, version)
    if held.state != "proposed":
        raise Refused(_("This proposal is %(state)s already. Propose a calendar again.") % {"state": state_of(held).lower()})
    try:
        content = held.content
    except (StoreError, DocumentError) as fault:
        raise Refused(_("What this proposal says is kept no more. Propose a calendar again.")) from fault
    placed = {one.review.pk: one for one in content.placed if not one.is_kept}
    taken = [placed[pk] for pk in dict.fromkeys(chosen) if pk in placed]
    if not taken:
        raise Invalid({"review": [_("Choose at least one review whose days or team change.")]})
    refuse_stale(taken)
    return taken


def sentences(fault: ActionError) -> list[str]:
    """Why nothing was written, in the words for a person."""
    if isinstance(fault, Invalid):
        return [text for texts in fault.errors.values() for text in texts]
    if isinstance(fault, Stale):
        return [_("Somebody has written since this page was opened. Look at it again, or propose a calendar again.")]
    return [str(fault)]


def state_of(row: Proposal) -> str:
    states = ProposalRegister.states
    return str(states.label(row.state)) if states else ""


def refuse_stale(taken: Collection[Placed]) -> None:
    changed = stale(taken)
    if changed:
        names = ", ".join(f"{one.review.place} {one.review.ref}" for one in taken if one.review.pk in changed)
        text = _("Changed since this was proposed: %(names)s. Leave them out, or propose a calendar again.") % {"names": names}
        raise Invalid({"review": [text]})
