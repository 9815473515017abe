"""Signed links: made for one return and the person who supplies it, looked up by what somebody holds, and dead the moment a reason is."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.initiatives.working_days import working_day
from mainstay.register import signed_links, words
from mainstay.register.errors import Refused
from mainstay.register.history import Actor, Event, append
from mainstay.reporting.cycle import filling, supplier
from mainstay.reporting.cycle.return_link import ReturnLink
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.project_return.register import ReturnRegister

ENDED = ("accepted", "waived")
"""States in which nothing is to be answered or looked up any more."""

DEAD = {
    "withdrawn": gettext_lazy("Withdrawn: it opens nothing."),
    "expired": gettext_lazy("It has run out."),
    "ended": gettext_lazy("It has ended with the return."),
    "forbidden": gettext_lazy("The definition or the installation lets no return be answered by link."),
    "replaced": gettext_lazy("It was for somebody who does not supply this return now."),
    "gone": gettext_lazy("Whom it was for does not supply this return any more."),
}
"""Why a link opens nothing, as the office reads it."""


def address(link: ReturnLink) -> str:
    return link.address


def is_permitted(row: Return) -> bool:
    """Whether installation and definition let this return be answered by link."""
    return bool(settings.RETURN_LINKS) and filling.content_under(row.commission.content_digest).link


def why_dead(link: ReturnLink) -> str:
    """Why it opens nothing: `withdrawn`, `expired`, `ended`, `forbidden`, `replaced` or `gone`; "" while it is live."""
    row = link.of
    if link.withdrawn_at is not None:
        return "withdrawn"
    if row.is_withdrawn or row.state in ENDED or row.commission.is_withdrawn or row.commission.state == "cancelled":
        return "ended"
    if not is_permitted(row):
        return "forbidden"
    if link.has_run_out:
        return "expired"
    if link.person_id != row.owner_id:
        return "replaced"
    return "gone" if supplier.why_gone(row) else ""


def latest(row: Return) -> ReturnLink | None:
    rows = ReturnLink.objects.select_related("of__commission", "of__initiative", "of__owner", "person")
    return rows.filter(of=row).order_by("-pk").first()


def may_be_made(row: Return) -> bool:
    """Whether there is somebody to make a link for, and something left to answer."""
    return row.owner is not None and row.state not in ENDED and is_permitted(row) and not supplier.why_gone(row)


def why_not(row: Return) -> str:
    """Why no link can be made."""
    if row.owner is None:
        return _("Nobody is named who supplies this return. Name somebody first.")
    gone = supplier.why_gone(row)
    if gone:
        return _("%(gone)s Name somebody else first.") % {"gone": gone}
    return str(DEAD["ended" if row.state in ENDED else "forbidden"])


@transaction.atomic
def make(row: Return, actor: Actor) -> ReturnLink:
    """A new link in place of the one there is, for whoever supplies the return now."""
    if row.owner is None:
        raise Refused(why_not(row))
    Return.objects.select_for_update(of=("self",)).get(pk=row.pk)
    signed_links.end(ReturnLink.objects.filter(of=row))
    days = filling.content_under(row.commission.content_digest).link_days
    first = max(row.due_on, timezone.localdate())
    made = ReturnLink.objects.create(
        of=row, person=row.owner, handle=signed_links.new_handle(), expires_on=working_day(row.initiative, first, days)
    )
    note(row, "made a link", _("for %(name)s, until %(day)s") % {"name": made.person.title, "day": words.day(made.expires_on)}, actor)
    return made


@transaction.atomic
def withdraw(link: ReturnLink, actor: Actor) -> None:
    """From the next request on it opens nothing; no other one is made unless somebody asks for it."""
    if signed_links.end(ReturnLink.objects.filter(pk=link.pk)):
        note(link.of, "withdrew the link", _("of %(name)s") % {"name": link.person.title}, actor)


@transaction.atomic
def show(link: ReturnLink, actor: Actor) -> str:
    """The address of the link for the office; that somebody else than its person has seen it stands in the history."""
    note(link.of, "was shown the link", _("of %(name)s") % {"name": link.person.title}, actor)
    return address(link)


def note(row: Return, what: str, reason: str, actor: Actor) -> None:
    append([Event(ReturnRegister.key, what, row.pk, row.ref, row.initiative.path, reason=reason)], actor)


def for_mail(row: Return) -> ReturnLink | None:
    """The link that a mail to the supplier carries, made where there is none; None where it was withdrawn or none may be given."""
    held = latest(row)
    if held is not None and held.withdrawn_at is not None:
        return None
    if held is not None and not why_dead(held):
        return held
    return make(row, Actor(None, "job")) if may_be_made(row) else None


def opened(text: str, caller: str) -> ReturnLink | None:
    """The live link that `text` is. Raises TooManyGuesses where `caller`, a network address, has sent too many that were never made."""
    rows = ReturnLink.objects.select_related("of__commission__definition", "of__initiative", "of__owner", "of__confirmer", "person")
    return signed_links.opened(rows, text, caller, why_dead)
