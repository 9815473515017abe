"""A reading of an early-warning indicator: a value, its day and where it comes from."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class IndicatorReading(Record):
    indicator = models.ForeignKey(
        "risk.Indicator", verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="readings", help_text=_("What was read.")
    )
    read_on = models.DateField(_("read on"), default=timezone.localdate, help_text=_("The day that the value is of."))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2, help_text=_("In the unit of the indicator."))
    taken_from = models.CharField(_("taken from"), max_length=200, blank=True, help_text=_("The report or system that shows the value."))

    class Meta(Record.Meta):
        verbose_name = _("reading of an indicator")
        verbose_name_plural = _("readings of indicators")
        indexes = [*Record.Meta.indexes, models.Index(fields=["indicator", "read_on"], name="risk_reading_day")]

    def clean(self) -> None:
        if self.read_on and self.read_on > timezone.localdate():
            raise ValidationError({"read_on": _("A reading is of today or earlier.")})
        if self.indicator_id and self.initiative_id and self.indicator.initiative_id != self.initiative_id:
            text = _("%(indicator)s belongs to %(place)s. Choose that initiative.")
            told = {"indicator": self.indicator.ref, "place": self.indicator.initiative.code}
            raise ValidationError({"initiative": text % told})
