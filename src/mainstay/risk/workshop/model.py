"""A risk workshop: a session in which several people score risks, each for themselves, before anybody sees the others' scores."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class ScoredBy(models.TextChoices):
    QUANTITIES = "quantities", _("Quantities: probability, cost and delay")
    SCORES = "scores", _("Scores from 1 to 5: likelihood and impact")


class Workshop(Record):
    scored_by = models.CharField(
        _("scored by"),
        max_length=10,
        choices=ScoredBy.choices,
        default=ScoredBy.QUANTITIES,
        help_text=_("What participants give of each risk."),
    )
    held_on = models.DateField(_("held on"), default=timezone.localdate, help_text=_("The day of the workshop."))
    purpose = models.TextField(_("purpose"), blank=True, help_text=_("What is to come out of it, and who is asked."))

    class Meta(Record.Meta):
        verbose_name = _("risk workshop")
        verbose_name_plural = _("risk workshops")


class WorkshopRisk(models.Model):
    """A risk of a workshop. Its scores are private until it is revealed; what was agreed stands in the history of the risk."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="items")
    risk = models.ForeignKey("risk.Risk", on_delete=models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=False)
    revealed_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["workshop", "risk"], name="risk_workshop_once")]

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.risk_id}"


def quantity(digits: int, places: int, most: int | None = None) -> "models.DecimalField[Any, Any]":
    limits = [MinValueValidator(0), *([MaxValueValidator(most)] if most else [])]
    return models.DecimalField(max_digits=digits, decimal_places=places, null=True, blank=True, validators=limits)


def score() -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)])


class WorkshopScore(models.Model):
    """What one participant has given of one risk."""

    item = models.ForeignKey(WorkshopRisk, on_delete=models.CASCADE, related_name="scores")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    probability = quantity(5, 2, 100)
    cost_likely = quantity(16, 2)
    days_likely = quantity(7, 1)
    likelihood = score()
    impact = score()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "account"], name="risk_workshop_score_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.account_id}"
