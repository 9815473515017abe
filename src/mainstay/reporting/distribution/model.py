"""A recipient on the distribution list of an initiative's packs, with the day on which each pack goes out to this person."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Distribution(Record):
    person = models.ForeignKey(
        "organisation.Person",
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who is sent the packs. The person needs a sign-in that may see them; one who may not is refused, and told of here."),
    )
    after_days = models.PositiveSmallIntegerField(
        _("sent after, wd"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(60)],
        help_text=_("Working days after a pack was frozen on which it is sent; 0 is the same day."),
    )
    on_day = models.DateField(
        _("sent on"),
        null=True,
        blank=True,
        help_text=_("Or the one day on which the latest pack is sent. With neither, it is sent by hand."),
    )
    with_file = models.BooleanField(
        _("with the PDF"), default=False, help_text=_("The PDF goes with the message where the pack is OFFICIAL and not larger than 5 MB.")
    )

    class Meta(Record.Meta):
        verbose_name = _("recipient of packs")
        verbose_name_plural = _("recipients of packs")

    def clean(self) -> None:
        if self.after_days is not None and self.on_day is not None:
            raise ValidationError({"on_day": _now("Name either the working days after freezing or a day, not both.")})
