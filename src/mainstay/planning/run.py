"""One calculation of an integrated plan: what went in, by digest, and what came out, kept in the file store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanRun(models.Model):
    """The same input gives the same row: nothing is calculated twice, and a row is never changed."""

    input_digest = models.CharField(_("digest of the input"), max_length=64, unique=True, editable=False)
    result_digest = models.CharField(_("digest of the result"), max_length=64, editable=False)
    engine_version = models.CharField(_("version of the engine"), max_length=20, editable=False)
    made_at = models.DateTimeField(_("calculated"), auto_now_add=True)
    seconds = models.FloatField(_("seconds"), default=0, editable=False)
    activity_count = models.PositiveIntegerField(_("activities"), default=0, editable=False)

    class Meta:
        verbose_name = _("calculation of a plan")
        verbose_name_plural = _("calculations of plans")

    def __str__(self) -> str:
        return f"PR-{self.pk}"
