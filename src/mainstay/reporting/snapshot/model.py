"""A snapshot: the facts of a pack as they stood at one place in the history, frozen under the digest of their content."""

from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mainstay.register.errors import Frozen, Refused
from mainstay.register.record import Record


class Snapshot(Record):
    sequence = models.BigIntegerField(
        _("change"), editable=False, help_text=_("Place in the history: everything up to and with this change is in it.")
    )
    frozen_at = models.DateTimeField(_("frozen"), editable=False, help_text=_("When it was frozen; its facts are of this moment."))
    frozen_by = models.CharField(
        _("frozen by"), max_length=120, editable=False, help_text=_("Who froze it. It holds what this person may see.")
    )
    audience = models.CharField(_("made for"), max_length=120, editable=False, blank=True, help_text=_("The board that it goes to."))
    digest = models.CharField(
        _("digest"), max_length=64, editable=False, help_text=_("SHA-256 of the frozen facts; they are kept under it.")
    )
    size = models.PositiveBigIntegerField(_("size"), editable=False, help_text=_("Bytes of the frozen facts."))
    rating = models.CharField(
        _("status then"),
        max_length=5,
        editable=False,
        default="none",
        help_text=_("The measured status that it told: green, amber, red, done or none."),
    )
    previous = models.ForeignKey(
        "self",
        verbose_name=_("compared with"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        help_text=_("The snapshot against which its changes are told."),
    )
    supersedes = models.OneToOneField(
        "self",
        verbose_name=_("corrects"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="successor",
        help_text=_("The snapshot in whose place this one stands; that one stays as it was."),
    )
    correction = models.TextField(
        _("why corrected"), editable=False, blank=True, help_text=_("What was wrong with the one that it corrects.")
    )

    class Meta(Record.Meta):
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint("initiative", Lower("title"), name="reporting_snapshot_name_once"),
        ]

    @property
    def name(self) -> str:
        return self.title

    @property
    def is_superseded(self) -> bool:
        return hasattr(self, "successor")

    @property
    def standing(self) -> str:
        """In force, or superseded by its correction."""
        return "superseded" if self.is_superseded else "in force"

    def save(self, **kwargs: Any) -> None:
        """A snapshot is written once. What changes it, or takes it out of the lists, is refused whoever asks."""
        if not self._state.adding:
            raise Frozen(_now("A snapshot never changes. Freeze a new one that corrects it."))
        if not self.digest:
            raise Refused(_now("Snapshots are made by freezing, not by hand."))
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Frozen(_now("A snapshot is never deleted."))
