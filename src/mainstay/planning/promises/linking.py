"""The office makes, withdraws and is shown the link of a promise; each stands in the history of the promise."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.initiatives.working_days import working_day
from mainstay.planning.dependency.model import CLOSED
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency, PromiseLink
from mainstay.planning.promises import party_mail
from mainstay.planning.promises.link_life import DEAD, may_be_made, why_dead, why_none
from mainstay.register import signed_links, words
from mainstay.register.errors import Invalid, Refused
from mainstay.register.history import Actor, Event, append

LONGEST = timedelta(days=366)
WORKING_DAYS = 10
"""How long after its last date a promise may be answered, where the office names no day."""


def usual_last_day(row: Dependency) -> date:
    today = timezone.localdate()
    last = max([today, *(day for day in (row.needed_by, row.promised_by) if day)])
    return min(working_day(row.initiative, last, WORKING_DAYS), today + LONGEST)


def why_not(row: Dependency) -> str:
    """Why no link can be made."""
    if not row.outside:
        return _("No party outside is named. Say which side it is, and its name, organisation and e-mail address.")
    if row.is_withdrawn or row.state in CLOSED:
        return _("Nothing is to be answered any more: this promise is over.")
    return str(DEAD[why_none(row)])


def last_day(row: Dependency, text: str) -> date:
    """The last day as the office types it; where it is left empty, the usual one."""
    if not text.strip():
        return usual_last_day(row)
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(
            {"until": [_("“%(text)s” is no day. Enter the last day such as 2027-03-31.") % {"text": text.strip()[:40]}]}
        ) from None
    today = timezone.localdate()
    if not today <= day <= today + LONGEST:
        values = {"from": words.day(today), "to": words.day(today + LONGEST)}
        raise Invalid({"until": [_("A link holds until a day from %(from)s to %(to)s.") % values]})
    return day


@transaction.atomic
def make(row: Dependency, until: date, actor: Actor) -> PromiseLink:
    """A new link in place of the one there is, mailed to whom the promise names."""
    held = Dependency.objects.select_for_update(of=("self",)).select_related("initiative", "giver").get(pk=row.pk)
    if not may_be_made(held):
        raise Refused(why_not(held))
    signed_links.end(PromiseLink.objects.filter(of=held))
    made = PromiseLink.objects.create(
        of=held,
        side=held.outside,
        name=held.outside_name,
        body=held.outside_body,
        email=held.outside_email,
        handle=signed_links.new_handle(),
        expires_on=until,
    )
    note(held, "made a link", _("for %(name)s, until %(day)s") % {"name": made.called, "day": words.day(until)}, actor)
    party_mail.send_link(made)
    return made


@transaction.atomic
def withdraw(link: PromiseLink, actor: Actor) -> None:
    """From the next request on it opens nothing."""
    if signed_links.end(PromiseLink.objects.filter(pk=link.pk)):
        note(link.of, "withdrew the link", _("of %(name)s") % {"name": link.called}, actor)


@transaction.atomic
def show(link: PromiseLink, actor: Actor) -> str:
    """The address of the link for the office; that somebody else than its person has seen it stands in the history."""
    note(link.of, "was shown the link", _("of %(name)s") % {"name": link.called}, actor)
    return link.address


def note(row: Dependency, what: str, reason: str, actor: Actor) -> None:
    append([Event(DependencyRegister.key, what, row.pk, row.ref, row.initiative.path, reason=reason)], actor)


def opened(text: str, caller: str) -> PromiseLink | None:
    """The live link that `text` is. Raises TooManyGuesses where `caller`, a network address, has sent too many that were never made."""
    rows = PromiseLink.objects.select_related("of__initiative", "of__giver", "of__owner", "of__giver_owner")
    return signed_links.opened(rows, text, caller, why_dead)
