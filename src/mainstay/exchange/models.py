"""An import on its way: which files somebody has sent, what they hold, and what became of them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    READING = "reading", _("Being read")
    READY = "ready", _("To be checked")
    TAKEN = "taken", _("Taken in")
    DISCARDED = "discarded", _("Discarded")


class Upload(models.Model):
    """Files sent together. They lie in a folder of their own until they are taken in or discarded."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    into = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, null=True, related_name="+")
    register = models.CharField(
        max_length=60, blank=True, help_text="The register of the tables among the files; told by headings if empty."
    )
    unversioned = models.BooleanField(default=False, help_text="Rows change records although they bring no version.")
    additions = models.BooleanField(default=False, help_text="People whom rows name and who are not there are added.")
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.READING)
    names = models.JSONField(default=list, help_text="The files' names as they came; the files themselves are called 0, 1, 2.")
    places = models.JSONField(default=dict, help_text="Initiatives chosen by hand: place of the project among all → code.")
    found = models.JSONField(default=dict, help_text="What stands in them, as last read.")
    taken = models.JSONField(default=dict, help_text="How many of each kind were written.")
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["stage", "at"], name="upload_stage")]

    def __str__(self) -> str:
        return ", ".join(self.names)[:120]
