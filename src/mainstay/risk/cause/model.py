"""A shared cause: what makes several risks happen together."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Cause(Record):
    description = models.TextField(_("description"), blank=True, help_text=_("What it is, and why it reaches more than one risk."))
    probability = models.DecimalField(
        _("probability, %"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Chance that it occurs, in per cent. When it occurs, every risk that names it occurs."),
    )  # fmt: skip
    indicators = models.TextField(_("early warning"), blank=True, help_text=_("What one would see first."))

    class Meta(Record.Meta):
        verbose_name = _("shared cause")
        verbose_name_plural = _("shared causes")
