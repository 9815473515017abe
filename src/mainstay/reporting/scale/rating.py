"""A rating with its scale, as a record keeps it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mainstay.initiatives import scale as scales


class Rating(models.TextChoices):
    """The steps of all scales, from the best to the worst, then what is no rating; which of them a return may have its scale says."""

    GREEN = "green", _("Green")
    AMBER_GREEN = "amber-green", _("Amber/Green")
    AMBER = "amber", _("Amber")
    AMBER_RED = "amber-red", _("Amber/Red")
    RED = "red", _("Red")
    COMPLETE = "complete", _("Complete")
    NOT_STARTED = "not-started", _("Not started")


class Rated(models.Model):
    """A claim that keeps the scale and version on which it was made."""

    rating = models.CharField(
        _("claimed"), max_length=12, choices=Rating.choices, blank=True, help_text=_("The rating that the initiative gives itself.")
    )
    scale = models.CharField(
        _("rating scale"), max_length=24, default=scales.LOCAL, editable=False, help_text=_("Scale and version on which it is rated.")
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        if self.rating and scales.of(self.scale).step(self.rating) is None:
            known = ", ".join(step.word for step in scales.of(self.scale).answers)
            raise ValidationError({"rating": _now("Its scale does not know this rating. Choose one of: %(known)s.") % {"known": known}})

    @property
    def scale_label(self) -> str:
        """The short name of its scale, where that is not the local one."""
        return scales.label(self.scale)
