"""What belongs to the senior responsible owner until it is released, and what the team keeps: the fields by which it is seen."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Shared(Record):
    """What whoever sees the initiative sees, and the booked team of the review writes as well."""

    compartment = models.CharField(max_length=24, editable=False, db_index=True, default="")

    class Meta(Record.Meta):
        abstract = True

    def settle(self, review: Any) -> None:
        self.compartment = f"/c{review.pk}/"


class Confidential(Record):
    """What is seen by the holders of a compartment until it is released, and from then on by whoever may see its initiative."""

    compartment = models.CharField(max_length=24, editable=False, db_index=True, default="")
    released_to = models.ForeignKey(
        "initiatives.Initiative", on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("released to")
    )
    is_released = models.BooleanField(
        _("released"), default=False, help_text=_("Only the senior responsible owner releases it: then the programme office sees it.")
    )

    PARENT = ""

    class Meta(Record.Meta):
        abstract = True

    @property
    def seen_below(self) -> str:
        """The path whose holders see it."""
        return str(self.released_to.path) if self.released_to is not None else self.compartment

    def settle(self, review: Any) -> None:
        """Where it is seen from, as follows from its review and from whether it is released."""
        self.compartment = f"/c{review.pk}/"
        self.released_to = self.initiative if self.is_released else None
