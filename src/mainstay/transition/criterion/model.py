"""A readiness criterion: what must be seen before a business area may cut over, claimed with evidence and confirmed by somebody else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record, of_long_lists


class Weight(models.TextChoices):
    MUST = "must", _("Must")
    SHOULD = "should", _("Should")


class Criterion(Record):
    plan = models.ForeignKey(
        "transition.Transition",
        verbose_name=_("transition plan"),
        on_delete=models.PROTECT,
        related_name="criteria",
        help_text=_("The transition that it is a condition of."),
    )
    weight = models.CharField(
        _("weight"), max_length=6, choices=Weight.choices, default=Weight.MUST, help_text=_("No cut-over begins while a must is open.")
    )
    measure = models.CharField(_("measure"), max_length=200, blank=True, help_text=_("What is counted or tested."))
    threshold = models.CharField(
        _("threshold"), max_length=200, blank=True, help_text=_("What the measure must show, e.g. 95 % of 120 people.")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True, help_text=_("By when it is to be met."))
    evidence = models.TextField(_("evidence"), blank=True, help_text=_("What shows that it is met; files can be attached to the record."))
    authority = models.CharField(
        _("waived by authority of"), max_length=200, blank=True, help_text=_("Who took the risk of going without it.")
    )

    class Meta(Record.Meta):
        verbose_name = _("readiness criterion")
        verbose_name_plural = _("readiness criteria")
        indexes = [*Record.Meta.indexes, *of_long_lists("due_on")]
