"""A return: what one initiative answered to a commission, who sent it, and how far it has come."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mainstay.register.errors import Invalid
from mainstay.register.record import Record
from mainstay.reporting.scale.rating import Rated

OPEN_FOR_ANSWERS = ("asked", "started", "rejected")
LONGEST_PAUSE_SECONDS = 300
"""A longer time without an answer is a pause, and not time spent on the return."""


class Return(Rated, Record):
    commission = models.ForeignKey(
        "reporting.Commission",
        verbose_name=_("commission"),
        on_delete=models.PROTECT,
        related_name="returns",
        editable=False,
        help_text=_("The commission that it answers."),
    )
    confirmer = models.ForeignKey(
        "organisation.Person",
        verbose_name=_("confirms"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The sponsor who confirms rating and words."),
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True, help_text=_("What was answered, by the names of the questions."))
    due_on = models.DateField(_("due"), editable=False, db_index=True, help_text=_("The last day on which it is in time."))
    answered_at = models.DateTimeField(_("last answer"), null=True, editable=False, help_text=_("When an answer was last given."))
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False, help_text=_("When it was sent for the first time."))
    confirmed_on = models.DateField(
        _("confirmed on"), null=True, editable=False, help_text=_("The day on which the sponsor confirmed it, the first time.")
    )
    seconds = models.PositiveIntegerField(
        _("seconds spent"), default=0, editable=False, help_text=_("Time between the first and the last answers, pauses left out.")
    )
    resent = models.PositiveSmallIntegerField(_("sent again"), default=0, editable=False, help_text=_("How often it was sent back."))

    class Meta(Record.Meta):
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["commission", "initiative"], name="reporting_return_once"),
        ]

    @property
    def days_late(self) -> int:
        """Calendar days after the due day on which it was sent, or until today while it has not been."""
        last = timezone.localtime(self.sent_at).date() if self.sent_at else timezone.localdate()
        return max((last - self.due_on).days, 0)

    def settle(self, before: Mapping[str, Any]) -> None:
        """What follows from an answer or a step: the times, the count of rounds, and that it stays with whom it was asked of."""
        if before and before.get("initiative") != self.initiative_id:
            raise Invalid({"initiative": [_now("A return stays with the initiative that was asked.")]})
        now = timezone.now()
        is_answered = bool(before) and (before.get("answers"), before.get("rating")) != (self.answers, self.rating)
        if is_answered and before.get("state") not in OPEN_FOR_ANSWERS:
            raise Invalid({"answers": [_now("What was sent is never overwritten. Let the office send it back first.")]})
        if is_answered:
            pause = (now - self.answered_at).total_seconds() if self.answered_at else 0
            self.seconds += round(pause) if pause <= LONGEST_PAUSE_SECONDS else 0
            self.answered_at = now
        if self.state == "sent" and before.get("state") != "sent":
            self.sent_at = self.sent_at or now
        if self.state == "confirmed" and before.get("state") != "confirmed":
            self.confirmed_on = self.confirmed_on or timezone.localdate(now)
        if self.state == "rejected" and before.get("state") != "rejected":
            self.resent += 1
