"""The definition of a return: what it asks, how often, and how many working days everybody has."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mainstay.initiatives.initiative.model import InitiativeKind
from mainstay.register.record import Record
from mainstay.reporting.cycle import content


class Cadence(models.TextChoices):
    MONTHLY = "monthly", _("monthly")
    QUARTERLY = "quarterly", _("quarterly")
    HALF_YEARLY = "half-yearly", _("half-yearly")
    ONCE = "once", _("when asked")


def working_days(label: Any, default: int, help_text: Any) -> Any:
    """A number of working days counted from the end of the period."""
    limits = [MinValueValidator(-60), MaxValueValidator(60)]
    return models.SmallIntegerField(label, default=default, validators=limits, help_text=help_text)


class Definition(Record):
    purpose = models.TextField(_("purpose"), blank=True, help_text=_("What its answers are needed for, told to those who give them."))
    cadence = models.CharField(
        _("how often"), max_length=12, choices=Cadence.choices, default=Cadence.MONTHLY, help_text=_("How often it is asked.")
    )
    asks = models.CharField(
        _("asks"),
        max_length=10,
        choices=InitiativeKind.choices,
        default=InitiativeKind.PROJECT,
        help_text=_("The level of the tree that answers it."),
    )
    opens_wd = working_days(_("opens, wd"), -5, _("Working days after the end of the period on which it is asked; negative is before."))
    due_wd = working_days(_("due, wd"), 3, _("Working days after the period by which it is sent."))
    checked_wd = working_days(_("checked, wd"), 4, _("Working days after the period by which the office has checked it."))
    confirmed_wd = working_days(_("confirmed, wd"), 5, _("Working days after the period by which the sponsor has confirmed it."))
    freezes_wd = working_days(_("frozen, wd"), 8, _("Working days after the period on which the board's pack is frozen."))
    content = models.TextField(_("what it asks"), help_text=_("Parts and questions, as YAML. Start from one that is shipped."))

    class Meta(Record.Meta):
        verbose_name = _("definition of a return")
        verbose_name_plural = _("definitions of returns")

    def clean(self) -> None:
        days = [self.opens_wd, self.due_wd, self.checked_wd, self.confirmed_wd, self.freezes_wd]
        if None not in days and sorted(days) != days:
            raise ValidationError({"due_wd": _now("It is asked, sent, checked, confirmed and frozen in this order. Let the days rise.")})
        try:
            content.read(self.content or "")
        except content.ContentError as fault:
            raise ValidationError({"content": fault.faults}) from None
