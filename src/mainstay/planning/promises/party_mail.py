"""Mail about a promise with a party outside: its link, each step of the other side by that link, and its answers to the side inside."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mainstay.organisation.models import Person
from mainstay.planning.dependency.address import address
from mainstay.planning.dependency.model import Dependency, Side
from mainstay.planning.promises import link_life
from mainstay.planning.promises.promise_link import PromiseLink
from mainstay.post import writing
from mainstay.register import words

GIVER_LEARNS = frozenset({"draft", "countered", "agreed", "rejected", "accepted", "disputed", "failed"})
"""States that the getter brings about, or that either side may; of the others the getter learns."""
GETTER_LEARNS = frozenset({"draft", "offered", "delivered", "disputed", "failed"})
DATES = ("promised_by", "needed_by")


def send_link(link: PromiseLink) -> None:
    text = _(
        "%(ours)s names %(body)s as the %(side)s of “%(title)s”. By this link you see what is to be handed over and answer for %(body)s, "
        "without signing in: %(url)s\n\nIt opens this promise and nothing else, until %(day)s. An earlier link does not open it any more. "
        "Whoever has it answers in your name: keep it to yourself.\n"
    ) % {
        "ours": ours(link.of),
        "body": link.body,
        "side": str(link.get_side_display()).lower(),
        "title": link.of.title,
        "url": link.address,
        "day": words.day(link.expires_on),
    }
    subject = _("Your link: %(title)s") % {"title": link.of.title}
    writing.write(f"promise-{link.of_id}-link-{link.pk}", link.email, link.name, subject, text, is_secret=True)


def tell(record: Dependency, before: Mapping[str, Any], state: str) -> None:
    """Each side learns of the other's step, in the transaction of the step. `state` is the state in words."""
    if not record.outside or not before:
        return
    moved = before.get("state") != record.state
    dated = record.state in ("offered", "countered") and any(before.get(name) != text_of(getattr(record, name)) for name in DATES)
    if not moved and not dated:
        return
    for side, learns in ((Side.GIVER, GIVER_LEARNS), (Side.GETTER, GETTER_LEARNS)):
        if record.state in learns and side == record.outside:
            to_party(record, state)
        elif record.state in learns:
            to_us(record, side, state)


def text_of(day: Any) -> Any:
    return day.isoformat() if day else day


def to_party(record: Dependency, state: str) -> None:
    link = link_life.live(record)
    if link is None:
        return
    text = _("%(told)s\n\nSee it and answer by your link, until %(day)s: %(url)s\n") % {
        "told": standing(record, state),
        "day": words.day(link.expires_on),
        "url": link.address,
    }
    write(record, link.email, link.name, "party", text, is_secret=True)


def to_us(record: Dependency, side: Side, state: str) -> None:
    """Who answers for the side inside; where nobody is named for it, who is named for the other."""
    person = inside(record, side)
    if person is None or person.has_left:
        return
    text = _("%(told)s\n\nThe other side is %(party)s.\n\n%(url)s\n") % {
        "told": standing(record, state),
        "party": record.outside_called,
        "url": address(record),
    }
    write(record, person.email, person.title, "ours", text, is_secret=False)


def inside(record: Dependency, side: Side) -> Person | None:
    first, second = (record.giver_owner, record.owner) if side == Side.GIVER else (record.owner, record.giver_owner)
    return first or second


def write(record: Dependency, email: str, name: str, whom: str, text: str, *, is_secret: bool) -> None:
    subject = _("%(ref)s %(title)s") % {"ref": record.ref, "title": record.title}
    writing.write(f"promise-{record.pk}-v{record.version}-{whom}", email, name, subject, text, is_secret=is_secret)


def standing(record: Dependency, state: str) -> str:
    return _("%(ref)s %(title)s, from %(giver)s to %(getter)s: %(state)s. Promised by %(promised)s, needed by %(needed)s.") % {
        "ref": record.ref,
        "title": record.title,
        "giver": record.giver_name,
        "getter": record.getter_name,
        "state": state,
        "promised": words.day(record.promised_by) if record.promised_by else "–",
        "needed": words.day(record.needed_by) if record.needed_by else "–",
    }


def ours(record: Dependency) -> str:
    place = record.initiative if record.outside == Side.GIVER else record.giver
    return f"{place.code} {place.title}"


def drifted(record: Dependency, text: str) -> int:
    """The same words as the side inside reads, with the link instead of the address of the record."""
    link = link_life.live(record)
    if link is None:
        return 0
    key = f"dependency-{record.pk}-drift-{record.promised_by}-{record.forecast}-party"
    subject = _("A promise drifts: %(ref)s %(title)s") % {"ref": record.ref, "title": record.title}
    return int(writing.write(key, link.email, link.name, subject, f"{text}{link.address}\n", is_secret=True) is not None)
