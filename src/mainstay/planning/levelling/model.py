"""A proposal of levelling: what went in and what came out, each under the digest of its content, and what a person made of it."""

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.planning.levelling.effect import Effect
from mainstay.register import document, store
from mainstay.register.record import Record


class Levelling(Record):
    made_at = models.DateTimeField(_("made"), editable=False, help_text=_("When the search ended."))
    made_by = models.CharField(_("made by"), max_length=120, editable=False, help_text=_("Who asked for it."))
    seconds = models.FloatField(_("CPU seconds"), default=0, editable=False, help_text=_("How long was searched."))
    seed = models.PositiveBigIntegerField(_("seed"), editable=False, help_text=_("Where the random numbers began."))
    input_digest = models.CharField(
        _("digest of the input"), max_length=64, editable=False, help_text=_("SHA-256 of the plans and agreements that went in.")
    )
    result_digest = models.CharField(
        _("digest of the result"), max_length=64, editable=False, help_text=_("SHA-256 of what moves; it is kept under it.")
    )
    finish_before = models.DateField(_("finish, plan"), editable=False, help_text=_("Finish of the plans as they arrived, by their links."))
    finish_after = models.DateField(_("finish, levelled"), editable=False, help_text=_("Finish with nobody asked for more than there is."))
    gap = models.FloatField(_("gap, %"), editable=False, help_text=_("How far the levelled finish may be above the best possible."))
    moved_count = models.PositiveIntegerField(_("activities moved"), editable=False, help_text=_("Activities that start at another time."))

    class Meta(Record.Meta):
        verbose_name = _("levelling proposal")
        verbose_name_plural = _("levelling proposals")

    @cached_property
    def effect(self) -> Effect:
        """What came out. Raises StoreError or DocumentError, with a sentence, where it is missing or altered."""
        return document.from_bytes(Effect, store.get(self.result_digest))
