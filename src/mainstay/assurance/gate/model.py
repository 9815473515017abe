"""A gate: the review without whose passing an initiative is not opened."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Gate(Record):
    review = models.ForeignKey(
        "assurance.Review", verbose_name=_("review"), on_delete=models.PROTECT, null=True, blank=True, related_name="gates",
        help_text=_("The review whose outcome opens it, of this initiative or of one above it."),
    )  # fmt: skip
    authority = models.CharField(
        _("authority"), max_length=120, blank=True, help_text=_("The board or person who opens it, or lets the stage begin without it.")
    )
    waived_by = models.CharField(_("waived by"), max_length=120, blank=True, editable=False, help_text=_("Who entered the waiver."))
    waived_why = models.TextField(_("why waived"), blank=True, help_text=_("Why the stage may begin although its gate is closed."))

    class Meta(Record.Meta):
        verbose_name = _("stage gate")
        verbose_name_plural = _("stage gates")
