"""What every row of every register has. Names of higher packages stand here as strings only: the concrete models live above."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Marking(models.TextChoices):
    """The marking under the Government Security Classifications Policy."""

    OFFICIAL = "OFFICIAL", _("OFFICIAL")
    SENSITIVE = "OFFICIAL-SENSITIVE", _("OFFICIAL-SENSITIVE")


class Source(models.TextChoices):
    """How the fact came here."""

    ENTERED = "entered", _("entered")
    IMPORTED = "imported", _("imported")
    DERIVED = "derived", _("derived")


class Entry(models.Model):
    """A row of a register: named, versioned, with its provenance. It is withdrawn, never deleted."""

    ref = models.CharField(_("reference"), max_length=32, blank=True, help_text=_("Given by Mainstay unless an import brings one."))
    title = models.CharField(_("title"), max_length=200, help_text=_("One line that says it all."))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    source = models.CharField(_("source"), max_length=8, choices=Source.choices, default=Source.ENTERED, editable=False)
    as_at = models.DateTimeField(
        _("as at"), default=timezone.now, editable=False, help_text=_("When the facts of this row were last confirmed.")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    is_withdrawn = models.BooleanField(_("withdrawn"), default=False, editable=False, db_index=True)

    PARENT: ClassVar[str] = ""
    """The field that names the record which numbers this one, or "" where numbers run over the whole register."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """A reference whose record is at hand was read from the database already: it need not be asked once more whether it exists."""
        read = {field.name for field in self._meta.concrete_fields if field.is_relation and is_read(self, field)}
        super().clean_fields({*(exclude or ()), *read})


def of_long_lists(due: str) -> list[models.Index]:
    """Indexes of a register that grows long: what one person owns of it, and what is due by a day."""
    return [
        models.Index(fields=["owner", "is_withdrawn", "state"], name="%(app_label)s_%(class)s_owner"),
        models.Index(fields=[due, "is_withdrawn"], name="%(app_label)s_%(class)s_due"),
    ]


def is_read(record: models.Model, reference: Any) -> bool:
    target = reference.get_cached_value(record, default=None)
    return target is not None and not target._state.adding and target.pk == getattr(record, reference.attname)


class Record(Entry):
    """A row that belongs to one initiative, has one owner and a state."""

    initiative = models.ForeignKey(
        "initiatives.Initiative",
        verbose_name=_("initiative"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The portfolio, programme, tranche, project or stage that this belongs to."),
    )
    owner = models.ForeignKey(
        "organisation.Person",
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("The one person who answers for it."),
    )
    state = models.CharField(_("state"), max_length=24, editable=False)
    marking = models.CharField(
        _("marking"),
        max_length=20,
        choices=Marking.choices,
        default=Marking.OFFICIAL,
        help_text=_("How it is to be handled; packs take the highest marking of what they show."),
    )

    PARENT = "initiative"

    class Meta:
        abstract = True
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["initiative", "ref"], name="%(app_label)s_%(class)s_ref")]
        indexes = [
            models.Index(fields=["initiative", "is_withdrawn", "state"], name="%(app_label)s_%(class)s_state"),
            # Of a list over everything: what is open and how many, and the first page by title.
            models.Index(fields=["is_withdrawn", "state"], name="%(app_label)s_%(class)s_open"),
            models.Index("is_withdrawn", Lower("title"), F("id").desc(), name="%(app_label)s_%(class)s_title"),
        ]
