"""A drawdown: money that leaves a risk budget because a risk has occurred."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Drawdown(Record):
    budget = models.ForeignKey(
        "risk.RiskBudget",
        verbose_name=_("risk budget"),
        on_delete=models.PROTECT,
        related_name="drawdowns",
        help_text=_("Where it leaves."),
    )
    risk = models.ForeignKey(
        "risk.Risk", verbose_name=_("risk"), on_delete=models.PROTECT, null=True, blank=True, related_name="drawdowns",
        help_text=_("The risk that has occurred."),
    )  # fmt: skip
    amount = models.DecimalField(
        _("amount, £"), max_digits=16, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))], help_text=_("In pounds.")
    )
    because = models.TextField(_("because"), blank=True, help_text=_("What has happened, and what the money buys."))
    needed_by = models.DateField(_("needed by"), null=True, blank=True, help_text=_("The last day on which a decision still helps."))
    decided_on = models.DateField(_("decided on"), null=True, blank=True, help_text=_("The day of the decision."))

    class Meta(Record.Meta):
        verbose_name = _("drawdown")
        verbose_name_plural = _("drawdowns")

    def clean(self) -> None:
        if self.decided_on and self.decided_on > timezone.localdate():
            raise ValidationError({"decided_on": _("It is decided today or earlier. Enter the day, or leave it empty.")})
        if self.budget_id and self.initiative_id and not self.initiative.path.startswith(self.budget.initiative.path):
            text = _("%(budget)s belongs to %(place)s. Choose that initiative or one below it.")
            raise ValidationError({"budget": text % {"budget": self.budget.ref, "place": self.budget.initiative.code}})
