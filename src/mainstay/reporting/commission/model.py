"""A commission: a definition asked of a set of initiatives for one period, with its days and the definition as it was then."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Commission(Record):
    definition = models.ForeignKey(
        "reporting.Definition",
        verbose_name=_("definition"),
        on_delete=models.PROTECT,
        related_name="commissions",
        editable=False,
        help_text=_("What is asked."),
    )
    definition_version = models.PositiveIntegerField(_("definition, version"), editable=False, help_text=_("The version that is asked."))
    content_digest = models.CharField(
        _("digest"), max_length=64, editable=False, help_text=_("SHA-256 of the definition as it was asked; it is kept under it.")
    )
    period = models.CharField(_("period"), max_length=40, editable=False, help_text=_("How the period is called, e.g. October 2026."))
    period_from = models.DateField(_("from"), editable=False, help_text=_("First day of the period."))
    period_to = models.DateField(_("to"), editable=False, help_text=_("Last day of the period."))
    opens_on = models.DateField(_("asked on"), help_text=_("The day on which it is asked."))
    due_on = models.DateField(_("due"), help_text=_("The last day on which a return is in time."))
    checked_by = models.DateField(_("checked by"), help_text=_("The day by which the office has checked the returns."))
    confirmed_by = models.DateField(_("confirmed by"), help_text=_("The day by which sponsors have confirmed them."))
    freezes_on = models.DateField(_("frozen on"), help_text=_("The day on which the board's pack is frozen."))

    class Meta(Record.Meta):
        verbose_name = _("commission")
        verbose_name_plural = _("commissions")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["initiative", "definition", "period_from", "period_to"],
                condition=models.Q(is_withdrawn=False),
                name="reporting_commission_once",
            ),
        ]
