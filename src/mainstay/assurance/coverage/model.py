"""An entry of the assurance map: how strong the assurance is that one provider gives on one objective or risk."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.assurance import lists
from mainstay.register.record import Record


class Subject(models.TextChoices):
    OBJECTIVE = "objective", _("Objective")
    RISK = "risk", _("Risk")


class Strength(models.TextChoices):
    NONE = "none", _("None")
    LIMITED = "limited", _("Limited")
    REASONABLE = "reasonable", _("Reasonable")
    SUBSTANTIAL = "substantial", _("Substantial")


class Coverage(Record):
    subject = models.CharField(
        _("about"), max_length=10, choices=Subject.choices, default=Subject.RISK, help_text=_("An objective or a risk.")
    )
    risk = models.ForeignKey(
        "risk.Risk", verbose_name=_("risk"), on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("The risk of the register, where it stands there."),
    )  # fmt: skip
    provider = models.CharField(_("provider"), max_length=120, help_text=_("Who gives the assurance."))
    line = models.CharField(
        _("line of defence"),
        max_length=30,
        choices=lists.line_choices,
        default="functional/1:2",
        help_text=_("By the definition that is named."),
    )
    strength = models.CharField(_("strength"), max_length=12, choices=Strength.choices, help_text=_("How far one may rely on it."))
    basis = models.TextField(_("basis"), blank=True, help_text=_("What the provider does, and how often."))
    judged_on = models.DateField(_("judged on"), default=timezone.localdate, help_text=_("When the strength was judged."))
    review = models.ForeignKey(
        "assurance.Review", verbose_name=_("by review"), on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("The review that gives it, where it is one."),
    )  # fmt: skip

    class Meta(Record.Meta):
        verbose_name = _("entry of the assurance map")
        verbose_name_plural = _("assurance map")
