"""A proposed calendar of reviews: what it was worked out from, how good it is, and what a person made of it."""

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.assurance.proposal.content import Content
from mainstay.register import document, store
from mainstay.register.record import Record


class Basis(models.TextChoices):
    """Which dates of the milestones a day is to suit."""

    PLAN = "plan", _("the live plan")
    P50 = "p50", _("the live plan and P50 of the forecast")
    P80 = "p80", _("the live plan and P80 of the forecast")


class Proposal(Record):
    made_at = models.DateTimeField(_("made"), editable=False, help_text=_("When the search ended."))
    made_by = models.CharField(_("made by"), max_length=120, editable=False, help_text=_("Who asked for it."))
    from_on = models.DateField(_("from"), editable=False, help_text=_("First day of the calendar."))
    to_on = models.DateField(_("to"), editable=False, help_text=_("Last day of the calendar."))
    basis = models.CharField(
        _("suits"), max_length=4, choices=Basis.choices, default=Basis.PLAN, editable=False, help_text=_("Dates that a day is to suit.")
    )
    seconds = models.FloatField(_("seconds"), default=0, editable=False, help_text=_("How long was searched."))
    seed = models.PositiveBigIntegerField(_("seed"), editable=False, help_text=_("Where the random numbers began."))
    rooms = models.CharField(
        _("rooms"), max_length=300, blank=True, editable=False, help_text=_("Regions, each with how many reviews it holds at once.")
    )
    input_digest = models.CharField(
        _("digest of the input"), max_length=64, editable=False, help_text=_("SHA-256 of the reviews and reviewers that went in.")
    )
    result_digest = models.CharField(
        _("digest of the result"), max_length=64, editable=False, help_text=_("SHA-256 of the calendar; it is kept under it.")
    )
    placed_count = models.PositiveIntegerField(_("reviews placed"), editable=False, help_text=_("Reviews that have days and a team."))
    moved_count = models.PositiveIntegerField(_("reviews moved"), editable=False, help_text=_("Of them, with other days or another team."))
    left_count = models.PositiveIntegerField(_("without a place"), editable=False, help_text=_("Reviews that cannot be placed."))
    gap = models.FloatField(_("gap, %"), editable=False, help_text=_("How far the calendar may be above the best possible."))

    class Meta(Record.Meta):
        verbose_name = _("proposed calendar of reviews")
        verbose_name_plural = _("proposed calendars of reviews")

    @cached_property
    def content(self) -> Content:
        """What came out. Raises StoreError or DocumentError, with a sentence, where it is missing or altered."""
        return document.from_bytes(Content, store.get(self.result_digest))
