"""A person on the distribution list of a report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Recipient(Record):
    report = models.ForeignKey(
        "assurance.Report",
        verbose_name=_("report"),
        on_delete=models.PROTECT,
        related_name="recipients",
        help_text=_("What they may read."),
    )
    person = models.ForeignKey(
        "organisation.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+", help_text=_("Who may read it.")
    )
    purpose = models.CharField(_("what for"), max_length=160, blank=True, help_text=_("Why they need it."))

    PARENT = ""

    class Meta(Record.Meta):
        verbose_name = _("recipient of a report")
        verbose_name_plural = _("recipients of reports")
