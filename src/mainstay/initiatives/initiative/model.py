"""An initiative: portfolio, programme, tranche, project or stage, each below the one that it serves."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register import tree
from mainstay.register.record import Entry, Marking


class InitiativeKind(models.TextChoices):
    """The levels of the tree, from the top."""

    PORTFOLIO = "portfolio", _("Portfolio")
    PROGRAMME = "programme", _("Programme")
    TRANCHE = "tranche", _("Tranche")
    PROJECT = "project", _("Project")
    STAGE = "stage", _("Stage")


ABOVE = {
    InitiativeKind.PORTFOLIO: {InitiativeKind.PORTFOLIO},
    InitiativeKind.PROGRAMME: {InitiativeKind.PORTFOLIO, InitiativeKind.PROGRAMME},
    InitiativeKind.TRANCHE: {InitiativeKind.PROGRAMME},
    InitiativeKind.PROJECT: {InitiativeKind.PORTFOLIO, InitiativeKind.PROGRAMME, InitiativeKind.TRANCHE},
    InitiativeKind.STAGE: {InitiativeKind.PROJECT},
}


class Governance(models.TextChoices):
    """How much is asked of an initiative."""

    FULL = "full", _("Full: a board, separate roles, all controls")
    LITE = "lite", _("Lite: a small project; one person may hold several roles")


class Initiative(Entry):
    code = models.CharField(
        _("code"), max_length=16, unique=True, help_text=_("Short and lasting, e.g. NIT-02; it stands in lists and packs.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=InitiativeKind.choices, help_text=_("Its level in the tree."))
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text=_("The initiative that this one is part of."),
    )
    office = models.ForeignKey(
        "organisation.Office",
        verbose_name=_("supporting office"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="serves",
        help_text=_("The office that serves it; left empty, the office of the initiative above."),
    )
    governance = models.CharField(
        _("governance"),
        max_length=4,
        choices=Governance.choices,
        default=Governance.FULL,
        help_text=_("Lite asks less and lets roles be held by one person."),
    )
    objectives = models.TextField(_("objectives"), blank=True, help_text=_("What it is to bring about, as its sponsor would say it."))
    starts_on = models.DateField(_("starts on"), null=True, blank=True, help_text=_("Approved start."))
    ends_on = models.DateField(_("ends on"), null=True, blank=True, help_text=_("Approved finish."))
    budget = models.DecimalField(
        _("approved budget, £"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Whole-life cost as approved, in pounds."),
    )
    contingency = models.DecimalField(
        _("contingency held, £"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Held against risk, in pounds, on top of the budget."),
    )
    price_base = models.CharField(
        _("price base"), max_length=20, blank=True, help_text=_("Year of the prices, e.g. 2026/27, and whether real or nominal.")
    )
    marking = models.CharField(
        _("marking"),
        max_length=20,
        choices=Marking.choices,
        default=Marking.OFFICIAL,
        help_text=_("The highest marking of what is kept here."),
    )
    state = models.CharField(_("state"), max_length=24, editable=False)
    path = models.CharField(max_length=255, editable=False, db_index=True, default="")

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        tree.refuse_cycle(self)
        if self.parent and self.kind and self.parent.kind not in ABOVE[InitiativeKind(self.kind)]:
            raise ValidationError(
                {
                    "parent": _("A %(kind)s cannot be part of a %(above)s.")
                    % {"kind": self.get_kind_display().lower(), "above": self.parent.get_kind_display().lower()}
                }
            )
        if self.parent is None and self.kind in (InitiativeKind.TRANCHE, InitiativeKind.STAGE):
            raise ValidationError(
                {"parent": _("A %(kind)s is always part of something. Choose it here.") % {"kind": self.get_kind_display().lower()}}
            )
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The finish is before the start. Enter a date on or after the start.")})
