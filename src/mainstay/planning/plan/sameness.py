"""What a person has said of two activities that no lasting id joins: that they are the same, or that they are not."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.utils import timezone


class SaidOfActivities(models.Model):
    """One activity of one version and one of a later version, under the digests of their contents, which never change."""

    then = models.CharField(max_length=64)
    now = models.CharField(max_length=64)
    uid_then = models.BigIntegerField()
    uid_now = models.BigIntegerField()
    is_same = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["then", "now", "uid_then", "uid_now"], name="said_of_activities_once")]

    def __str__(self) -> str:
        return f"{self.uid_then} {'is' if self.is_same else 'is not'} {self.uid_now}"


def said(then: str, now: str) -> tuple[Mapping[int, int], set[tuple[int, int]]]:
    """The pairs that are the same, and all pairs of which anything has been said."""
    rows = SaidOfActivities.objects.filter(then=then, now=now).order_by("at", "pk")
    return {row.uid_then: row.uid_now for row in rows if row.is_same}, {(row.uid_then, row.uid_now) for row in rows}
