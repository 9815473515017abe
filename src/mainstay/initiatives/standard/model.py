"""A standard: a scale, threshold, calendar or list of categories, set at an office or initiative and inherited down."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.initiatives.standard import content
from mainstay.register.record import Entry


class StandardKind(models.TextChoices):
    SCALE = "scale", _("Scale")
    THRESHOLD = "threshold", _("Threshold")
    CALENDAR = "calendar", _("Calendar")
    CATEGORIES = "categories", _("Categories")


class Inheritance(models.TextChoices):
    """What those below may do with it."""

    LOCKED = "locked", _("Locked: holds as it is")
    EXTEND = "extend", _("Extend only: may be added to")
    FREE = "free", _("Free: may be replaced")


class Standard(Entry):
    kind = models.CharField(_("kind"), max_length=12, choices=StandardKind.choices, help_text=_("What sort of standard it is."))
    name = models.SlugField(
        _("name"), max_length=60, help_text=_("The same name further down means the same standard, e.g. risk-probability.")
    )
    inheritance = models.CharField(
        _("inheritance"),
        max_length=8,
        choices=Inheritance.choices,
        default=Inheritance.FREE,
        help_text=_("What initiatives further down may do with it."),
    )
    value = models.JSONField(_("content"), help_text=_("The steps, limits, days or names, as JSON."))
    valid_from = models.DateField(_("valid from"), default=timezone.localdate, help_text=_("First day on which it holds."))
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("Last day; empty while it holds."))
    initiative = models.ForeignKey(
        "initiatives.Initiative",
        verbose_name=_("initiative"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Where it is set; it reaches everything below."),
    )
    office = models.ForeignKey(
        "organisation.Office",
        verbose_name=_("office"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Or the office that sets it for all that it serves."),
    )

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(initiative__isnull=True) ^ Q(office__isnull=True),
                name="standard_one_place",
                violation_error_message=_("Name either the initiative or the office that sets it."),
            )
        ]

    def clean(self) -> None:
        from mainstay.initiatives.standards import refuse_override  # standards.py reads this model

        if self.valid_to and self.valid_from and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The last day is before the first. Enter a later date or leave it empty.")})
        if self.kind in StandardKind.values and (wrong := list(content.faults(self.kind, self.value))):
            raise ValidationError({"value": wrong})
        if self.initiative_id or self.office_id:
            refuse_override(self)
