"""A response to a risk: one thing that is done about it, with who does it, by when, at what cost and with what effect."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record, of_long_lists
from mainstay.risk.risk.response_lists import Response, fits_nature, titles


class Side(models.TextChoices):
    """Where in the bow-tie it stands."""

    CAUSE = "cause", _("Prevents: acts on the cause")
    EFFECT = "effect", _("Recovers: acts on the effect")


class Effectiveness(models.TextChoices):
    WEAK = "weak", _("Weak")
    ADEQUATE = "adequate", _("Adequate")
    STRONG = "strong", _("Strong")


def change(label: Any, help_text: Any, digits: int, places: int) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=digits, decimal_places=places, null=True, blank=True, help_text=help_text)


class RiskResponse(Record):
    risk = models.ForeignKey(
        "risk.Risk", verbose_name=_("risk"), on_delete=models.PROTECT, related_name="responses", help_text=_("What it answers.")
    )
    kind = models.CharField(
        _("kind of response"),
        max_length=12,
        choices=Response.choices,
        blank=True,
        help_text=_("A word of the list of responses that holds for the initiative."),
    )
    response_list = models.CharField(
        _("list of responses"), max_length=16, choices=titles(), blank=True, editable=False,
        help_text=_("The list that held when the kind was chosen."),
    )  # fmt: skip
    acts_on = models.CharField(
        _("acts on"),
        max_length=6,
        choices=Side.choices,
        default=Side.CAUSE,
        help_text=_("Whether it prevents the event or eases its effect."),
    )
    description = models.TextField(_("description"), blank=True, help_text=_("What is done, and how one sees that it works."))
    due_on = models.DateField(_("due on"), null=True, blank=True, help_text=_("By when it is in place."))
    done_on = models.DateField(_("in place since"), null=True, blank=True, help_text=_("The day on which it was in place."))
    cost = models.DecimalField(
        _("cost, £"), max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)],
        help_text=_("What it costs, in pounds."),
    )  # fmt: skip
    probability_change = models.DecimalField(
        _("change of probability, points"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(-100), MaxValueValidator(100)],
        help_text=_("Percentage points that it adds to the probability of the risk; −10 makes 30 % to 20 %."),
    )  # fmt: skip
    cost_change = change(
        _("change of likely cost, £"), _("Pounds that it adds to the likely cost if the risk occurs; negative where it spares."), 16, 2
    )
    days_change = change(
        _("change of likely delay, wd"), _("Working days that it adds to the likely delay; negative where it spares."), 7, 1
    )
    effectiveness = models.CharField(
        _("effectiveness"),
        max_length=8,
        choices=Effectiveness.choices,
        blank=True,
        help_text=_("How well it works, as far as one has seen."),
    )

    class Meta(Record.Meta):
        verbose_name = _("risk response")
        verbose_name_plural = _("risk responses")
        indexes = [*Record.Meta.indexes, *of_long_lists("due_on")]

    def clean(self) -> None:
        if not (self.risk_id and self.initiative_id):
            return
        if self.risk.initiative_id != self.initiative_id:
            text = _("%(risk)s belongs to %(place)s. Choose that initiative.")
            raise ValidationError({"initiative": text % {"risk": self.risk.ref, "place": self.risk.initiative.code}})
        if self.kind in Response.values and not fits_nature(self.kind, self.risk.nature):
            text = _("%(response)s is no response to this kind of risk. Choose one that fits this %(nature)s.")
            told = {"response": self.get_kind_display(), "nature": self.risk.get_nature_display().lower()}
            raise ValidationError({"kind": text % told})
        if self.done_on and self.done_on > timezone.localdate():
            raise ValidationError({"done_on": _("It is in place today or earlier. Enter the day, or leave it empty.")})
