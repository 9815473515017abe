"""Sending what waits: each message by itself, tried again while the mail server is away, given up with its reason after three days."""

from datetime import timedelta
from email.utils import formataddr
from hashlib import sha256
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from mainstay.jobs.progress import Progress
from mainstay.post.models import Message, State

BATCH = 200
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=3)
FORGOTTEN_AFTER = timedelta(minutes=15)
"""A message that has been with a worker for so long is waiting again: the worker was killed."""
PERMANENT = 500


def is_set_up() -> bool:
    return bool(settings.EMAIL_HOST)


def send_waiting(progress: Progress) -> dict[str, Any]:
    """Send all that is due; how many were sent, wait on, or were given up."""
    counts = {"sent": 0, "waiting": 0, "failed": 0}
    Message.objects.filter(state=State.SENDING, next_at__lt=timezone.now() - FORGOTTEN_AFTER).update(state=State.WAITING)
    if not is_set_up():
        return {**counts, "waiting": Message.objects.filter(state=State.WAITING).count()}
    due = list(Message.objects.filter(state=State.WAITING, next_at__lte=timezone.now()).order_by("pk").values_list("pk", flat=True)[:BATCH])
    for number, pk in enumerate(due):
        progress(number, len(due), "")
        state = send(pk)
        if state in counts:
            counts[state] += 1
    return counts


def send(pk: int) -> str:
    """Send one message; the state that it has then. One that somebody else is sending is left alone."""
    now = timezone.now()
    if not Message.objects.filter(pk=pk, state=State.WAITING).update(state=State.SENDING, next_at=now):
        return ""
    message = Message.objects.get(pk=pk)
    message.attempts += 1
    try:
        mail(message).send()
    except (SMTPException, OSError) as fault:
        is_final = is_permanent(fault) or now - message.created_at > GIVEN_UP_AFTER
        message.state = State.FAILED if is_final else State.WAITING
        message.next_at = now + min(timedelta(minutes=2 ** min(message.attempts, 10)), LONGEST_WAIT)
        message.error = " ".join(str(fault).split())[:300] or type(fault).__name__
    else:
        message.state, message.sent_at, message.error = State.SENT, timezone.now(), ""
    message.save()
    return str(message.state)


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
    return made
