"""An approval point: what is put to whom for approval, when, and what became of it."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record, of_long_lists


class ApprovalKind(models.TextChoices):
    SOC = "soc", _("Strategic outline case")
    OBC = "obc", _("Outline business case")
    FBC = "fbc", _("Full business case")
    GO_LIVE = "go-live", _("Go live")
    STAGE = "stage", _("Stage")
    TRANCHE = "tranche", _("Tranche")
    SPEND = "spend", _("Spend control")
    OTHER = "other", _("Other")


class Approval(Record):
    kind = models.CharField(_("kind"), max_length=10, choices=ApprovalKind.choices, help_text=_("What is approved."))
    authority = models.CharField(_("approved by"), max_length=120, blank=True, help_text=_("The board, department or finance ministry."))
    milestone = models.ForeignKey(
        "planning.Milestone", verbose_name=_("tied to milestone"), on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("The milestone of the live plan whose date it has."),
    )  # fmt: skip
    planned_on = models.DateField(_("planned on"), null=True, blank=True, help_text=_("Follows from the milestone where one is named."))
    decided_on = models.DateField(_("decided on"), null=True, blank=True, help_text=_("When it was decided."))
    conditions = models.TextField(_("conditions"), blank=True, help_text=_("What the approval depends on."))
    amount = models.DecimalField(
        _("amount, £"), max_digits=16, decimal_places=2, null=True, blank=True, help_text=_("What may be spent on it, in pounds.")
    )

    class Meta(Record.Meta):
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        indexes = [*Record.Meta.indexes, *of_long_lists("planned_on")]

    @property
    def day(self) -> date | None:
        return self.decided_on or self.planned_on
