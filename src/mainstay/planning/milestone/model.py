"""A milestone: a date that somebody was promised, against what the plans now say."""

import re
from datetime import date, timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record, of_long_lists


class MilestoneKind(models.TextChoices):
    KEY = "key", _("Key")
    CONTRACT = "contract", _("Contractual")
    GATE = "gate", _("Gateway or stage gate")
    APPROVAL = "approval", _("Approval")
    BENEFIT = "benefit", _("Benefit")
    TRANSITION = "transition", _("Transition")


class Milestone(Record):
    kind = models.CharField(
        _("kind"), max_length=12, choices=MilestoneKind.choices, default=MilestoneKind.KEY, help_text=_("What sort of promise it is.")
    )
    activity = models.CharField(
        _("fed by"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Codes of the activities in the live plans that it waits for, apart by semicolons, e.g. A1090 or SCR-HB:A1090; SCR-SM:A210. "
            "The latest finish of them is the forecast."
        ),
    )
    baseline_original = models.DateField(
        _("original baseline"), null=True, blank=True, help_text=_("The date first approved; it never changes.")
    )
    baseline_current = models.DateField(_("current baseline"), null=True, blank=True, help_text=_("The date approved last."))
    forecast = models.DateField(
        _("forecast"), null=True, blank=True, help_text=_("When it is expected now; taken from the live plan where an activity feeds it.")
    )
    actual = models.DateField(_("actual"), null=True, blank=True, help_text=_("When it was reached."))
    tolerance_days = models.PositiveSmallIntegerField(
        _("tolerance, days"), default=0, help_text=_("Days of slip that need nobody's consent.")
    )
    confidence = models.PositiveSmallIntegerField(
        _("confidence, %"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("The owner's own estimate that the forecast holds."),
    )
    criteria = models.TextField(_("completion criteria"), blank=True, help_text=_("What must be seen before it counts as reached."))

    class Meta(Record.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        indexes = [*Record.Meta.indexes, *of_long_lists("forecast")]

    @property
    def feeders(self) -> list[str]:
        """The names of the activities that feed it, each once, as they were written."""
        return list(dict.fromkeys(name for part in re.split(r"[;\n]", self.activity) if (name := part.strip())))

    @property
    def expected(self) -> date | None:
        return self.actual or self.forecast

    @property
    def slip_days(self) -> int | None:
        """Days later than the current baseline; negative is early."""
        return (self.expected - self.baseline_current).days if self.expected and self.baseline_current else None

    @property
    def slip_original_days(self) -> int | None:
        """Days later than the original baseline; negative is early."""
        return (self.expected - self.baseline_original).days if self.expected and self.baseline_original else None

    @property
    def standing(self) -> str:
        """Complete, late, at risk, on track or not dated."""
        if self.actual:
            return "complete"
        if self.forecast is None:
            return "not dated"
        if self.forecast < timezone.localdate():
            return "late"
        if self.baseline_current and self.forecast > self.baseline_current + timedelta(days=self.tolerance_days):
            return "at risk"
        return "on track"
