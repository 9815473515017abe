"""A reading of a stability measure: a value, its day and where it comes from."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Reading(Record):
    measure = models.ForeignKey(
        "transition.Measure",
        verbose_name=_("stability measure"),
        on_delete=models.PROTECT,
        related_name="readings",
        help_text=_("What was read."),
    )
    read_on = models.DateField(_("read on"), default=timezone.localdate, help_text=_("The day that the value is of."))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2, help_text=_("In the unit of the measure."))
    taken_from = models.CharField(_("taken from"), max_length=200, blank=True, help_text=_("The report or system that shows the value."))

    class Meta(Record.Meta):
        verbose_name = _("stability reading")
        verbose_name_plural = _("stability readings")
        indexes = [*Record.Meta.indexes, models.Index(fields=["measure", "read_on"], name="transition_reading_day")]

    def clean(self) -> None:
        if self.read_on and self.read_on > timezone.localdate():
            raise ValidationError({"read_on": _("A reading is of today or earlier.")})
