"""A delivery: one pack to one person. Written when it is sent or refused; what became of it follows from its message and its reader."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Occasion(models.TextChoices):
    """Why it was sent."""

    DUE = "due", _("on its day")
    BY_HAND = "by hand", _("by hand")
    CORRECTION = "correction", _("corrects an earlier one")


class Delivery(Record):
    snapshot = models.ForeignKey(
        "reporting.Snapshot",
        verbose_name=_("pack"),
        on_delete=models.CASCADE,
        related_name="deliveries",
        help_text=_("The frozen pack."),
    )
    person = models.ForeignKey(
        "organisation.Person",
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who it was sent to."),
    )
    message = models.ForeignKey("post.Message", on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    occasion = models.CharField(
        _("occasion"), max_length=10, choices=Occasion.choices, default=Occasion.DUE, editable=False, help_text=_("Why it was sent.")
    )
    has_file = models.BooleanField(_("with the PDF"), default=False, editable=False, help_text=_("Whether the PDF went with it."))
    refusal = models.CharField(
        _("refused because"), max_length=300, blank=True, editable=False, help_text=_("Why it was not sent to this person.")
    )
    opened_at = models.DateTimeField(
        _("opened"),
        null=True,
        editable=False,
        help_text=_("When the person first read it here, signed in. A PDF read elsewhere is not seen."),
    )
    taken_at = models.DateTimeField(
        _("taken away"), null=True, editable=False, help_text=_("When the person first took it away as a file.")
    )

    class Meta(Record.Meta):
        verbose_name = _("delivery of a pack")
        verbose_name_plural = _("deliveries of packs")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["snapshot", "person"], name="reporting_delivery_once"),
        ]

    @property
    def post(self) -> str:
        """What became of the message, in words."""
        if self.message is None:
            return ""
        told = str(self.message.get_state_display())
        return f"{told}: {self.message.error}" if self.message.error else told

    @property
    def delivered_at(self) -> datetime | None:
        """When the mail server took it."""
        return self.message.sent_at if self.message else None
