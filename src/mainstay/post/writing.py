"""Writing a message down: what other packages call, inside the transaction that gives the reason for it."""

from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _

from mainstay.formats.calendar_events import CalendarEvent, to_icalendar
from mainstay.post.models import Enclosure, Message

LONGEST_SUBJECT = 200


def write(
    key: str,
    to: str,
    name: str,
    subject: str,
    body: str,
    *,
    calendar: str = "",
    enclosure: Enclosure | None = None,
    is_secret: bool = False,
) -> Message | None:
    """Put a message into the post; under the same key there is one, whoever asks again. None where there is no address.

    What `is_secret` lets somebody in, as a signed link does: its words are forgotten once it has been sent.
    """
    if not to:
        return None
    # A line break in a subject would begin another header.
    line = " ".join(subject.split())[:LONGEST_SUBJECT]
    values = {
        "to": to,
        "name": name[:200],
        "subject": line,
        "body": body,
        "calendar": calendar,
        "enclosure": enclosure,
        "is_secret": is_secret,
    }
    return Message.objects.get_or_create(key=key, defaults=values)[0]


def enclose(name: str, content: bytes) -> Enclosure:
    """A PDF that goes with messages; the same file is kept once for all of them."""
    digest = sha256(content).hexdigest()
    return Enclosure.objects.get_or_create(digest=digest, defaults={"name": name[:200], "content": content})[0]


def deadline(key: str, title: str, day: date, url: str) -> str:
    """A calendar entry of one whole day, as text."""
    text = _("Answer here: %(url)s") % {"url": url}
    event = CalendarEvent(key=key, title=title, first=day, last=day, stamp=day, text=text)
    return to_icalendar("", [event], "Deadlines").decode("utf-8")
