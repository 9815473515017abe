"""A risk: a threat or an opportunity, with its cause, event and effect, its quantities and its response."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record, of_long_lists
from mainstay.risk.risk import validation
from mainstay.risk.risk.response_lists import Response, titles


class Nature(models.TextChoices):
    THREAT = "threat", _("Threat")
    OPPORTUNITY = "opportunity", _("Opportunity")


class Proximity(models.TextChoices):
    IMMINENT = "imminent", _("Imminent")
    STAGE = "stage", _("Within the stage")
    PROJECT = "project", _("Within the project")
    BEYOND = "beyond", _("Beyond the project")


def percent(label: Any, **kwargs: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)], **kwargs)


def amount(label: Any, help_text: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(
        label, max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)], help_text=help_text
    )


def days(label: Any, help_text: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(
        label, max_digits=7, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)], help_text=help_text
    )


def score(label: Any, help_text: Any) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)], help_text=help_text
    )


def expected(days: Decimal | None, chance: Decimal | None) -> Decimal | None:
    return None if days is None or chance is None else (days * chance / 100).quantize(Decimal("0.1"))


class Risk(Record):
    nature = models.CharField(
        _("nature"),
        max_length=12,
        choices=Nature.choices,
        default=Nature.THREAT,
        help_text=_("A threat would hurt, an opportunity would help."),
    )
    category = models.CharField(
        _("category"), max_length=60, blank=True, help_text=_("The office's own grouping, e.g. commercial, technical.")
    )
    cause = models.TextField(_("cause"), blank=True, help_text=_("Because of … : what stands already."))
    event = models.TextField(_("event"), blank=True, help_text=_("… it may happen that … : what is uncertain."))
    effect = models.TextField(_("effect"), blank=True, help_text=_("… so that … : what it would do to objectives."))
    proximity = models.CharField(_("proximity"), max_length=10, choices=Proximity.choices, blank=True, help_text=_("When it would come."))
    probability = percent(
        _("probability, %"), null=True, blank=True, help_text=_("Chance that it occurs, before the response, in per cent.")
    )
    likelihood = score(_("likelihood score"), _("1 to 5 on the office's scale, beside the quantities; never summed."))
    impact = score(_("impact score"), _("1 to 5 on the office's scale, beside the quantities; never summed."))
    dimension = models.CharField(
        _("impact score is of"),
        max_length=40,
        blank=True,
        help_text=_("The objective that the impact score is about, e.g. safety or reputation; compared with the appetite set for it."),
    )
    secondary_to = models.ForeignKey(
        "risk.Risk",
        verbose_name=_("secondary to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="secondary",
        help_text=_("The risk whose response brings this one about."),
    )
    escalated_from = models.ForeignKey(
        "risk.Risk", verbose_name=_("escalated from"), on_delete=models.PROTECT, null=True, editable=False, related_name="raised",
        help_text=_("The risk of the level below that was raised to this one."),
    )  # fmt: skip
    shared_cause = models.ForeignKey(
        "risk.Cause",
        verbose_name=_("shared cause"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="risks",
        help_text=_("What makes this risk occur together with others."),
    )
    cost_low = amount(_("cost, low, £"), _("Best case if it occurs, in pounds. For an opportunity: what it would save."))
    cost_likely = amount(_("cost, likely, £"), _("Most likely, in pounds."))
    cost_high = amount(_("cost, high, £"), _("Worst case, in pounds."))
    days_low = days(_("delay, low, wd"), _("Best case if it occurs, in working days. For an opportunity: days gained."))
    days_likely = days(_("delay, likely, wd"), _("Most likely, in working days."))
    days_high = days(_("delay, high, wd"), _("Worst case, in working days."))
    activities = models.CharField(
        _("activities"),
        max_length=400,
        blank=True,
        help_text=_("The activities of the plan that it would hold up, by their codes, with commas between, e.g. SCR-HB:A1030, A1040."),
    )
    response = models.CharField(
        _("response"), max_length=12, choices=Response.choices, blank=True, help_text=_("What kind of answer is given.")
    )
    response_list = models.CharField(
        _("list of responses"), max_length=16, choices=titles(), blank=True, editable=False,
        help_text=_("The list that held when the response was chosen."),
    )  # fmt: skip
    response_plan = models.TextField(_("response plan"), blank=True, help_text=_("What is done, by whom, by when."))
    probability_after = percent(
        _("probability after, %"),
        null=True,
        blank=True,
        help_text=_("Chance after the response; empty where the response does not change it."),
    )
    cost_after = amount(_("cost after, likely, £"), _("Likely cost if it occurs after the response; low and high follow in proportion."))
    days_after = days(_("delay after, likely, wd"), _("Likely delay if it occurs after the response; low and high follow in proportion."))
    response_cost = amount(_("cost of response, £"), _("What the response itself costs."))
    trigger = models.CharField(_("trigger"), max_length=200, blank=True, help_text=_("The sign that it is happening."))
    window_from = models.DateField(_("can occur from"), null=True, blank=True, help_text=_("First day on which it can occur."))
    window_to = models.DateField(_("can occur until"), null=True, blank=True, help_text=_("Last day; after it the risk has passed."))
    review_on = models.DateField(_("next review"), null=True, blank=True, help_text=_("When its owner looks at it again."))

    class Meta(Record.Meta):
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        indexes = [*Record.Meta.indexes, *of_long_lists("review_on")]

    def clean(self) -> None:
        faults = dict(validation.faults(self))
        if faults:
            raise ValidationError(faults)

    @property
    def sign(self) -> int:
        return -1 if self.nature == Nature.OPPORTUNITY else 1

    @property
    def mean_cost(self) -> Decimal | None:
        """Mean of the triangle over the three points, in pounds; an opportunity's is negative."""
        points = [value for value in (self.cost_low, self.cost_likely, self.cost_high) if value is not None]
        return sum(points, Decimal(0)) * self.sign / len(points) if points else None

    @property
    def expected_cost(self) -> Decimal | None:
        """Probability times mean cost, before the response, in pounds."""
        if self.mean_cost is None or self.probability is None:
            return None
        expected: Decimal = self.mean_cost * self.probability / 100
        return expected.quantize(Decimal("0.01"))

    @property
    def expected_cost_after(self) -> Decimal | None:
        """The same after the response: what it leaves empty stays, and low and high follow the likely cost in proportion."""
        chance = self.probability if self.probability_after is None else self.probability_after
        mean = self.mean_cost
        if self.cost_after is not None:
            mean = mean * self.cost_after / self.cost_likely if mean is not None and self.cost_likely else self.cost_after * self.sign
        if mean is None or chance is None:
            return None
        expected: Decimal = mean * chance / 100
        return expected.quantize(Decimal("0.01"))

    @property
    def mean_days(self) -> Decimal | None:
        """Mean of the three points of the delay, in working days; without a sign."""
        points = [value for value in (self.days_low, self.days_likely, self.days_high) if value is not None]
        return sum(points, Decimal(0)) / len(points) if points else None

    @property
    def expected_days(self) -> Decimal | None:
        """Probability times mean delay, before the response, in working days."""
        return expected(self.mean_days, self.probability)

    @property
    def expected_days_after(self) -> Decimal | None:
        """The same after the response, as with the cost."""
        mean = self.mean_days
        if self.days_after is not None:
            mean = mean * self.days_after / self.days_likely if mean is not None and self.days_likely else self.days_after
        return expected(mean, self.probability if self.probability_after is None else self.probability_after)

    @property
    def score(self) -> int | None:
        return self.likelihood * self.impact if self.likelihood and self.impact else None

    @property
    def responses_by(self) -> str:
        """The name of the list that the response was chosen from."""
        return str(self.get_response_list_display())

    @property
    def is_quantified(self) -> bool:
        return self.probability is not None and (self.mean_cost is not None or self.days_likely is not None)

    @property
    def activity_codes(self) -> list[str]:
        return [code.strip() for code in self.activities.replace(";", ",").split(",") if code.strip()]
