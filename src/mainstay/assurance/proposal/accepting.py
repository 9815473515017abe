"""A proposal comes into force: days, assessment meetings and teams are written through the registers; all that was chosen, or nothing."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.assurance.member.model import Member
from mainstay.assurance.member.register import MemberRegister
from mainstay.assurance.models import Review
from mainstay.assurance.proposal import telling, viewing
from mainstay.assurance.proposal.content import Placed
from mainstay.assurance.proposal.model import Proposal
from mainstay.assurance.proposal.register import ProposalRegister
from mainstay.assurance.review.register import ReviewRegister
from mainstay.register import actions
from mainstay.register.derived import derive
from mainstay.register.document import DocumentError
from mainstay.register.errors import Invalid, NotFound, Refused, Stale
from mainstay.register.history import Actor
from mainstay.register.store import StoreError


def stale(content_placed: Collection[Placed]) -> set[int]:
    """Reviews that have been written since the proposal was made."""
    versions = dict(Review.objects.filter(pk__in=[one.review.pk for one in content_placed]).values_list("pk", "version"))
    return {one.review.pk for one in content_placed if versions.get(one.review.pk) != one.review.version}


@transaction.atomic
def accept(proposal: Proposal, chosen: Collection[int], version: int | None, actor: Actor) -> int:
    """Write what the proposal says of the chosen reviews; how many. Raises Stale, Invalid or Refused, and then nothing is written."""
    if not viewing.may_write(actor.account, proposal.initiative) or not viewing.may_see(actor.account, proposal):
        raise Refused(_("Only whoever sets the days of reviews and books teams here may accept a proposal."))
    held = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
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
    reason = _("Proposed calendar %(ref)s accepted.") % {"ref": held.ref}
    write(taken, actor, reason)
    said = _("%(count)d of %(all)d accepted.") % {"count": len(taken), "all": len(placed)}
    derive(ProposalRegister, held, {"state": "accepted"}, actor, verb="accept", reason=said)
    telling.accepted(held, taken)
    return len(taken)


def state_of(row: Proposal) -> str:
    states = ProposalRegister.states
    return str(states.label(row.state)) if states else ""


def refuse_stale(taken: Collection[Placed]) -> None:
    changed = stale(taken)
    if changed:
        names = ", ".join(f"{one.review.place} {one.review.ref}" for one in taken if one.review.pk in changed)
        text = _("Changed since this was proposed: %(names)s. Leave them out, or propose a calendar again.") % {"names": names}
        raise Invalid({"review": [text]})


def write(taken: Collection[Placed], actor: Actor, reason: str) -> None:
    """First whoever leaves is released, then days, then whoever joins is booked: so that people can change places with one another."""
    rows = Member.objects.filter(review__in=[one.review.pk for one in taken], is_withdrawn=False).exclude(state="declined")
    places: dict[int, dict[int, Member]] = {one.review.pk: {} for one in taken}
    for row in rows.order_by("pk"):
        places[row.review_id][row.reviewer_id] = row
    for one in taken:
        wanted = {each.pk for each in one.team}
        for reviewer in [pk for pk, row in places[one.review.pk].items() if pk not in wanted and row.state == "booked"]:
            release(places[one.review.pk].pop(reviewer), actor, reason)
    for one in taken:
        date_review(one, places[one.review.pk], actor, reason)
    for one in taken:
        for each in one.team:
            book(one, each.pk, places[one.review.pk].get(each.pk), actor, reason)


def release(row: Member, actor: Actor, reason: str) -> Member:
    written: Member = actions.move(MemberRegister, row.pk, row.version, "decline", actor, reason=reason)
    return written


def date_review(one: Placed, places: dict[int, Member], actor: Actor, reason: str) -> None:
    """Its days; where its own people are still in the way of one another, they are released and booked anew."""
    values: dict[str, Any] = {"starts_on": one.first, "ends_on": one.last}
    if one.meeting:
        values["meeting_on"] = one.meeting
    try:
        with transaction.atomic():
            actions.change(ReviewRegister, one.review.pk, one.review.version, values, actor, reason=reason)
    except Invalid:
        booked = {pk: row for pk, row in places.items() if row.state == "booked"}
        if not booked:
            raise
        for pk, row in booked.items():
            places[pk] = release(row, actor, reason)
        actions.change(ReviewRegister, one.review.pk, one.review.version, values, actor, reason=reason)


def book(one: Placed, reviewer: int, row: Member | None, actor: Actor, reason: str) -> None:
    part = "leader" if reviewer == one.leader.pk else "member"
    if row is None:
        row = new_place(one, reviewer, part, actor, reason)
    elif row.state == "declined":
        row = actions.move(MemberRegister, row.pk, row.version, "ask", actor)
    if row.part != part:
        row = actions.change(MemberRegister, row.pk, row.version, {"part": part}, actor, reason=reason)
    if row.state != "booked":
        try:
            actions.move(MemberRegister, row.pk, row.version, "book", actor, reason=reason)
        except Refused as fault:
            told = {"review": f"{one.review.place} {one.review.ref}", "why": str(fault)}
            raise Refused(_("%(review)s: %(why)s Leave it out, or propose a calendar again.") % told) from fault


def new_place(one: Placed, reviewer: int, part: str, actor: Actor, reason: str) -> Any:
    name = next(each.name for each in one.team if each.pk == reviewer)
    review = Review.objects.filter(pk=one.review.pk).values_list("initiative_id", flat=True).first()
    if review is None:
        raise NotFound
    title = f"{name}, {one.review.title}"[:200]
    values = {"title": title, "initiative": review, "review": one.review.pk, "reviewer": reviewer, "part": part}
    return actions.create(MemberRegister, values, actor, reason=reason)
