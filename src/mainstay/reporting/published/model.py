"""A published position: what one publication says of one project, figure by figure, with the reason where it says none."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from mainstay.initiatives import scale as scales
from mainstay.register.record import Record


class Scale(models.TextChoices):
    """Rating scales, which are never joined."""

    DCA_5 = "DCA-5", _("delivery confidence in five steps")
    DCA_3 = "DCA-3", _("delivery confidence in three steps")
    OGC_RAG = "OGC-RAG", _("urgency of action")
    STATUS_RAG = "STATUS-RAG", _("status of the office")


class Colour(models.TextChoices):
    """From the best to the worst."""

    GREEN = "Green", _("Green")
    AMBER_GREEN = "Amber/Green", _("Amber/Green")
    AMBER = "Amber", _("Amber")
    AMBER_RED = "Amber/Red", _("Amber/Red")
    RED = "Red", _("Red")


def money(label: StrPromise, text: StrPromise) -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(label, max_digits=20, decimal_places=2, null=True, blank=True, help_text=text)


def why(label: StrPromise) -> "models.CharField[str, str]":
    return models.CharField(
        label, max_length=300, blank=True, help_text=_("Why there is no figure, e.g. exempt, and the words of the file.")
    )


class Published(Record):
    publication = models.CharField(_("publication"), max_length=80, help_text=_("The publication that says it."))
    figures_on = models.DateField(_("figures of"), help_text=_("The day that the figures speak of."))
    scale = models.CharField(_("rating scale"), max_length=12, choices=Scale.choices, help_text=_("The scale that the ratings stand on."))
    rating = models.CharField(_("rating"), max_length=12, choices=Colour.choices, blank=True, help_text=_("By the reviewer."))
    second_rating = models.CharField(
        _("rating of the owner"), max_length=12, choices=Colour.choices, blank=True, help_text=_("By the senior responsible owner.")
    )
    rating_why = why(_("rating, why none"))
    identifier = models.CharField(_("identifier"), max_length=60, blank=True, help_text=_("The identifier that the publication gives it."))
    department = models.CharField(_("department"), max_length=120, blank=True, help_text=_("As the publication names it."))
    category = models.CharField(_("category"), max_length=120, blank=True, help_text=_("As the publication names it."))
    starts_on = models.DateField(_("start"), null=True, blank=True, help_text=_("Approved start."))
    starts_why = why(_("start, why none"))
    ends_on = models.DateField(_("end"), null=True, blank=True, help_text=_("Approved end."))
    ends_why = why(_("end, why none"))
    cost = money(_("whole-life cost, £"), _("Whole-life cost; of a range its middle."))
    cost_low = money(_("whole-life cost, low, £"), _("The lower end where a range is published."))
    cost_high = money(_("whole-life cost, high, £"), _("The upper end where a range is published."))
    price_base = models.CharField(
        _("price base"),
        max_length=40,
        blank=True,
        help_text=_("Of its money, e.g. 2024/25 prices; empty where the publication names none."),
    )
    cost_why = why(_("whole-life cost, why none"))
    year_baseline = money(_("year baseline, £"), _("Baseline or budget of the financial year."))
    year_baseline_why = why(_("year baseline, why none"))
    year_forecast = money(_("year forecast, £"), _("Forecast of the financial year."))
    year_forecast_why = why(_("year forecast, why none"))
    benefits = money(_("benefits, £"), _("Baseline of the benefits."))
    benefits_why = why(_("benefits, why none"))
    narrative = models.TextField(_("narrative"), blank=True, help_text=_("What the publication says in words, under its headings."))
    place = models.CharField(_("place in the file"), max_length=120, blank=True, help_text=_("The row or column that it was read from."))

    class Meta(Record.Meta):
        verbose_name = _("published position")
        verbose_name_plural = _("published positions")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["initiative", "publication", "figures_on"],
                condition=models.Q(is_withdrawn=False),
                name="reporting_published_once",
            ),
        ]

    def clean(self) -> None:
        scale = scales.published(self.scale)
        known = {step.word for step in scale.steps} if scale else set(Colour.values)
        if {self.rating, self.second_rating} - known - {""}:
            raise ValidationError({"scale": _("The scale has no colour halfway between two. Choose the one that the ratings stand on.")})

    @property
    def colour(self) -> str:
        """The reviewer's rating, or the owner's where only that one is given."""
        return self.rating or self.second_rating
