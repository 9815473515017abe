"""A message is sent once, waits while the mail server is away, and is never lost."""

import socket
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from mainstay.jobs.progress import Progress
from mainstay.post import sending, writing
from mainstay.post.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _server(settings: Any) -> None:
    settings.EMAIL_HOST = "localhost"
    settings.DEFAULT_FROM_EMAIL = "pmo@example.org"


class Refusing(EmailBackend):
    """A mail server that knows nobody."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPRecipientsRefused({"nobody@example.org": (550, b"No such user")})


def written(key: str = "one", to: str = "pat@example.org", **more: Any) -> Message:
    made = writing.write(key, to, "Pat Manager", "Due today", "Words.", **more)
    assert made is not None
    return made


def test_a_message_is_sent_once() -> None:
    assert written().pk == written().pk
    assert sending.send_waiting(Progress()) == {"sent": 1, "waiting": 0, "failed": 0}
    assert sending.send_waiting(Progress()) == {"sent": 0, "waiting": 0, "failed": 0}
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.extra_headers["Auto-Submitted"]) == (
        ["Pat Manager <pat@example.org>"],
        "Due today",
        "auto-generated",
    )
    assert Message.objects.get().state == "sent"


def test_while_the_server_is_away_it_waits_and_then_goes_out_once(settings: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    message = written()
    assert sending.send_waiting(Progress()) == {"sent": 0, "waiting": 1, "failed": 0}
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 1) and message.next_at > timezone.now() and message.error
    assert sending.send_waiting(Progress())["sent"] == 0, "not before its time"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Message.objects.update(next_at=timezone.now())
    assert sending.send_waiting(Progress()) == {"sent": 1, "waiting": 0, "failed": 0}
    assert len(mail.outbox) == 1


def test_what_a_killed_worker_held_is_taken_up_again_under_the_same_id() -> None:
    message = written()
    Message.objects.update(state="sending", next_at=timezone.now() - timedelta(minutes=5))
    assert sending.send_waiting(Progress())["sent"] == 0, "it may still be with somebody"
    Message.objects.update(next_at=timezone.now() - timedelta(minutes=20))
    assert sending.send_waiting(Progress())["sent"] == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == sending.mail(message).extra_headers["Message-ID"]


def test_an_address_that_nobody_has_is_given_up_with_its_reason(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    written(to="nobody@example.org")
    assert sending.send_waiting(Progress()) == {"sent": 0, "waiting": 0, "failed": 1}
    assert "No such user" in Message.objects.get().error


def test_without_a_server_everything_waits(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    written()
    assert sending.send_waiting(Progress()) == {"sent": 0, "waiting": 1, "failed": 0}
    assert mail.outbox == []


def test_a_line_break_in_a_subject_begins_no_header() -> None:
    made = writing.write("one", "pat@example.org", "Pat", "Due\r\nBcc: all@example.org", "Words.")
    assert made is not None and made.subject == "Due Bcc: all@example.org"
    assert writing.write("two", "", "Pat", "Due", "Words.") is None


def test_a_deadline_goes_along_as_a_calendar_entry() -> None:
    entry = writing.deadline(
        "return-1-due", "Highlight report, SCR-HB", timezone.localdate(), "https://pmo.example.org/reporting/returns/1/"
    )
    written(calendar=entry)
    sending.send_waiting(Progress())
    name, content, kind = mail.outbox[0].attachments[0]
    assert (name, kind) == ("deadline.ics", "text/calendar")
    assert f"DTSTART;VALUE=DATE:{timezone.localdate():%Y%m%d}" in str(content) and "SUMMARY:Highlight report\\, SCR-HB" in str(content)
