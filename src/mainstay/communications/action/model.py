"""An action: what one person has to do by a day."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record, of_long_lists


class Action(Record):
    details = models.TextField(_("details"), blank=True, help_text=_("What done looks like."))
    origin = models.CharField(
        _("arises from"), max_length=120, blank=True, help_text=_("The meeting, review, risk or decision that it comes from.")
    )
    meeting = models.ForeignKey(
        "communications.Meeting",
        verbose_name=_("meeting"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The meeting that it comes from."),
    )
    original_due_on = models.DateField(
        _("first due on"), null=True, editable=False, help_text=_("The day that was set first; it never changes.")
    )
    due_on = models.DateField(_("due on"), help_text=_("By when it is to be done."))
    done_on = models.DateField(_("done on"), null=True, blank=True, help_text=_("When it was done."))
    evidence = models.TextField(_("evidence"), blank=True, help_text=_("What shows that it was done."))

    class Meta(Record.Meta):
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        indexes = [*Record.Meta.indexes, *of_long_lists("due_on")]

    @property
    def is_overdue(self) -> bool:
        return self.state == "open" and self.due_on < timezone.localdate()

    @property
    def moved_days(self) -> int:
        """How far the due day has been moved since it was first set."""
        return (self.due_on - self.original_due_on).days if self.original_due_on else 0
