"""A stability measure: what shows that a business area is through its dip, and for how long it must have held."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record
from mainstay.transition.criterion.model import Weight


class Sense(models.TextChoices):
    LEAST = "at_least", _("At least")
    MOST = "at_most", _("At most")


class Measure(Record):
    plan = models.ForeignKey(
        "transition.Transition",
        verbose_name=_("transition plan"),
        on_delete=models.PROTECT,
        related_name="measures",
        help_text=_("The transition whose end it shows."),
    )
    unit = models.CharField(_("unit"), max_length=30, blank=True, help_text=_("What the values are counted in, e.g. % or calls a day."))
    weight = models.CharField(
        _("weight"), max_length=6, choices=Weight.choices, default=Weight.MUST, help_text=_("An area is stable once every must has held.")
    )
    sense = models.CharField(
        _("tolerable is"), max_length=8, choices=Sense.choices, default=Sense.LEAST, help_text=_("Whether more is better, or less.")
    )
    baseline = models.DecimalField(
        _("level before"), max_digits=14, decimal_places=2, null=True, blank=True, help_text=_("Before the cut-over.")
    )
    tolerable = models.DecimalField(_("tolerable level"), max_digits=14, decimal_places=2, help_text=_("The level that must be held."))
    target = models.DecimalField(
        _("target"), max_digits=14, decimal_places=2, null=True, blank=True, help_text=_("Where it is to be in the end.")
    )
    readings_needed = models.PositiveSmallIntegerField(
        _("readings to hold"),
        default=4,
        validators=[MinValueValidator(1)],
        help_text=_("So many readings in a row must be tolerable, the latest included."),
    )

    class Meta(Record.Meta):
        verbose_name = _("stability measure")
        verbose_name_plural = _("stability measures")

    def is_tolerable(self, value: object) -> bool:
        return bool(value >= self.tolerable if self.sense == Sense.LEAST else value <= self.tolerable)  # type: ignore[operator]  # both are numbers
