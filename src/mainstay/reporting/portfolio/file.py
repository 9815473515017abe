"""A publication on its way in: the file as it came, how it is to be read, and what a person has decided about doubtful projects."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    READY = "ready", _("To be checked")
    TAKEN = "taken", _("Taken in")
    DISCARDED = "discarded", _("Discarded")


class PublishedFile(models.Model):
    """One that was taken in keeps its mapping for the next file with the same headings."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    into = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, help_text="The file's name as it came.")
    content = models.BinaryField(help_text="The file itself, until it is taken in or discarded.")
    figures_on = models.DateField(null=True, help_text="The day that a person says the figures speak of.")
    mapping = models.JSONField(default=dict, help_text="What a person says of headings, unit, dates and scale.")
    decisions = models.JSONField(default=dict, help_text="Place of the project in the file → whether it is the known one.")
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.READY)
    told = models.JSONField(default=dict, help_text="How many of each kind were written.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
