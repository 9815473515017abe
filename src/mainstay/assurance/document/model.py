"""A document that a review asks for: of whom, by when, what was given, and whether that is enough."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.assurance.confidential import Shared
from mainstay.register.record import Record, of_long_lists


class Document(Shared):
    review = models.ForeignKey(
        "assurance.Review", verbose_name=_("review"), on_delete=models.PROTECT, related_name="documents", help_text=_("Which review asks.")
    )
    item = models.CharField(
        _("item of the checklist"), max_length=40, blank=True, help_text=_("Where it comes from a checklist: type of review and item.")
    )
    purpose = models.TextField(_("what it is to show"), blank=True, help_text=_("What the team wants to see in it."))
    due_on = models.DateField(_("due on"), null=True, blank=True, help_text=_("The day by which the team needs it."))
    location = models.CharField(
        _("where it is"), max_length=300, blank=True, help_text=_("A link, or its place in the file plan; a file can be attached instead.")
    )
    edition = models.CharField(
        _("edition"), max_length=60, blank=True, help_text=_("Version and date of what was given, e.g. 2.1 of 3 May.")
    )

    class Meta(Record.Meta):
        verbose_name = _("document request")
        verbose_name_plural = _("document requests")
        indexes = [*Record.Meta.indexes, *of_long_lists("due_on")]

    @property
    def is_link(self) -> bool:
        return self.location.startswith(("https://", "http://"))
