"""An office of the P3O model: what it is, what level of service it gives, below which office it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register import tree
from mainstay.register.record import Entry


class OfficeKind(models.TextChoices):
    """The office types of the P3O model."""

    PORTFOLIO = "portfolio", _("Permanent portfolio office")
    HUB = "hub", _("Hub portfolio office")
    PROGRAMME = "programme", _("Programme office")
    PROJECT = "project", _("Project office")
    CENTRE = "centre", _("Centre of excellence")


class ServiceLevel(models.IntegerChoices):
    """The four levels of service that an office may give."""

    ADMINISTRATION = 1, _("1 Administration and reporting")
    GUIDANCE = 2, _("2 Guidance, standards and templates")
    CONSULTANCY = 3, _("3 Specialist consultancy")
    STRATEGY = 4, _("4 Strategic direction")


class Office(Entry):
    kind = models.CharField(_("kind"), max_length=12, choices=OfficeKind.choices, help_text=_("Which office of the P3O model this is."))
    level = models.PositiveSmallIntegerField(
        _("level of service"),
        choices=ServiceLevel.choices,
        default=ServiceLevel.ADMINISTRATION,
        help_text=_("The highest of the four levels that the office gives."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent office"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text=_("The office that this one supplies and is supplied by."),
    )
    remit = models.TextField(_("remit"), blank=True, help_text=_("What the office is there for, and what it is not."))
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Where the office can be reached."))
    path = models.CharField(max_length=255, editable=False, db_index=True, default="")

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        tree.refuse_cycle(self)
