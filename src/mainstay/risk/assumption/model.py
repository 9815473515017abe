"""An assumption: what plans and cases take for granted, what it rests on, and by when it is tested."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record, of_long_lists


class Confidence(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Assumption(Record):
    statement = models.TextField(_("statement"), blank=True, help_text=_("What is taken to be true, so that one can see whether it is."))
    basis = models.TextField(_("basis"), blank=True, help_text=_("What it rests on: data, advice, a contract, experience."))
    confidence = models.CharField(
        _("confidence"), max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM, help_text=_("How sure its owner is of it.")
    )
    supports = models.TextField(_("supports"), blank=True, help_text=_("The dates, costs, benefits or decisions that stand on it."))
    if_false = models.TextField(_("if it is false"), blank=True, help_text=_("What would happen to them."))
    test_by = models.DateField(_("tested by"), null=True, blank=True, help_text=_("The day by which one knows."))
    tested_on = models.DateField(_("tested on"), null=True, blank=True, help_text=_("The day on which it was confirmed or failed."))
    evidence = models.TextField(_("evidence"), blank=True, help_text=_("What showed that it holds, or that it does not."))

    class Meta(Record.Meta):
        verbose_name = _("assumption")
        verbose_name_plural = _("assumptions")
        indexes = [*Record.Meta.indexes, *of_long_lists("test_by")]

    def clean(self) -> None:
        if self.tested_on and self.tested_on > timezone.localdate():
            raise ValidationError({"tested_on": _("A test is of today or earlier. Enter the day, or leave it empty.")})
