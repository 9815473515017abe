"""A risk budget: the contingency that an initiative holds for its risks, drawn down as they occur."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class RiskBudget(Record):
    amount = models.DecimalField(
        _("amount, £"),
        max_digits=16,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=_("What is held for risks, in pounds."),
    )
    basis = models.TextField(_("basis"), blank=True, help_text=_("How the amount was found, e.g. the P80 of a forecast."))
    price_base = models.CharField(
        _("price base"), max_length=40, blank=True, help_text=_("The prices that it is held in, e.g. 2026/27 real.")
    )
    agreed_on = models.DateField(
        _("agreed on"), null=True, blank=True, help_text=_("The day on which those with the authority agreed to it.")
    )
    agreed_by = models.CharField(_("agreed by"), max_length=120, blank=True, help_text=_("The board or person with the authority."))

    class Meta(Record.Meta):
        verbose_name = _("risk budget")
        verbose_name_plural = _("risk budgets")

    def clean(self) -> None:
        if self.agreed_on and self.agreed_on > timezone.localdate():
            raise ValidationError({"agreed_on": _("It is agreed today or earlier. Enter the day, or leave it empty.")})
