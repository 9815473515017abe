"""A message to one person or channel: what it says, and how far it has come; and the channels."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    UNCLEAR = "unclear", _("Not known")


class Form(models.TextChoices):
    """How a channel takes a message."""

    TEXT = "text", _("Plain text: Slack, Mattermost")
    CARD = "card", _("Adaptive Card: Microsoft Teams")


class Channel(models.Model):
    """A chat channel that is told of events. Its address is a secret: kept sealed, never shown, never logged."""

    name = models.CharField(max_length=80)
    host = models.CharField(max_length=255, help_text="The part of the address that is no secret.")
    sealed = models.TextField(help_text="The whole address, encrypted.")
    form = models.CharField(max_length=4, choices=Form.choices, default=Form.TEXT)
    place = models.CharField(max_length=40, blank=True, help_text="`initiative:12` or `office:3` and all below; empty for everything.")
    events = models.JSONField(default=list)
    is_on = models.BooleanField(default=True)
    removed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Enclosure(models.Model):
    """A file that goes with messages, kept until none of them waits any more."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """One message, once under its key. Every attempt carries the same Message-ID, so that a mail system drops a second copy."""

    key = models.CharField(max_length=160, unique=True)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, null=True, related_name="messages")
    to = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=500, blank=True, help_text="Where a message to a channel leads.")
    calendar = models.TextField(blank=True, help_text="A calendar entry (iCalendar) that goes with it.")
    is_secret = models.BooleanField(default=False, help_text="Whether its words let somebody in: they are forgotten once it is sent.")
    enclosure = models.ForeignKey(Enclosure, on_delete=models.SET_NULL, null=True, related_name="messages")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now, help_text="Not before.")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "next_at"], name="post_next")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.name or self.to}"

    @property
    def tone(self) -> str:
        return {"failed": "late", "unclear": "late", "sent": "done"}.get(self.state, "")
