"""Sending what waits: each message by itself, tried again while the receiver is away, given up with its reason after three days."""

from datetime import timedelta
from email.utils import formataddr
from hashlib import sha256
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.jobs.progress import Progress
from mainstay.post import calling, outgoing
from mainstay.post.models import Enclosure, Message, State

BATCH = 200
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=3)
FORGOTTEN_AFTER = timedelta(minutes=15)
"""A message that has been with a worker for so long is with nobody any more: the worker was killed."""
PERMANENT = 500


def is_set_up() -> bool:
    return bool(settings.EMAIL_HOST)


def send_waiting(progress: Progress) -> dict[str, Any]:
    """Send all that is due; how many were sent, wait on, or were given up."""
    take_up_forgotten()
    reach = deliverable()
    counts = {"sent": 0, "waiting": Message.objects.filter(state=State.WAITING).exclude(pk__in=reach.values("pk")).count(), "failed": 0}
    due = list(reach.filter(next_at__lte=timezone.now()).order_by("pk").values_list("pk", flat=True)[:BATCH])
    for number, pk in enumerate(due):
        progress(number, len(due), "")
        state = send(pk)
        if state == State.UNCLEAR:
            state = State.FAILED.value
        if state in counts:
            counts[state] += 1
    # One that failed may be tried again by hand, with its file.
    Enclosure.objects.exclude(messages__in=Message.objects.exclude(state=State.SENT)).delete()
    return counts


def take_up_forgotten() -> None:
    """A mail system drops a second copy by its Message-ID, so that a mail is sent again; a chat channel shows it twice, so it is not."""
    forgotten = Message.objects.filter(state=State.SENDING, next_at__lt=timezone.now() - FORGOTTEN_AFTER)
    forgotten.filter(channel=None).update(state=State.WAITING)
    forgotten.exclude(channel=None).update(state=State.UNCLEAR, error=calling.unclear())


def deliverable() -> QuerySet[Message]:
    """What waits and has a way out: e-mail with a server, channels with a list of hosts."""
    rows = Message.objects.filter(state=State.WAITING)
    if not is_set_up():
        rows = rows.exclude(channel=None)
    return rows if outgoing.is_on() else rows.filter(channel=None)


def send(pk: int) -> str:
    """Send one message; the state that it has then. One that somebody else is sending is left alone."""
    now = timezone.now()
    if not Message.objects.filter(pk=pk, state=State.WAITING).update(state=State.SENDING, next_at=now):
        return ""
    message = Message.objects.select_related("channel").get(pk=pk)
    message.attempts += 1
    if message.channel is not None:
        settle(message, calling.call(message, message.channel))
    else:
        settle(message, mailed(message))
    message.save()
    return str(message.state)


def mailed(message: Message) -> calling.Outcome:
    try:
        mail(message).send()
    except (SMTPException, OSError) as fault:
        state = State.FAILED if is_permanent(fault) else State.WAITING
        return calling.Outcome(state, " ".join(str(fault).split()) or type(fault).__name__)
    return calling.Outcome(State.SENT)


def settle(message: Message, outcome: calling.Outcome) -> None:
    """Note what came of an attempt, and when the next one is."""
    now = timezone.now()
    message.state, message.error = outcome.state, outcome.reason[:300]
    if outcome.state == State.SENT:
        message.sent_at = now
        message.body = "" if message.is_secret else message.body
    if outcome.state == State.WAITING:
        wait = min(timedelta(minutes=2 ** min(message.attempts, 10)), LONGEST_WAIT)
        message.next_at = now + max(wait, outcome.not_before)
        if now - message.created_at > GIVEN_UP_AFTER:
            message.state = State.FAILED
            message.error = _("Given up after three days. %(reason)s") % {"reason": outcome.reason[:250]}


def is_permanent(fault: Exception) -> bool:
    """Whether the server has said that this address will never do."""
    if isinstance(fault, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _text in fault.recipients.values())
    return False


def mail(message: Message) -> EmailMessage:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    made = EmailMessage(
        message.subject,
        message.body,
        settings.DEFAULT_FROM_EMAIL,
        [formataddr((message.name, message.to))],
        headers={"Message-ID": f"<{sha256(message.key.encode()).hexdigest()[:32]}@{host}>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(),
    )
    if message.calendar:
        made.attach("deadline.ics", message.calendar, "text/calendar")
    if message.enclosure is not None:
        made.attach(message.enclosure.name, bytes(message.enclosure.content), "application/pdf")
    return made
