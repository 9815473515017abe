"""A job: one piece of long work, from the asking to its end; and when recurring work is next due."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


OVER = (State.DONE, State.FAILED, State.CANCELLED)


class Job(models.Model):
    """What is to be done, how far it is, and what came of it. Only its starter and administrators see it."""

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True, help_text="The page that the work belongs to; its starter can go back there.")
    key = models.CharField(max_length=120, null=True, help_text="Work asked for twice under the same key is done once.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.QUEUED)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    text = models.CharField(max_length=200, blank=True)
    result = models.JSONField(default=dict)
    is_applied = models.BooleanField(default=False, help_text="The work's effect is committed; a second attempt only ends it.")
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    token = models.CharField(max_length=32, blank=True, help_text="Names the attempt that holds the job; no other writes.")
    heartbeat_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(default=timezone.now, help_text="Not before; a second attempt waits a little.")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "ready_at"], name="job_next"), models.Index(fields=["by", "state"], name="job_mine")]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(state__in=[State.QUEUED, State.RUNNING, State.DONE]), name="job_once")
        ]

    def __str__(self) -> str:
        return f"J-{self.pk} {self.title}"

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def percent(self) -> int | None:
        """0 to 100, or None while nobody can tell."""
        if self.state == State.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total and self.state == State.RUNNING else None

    @property
    def seconds_left(self) -> int | None:
        """At the pace so far; None while there is too little to tell by."""
        if self.state != State.RUNNING or not self.started_at or not self.total or not self.done:
            return None
        passed = (timezone.now() - self.started_at).total_seconds()
        return round(passed * (self.total - self.done) / self.done) if passed > 1 else None

    @property
    def seconds(self) -> float | None:
        """How long it has taken, or has been running."""
        return ((self.ended_at or timezone.now()) - self.started_at).total_seconds() if self.started_at else None


class Recurrence(models.Model):
    """When a recurring kind of work is next due."""

    kind = models.CharField(max_length=60, unique=True)
    next_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} {self.next_at:%Y-%m-%d %H:%M}"

    def move_on(self, every: timedelta, now: datetime) -> None:
        """To the first due moment after `now`; what was missed while nothing ran is done once, not many times."""
        missed = max(0, (now - self.next_at) // every)
        self.next_at += every * (missed + 1)
