"""An early-warning indicator: what is read off before a risk comes, and from which value on somebody has to act."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Direction(models.TextChoices):
    RISING = "rising", _("Higher is worse")
    FALLING = "falling", _("Lower is worse")


class Level(models.TextChoices):
    """Where a reading stands against the thresholds."""

    CLEAR = "clear", _("Within thresholds")
    AMBER = "amber", _("Past amber")
    RED = "red", _("Past red")


def threshold(label: Any, help_text: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=14, decimal_places=2, help_text=help_text)


class Indicator(Record):
    risk = models.ForeignKey(
        "risk.Risk", verbose_name=_("risk"), on_delete=models.PROTECT, null=True, blank=True, related_name="indicators",
        help_text=_("The risk that it warns of; further ones are linked."),
    )  # fmt: skip
    shared_cause = models.ForeignKey(
        "risk.Cause", verbose_name=_("shared cause"), on_delete=models.PROTECT, null=True, blank=True, related_name="early_warnings",
        help_text=_("Or the shared cause: it then warns of every risk that names the cause."),
    )  # fmt: skip
    unit = models.CharField(_("unit"), max_length=30, blank=True, help_text=_("What the values are counted in, e.g. storm days or %."))
    direction = models.CharField(
        _("direction"), max_length=7, choices=Direction.choices, default=Direction.RISING, help_text=_("Whether higher or lower is worse.")
    )
    amber = threshold(_("amber from"), _("The value from which it is watched more closely, in its unit."))
    red = threshold(_("red from"), _("The value from which the owner of the risk has to act, in its unit."))
    taken_from = models.CharField(_("taken from"), max_length=200, blank=True, help_text=_("The report or system that shows the value."))
    read_next = models.DateField(_("next reading"), null=True, blank=True, help_text=_("When its owner reads it again."))
    latest_value = models.DecimalField(
        _("latest value"), max_digits=14, decimal_places=2, null=True, editable=False, help_text=_("Of the latest reading.")
    )
    latest_on = models.DateField(_("latest reading"), null=True, editable=False, help_text=_("The day of the latest reading."))
    level = models.CharField(
        _("level"), max_length=5, choices=Level.choices, blank=True, editable=False, help_text=_("Where the latest reading stands.")
    )

    class Meta(Record.Meta):
        verbose_name = _("early-warning indicator")
        verbose_name_plural = _("early-warning indicators")

    def clean(self) -> None:
        if self.amber is None or self.red is None:
            return
        if (self.red - self.amber) * self.sign < 0:
            raise ValidationError({"red": _("Red is reached before amber in this direction. Swap the two, or change the direction.")})

    @property
    def sign(self) -> int:
        return -1 if self.direction == Direction.FALLING else 1

    def level_of(self, value: Decimal) -> Level:
        """Where a value stands; a threshold that is reached is passed."""
        if value * self.sign >= self.red * self.sign:
            return Level.RED
        return Level.AMBER if value * self.sign >= self.amber * self.sign else Level.CLEAR
