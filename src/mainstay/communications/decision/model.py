"""A decision: what was asked of whom, on what evidence, and what was resolved."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record, of_long_lists


class Decision(Record):
    question = models.TextField(_("question"), blank=True, help_text=_("What is to be decided, so that yes or no is an answer."))
    because = models.TextField(_("because"), blank=True, help_text=_("What makes it necessary now."))
    options = models.TextField(_("options"), blank=True, help_text=_("Each on its own line, doing nothing among them."))
    forum = models.CharField(_("who decides"), max_length=120, blank=True, help_text=_("The board or person with the authority."))
    meeting = models.ForeignKey(
        "communications.Meeting",
        verbose_name=_("meeting"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The meeting at which it is or was decided."),
    )
    needed_by = models.DateField(_("needed by"), null=True, blank=True, help_text=_("The last day on which it still helps."))
    cost = models.DecimalField(
        _("cost, £"), max_digits=16, decimal_places=2, null=True, blank=True, help_text=_("What the recommended option costs, in pounds.")
    )
    if_not = models.TextField(_("if not decided"), blank=True, help_text=_("What happens without a decision."))
    evidence = models.TextField(_("evidence"), blank=True, help_text=_("Papers, runs and snapshots that were before the forum."))
    outcome = models.TextField(_("outcome"), blank=True, help_text=_("What was resolved, with conditions and dissent."))
    decided_on = models.DateField(_("decided on"), null=True, blank=True, help_text=_("The day of the decision."))
    review_on = models.DateField(_("review on"), null=True, blank=True, help_text=_("When to look whether it did what it was to do."))

    class Meta(Record.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [*Record.Meta.indexes, *of_long_lists("needed_by")]
