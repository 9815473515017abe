"""What a party outside can answer to a promise as it stands, and taking an answer: its date and its step, both or neither."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.planning.dependency.model import Dependency, Side
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.promises.bearing import STEPS
from mainstay.planning.promises.link_life import why_dead
from mainstay.planning.promises.promise_link import PromiseLink
from mainstay.register import actions, words
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.history import Actor


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing to say: the step that it takes ("" for a date alone), the field that goes with it, and whether it needs reasons."""

    name: str
    label: str
    told: str
    """What follows from it."""
    move: str = ""
    field: str = ""
    field_label: str = ""
    day: date | None = None
    """What the field starts with; the day itself where it is not asked."""
    is_asked: bool = True
    """False where the day is fixed by the answer."""
    needs_reason: bool = False


def answers_of(row: Dependency, side: Side) -> list[Answer]:
    """The answers open to this side, the likeliest first."""
    held = givers(row) if side == Side.GIVER else getters(row)
    open_moves = DependencyRegister.states.moves_from(row.state) if DependencyRegister.states else {}
    return [one for one in held if not one.move or (one.move in open_moves and one.move in STEPS[side])]


def givers(row: Dependency) -> Iterator[Answer]:
    promised = _("Promised by")
    if row.state == "countered" and row.needed_by:
        label = _("Agree to %(day)s") % {"day": words.day(row.needed_by)}
        yield Answer("match", label, _("You promise the day that was asked for."), "offer", "promised_by", promised, row.needed_by, False)
    told = _("The day by which you will hand over. The other side agrees to it or asks for another one.")
    label = _("Offer another date") if row.state in ("countered", "disputed") else _("Offer this date")
    yield Answer("offer", label, told, "offer", "promised_by", promised, row.promised_by)
    if row.state == "offered":
        told = _("Until the other side has agreed you may offer another day.")
        yield Answer("revise", _("Offer another date"), told, "", "promised_by", promised, row.promised_by)
    told = _("The other side then looks at what it was given, and accepts or disputes it.")
    yield Answer("deliver", _("It is delivered"), told, "deliver", "delivered_on", _("Handed over on"), timezone.localdate())
    yield dispute()
    told = _("You cannot give it, or not by any day that helps. The other side reads why, and looks elsewhere.")
    yield Answer("decline", _("Decline to give it"), told, "decline", needs_reason=True)


def getters(row: Dependency) -> Iterator[Answer]:
    if row.promised_by:
        label = _("Agree to %(day)s") % {"day": words.day(row.promised_by)}
        needs = row.needed_by is None
        told = _("From then on neither side changes the terms alone.")
        yield Answer("agree", label, told, "agree", "needed_by" if needs else "", _("Needed by"), row.promised_by if needs else None, needs)
    told = _("The day by which you need it, and why the day offered is not enough.")
    yield Answer("counter", _("Ask for another date"), told, "counter", "needed_by", _("Needed by"), row.needed_by, True, True)
    yield Answer("accept", _("Accept what was handed over"), _("It meets the acceptance criteria, and the promise is kept."), "accept")
    yield dispute()
    yield Answer("reject", _("Reject the offer"), _("You do not need it, or not from here."), "reject", needs_reason=True)


def dispute() -> Answer:
    told = _("What was agreed or handed over is not what it should be. Both sides talk about it, and the giver offers anew.")
    return Answer("dispute", _("Dispute it"), told, "dispute", needs_reason=True)


class Dead(NotFound):
    """The link has ended between opening the page and answering."""


@transaction.atomic
def take(link: PromiseLink, name: str, version: int | None, day: str, reason: str, actor: Actor) -> Dependency:
    """Write an answer by the link.

    Raises
    ------
    Dead, Invalid, Refused, Stale
        Then nothing is written.
    """
    row = Dependency.objects.select_for_update(of=("self",)).select_related("initiative", "giver").filter(pk=link.of_id).first()
    held = PromiseLink.objects.filter(pk=link.pk).first()
    if row is None or held is None:
        raise Dead
    held.of = row
    if why_dead(held):
        raise Dead
    answer = next((one for one in answers_of(row, Side(held.side)) if one.name == name), None)
    if answer is None and version == row.version:
        raise Invalid({"do": [_("This cannot be answered as the promise stands now. Choose one of the answers below.")]})
    if answer is None:
        actions.locked(DependencyRegister, row.pk, version, actor, "change")  # read before somebody else's step: raises Stale
        raise Dead
    if answer.needs_reason and not reason.strip():
        raise Invalid({"reason": [_("Say why: the other side reads it, and it is kept with the promise.")]})
    return written(row, answer, version, day, reason, actor)


def written(row: Dependency, answer: Answer, version: int | None, day: str, reason: str, actor: Actor) -> Dependency:
    made = row
    if answer.field:
        given = day.strip() if answer.is_asked else answer.day.isoformat() if answer.day else ""
        if not given:
            raise Invalid({answer.field: [_("Enter a day.")]})
        made = actions.change(DependencyRegister, row.pk, version, {answer.field: given}, actor, reason="" if answer.move else reason)
    if answer.move:
        made = actions.move(DependencyRegister, row.pk, made.version if answer.field else version, answer.move, actor, reason=reason)
    elif made.version == version:
        raise Invalid({answer.field: [_("This is the day that stands already. Enter another one.")]})
    found: Dependency = made
    return found
