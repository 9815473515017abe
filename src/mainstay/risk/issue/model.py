"""An issue: what has happened and needs a decision or a remedy."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record, of_long_lists


class IssueKind(models.TextChoices):
    REQUEST = "request", _("Request for change")
    OFF_SPECIFICATION = "off-specification", _("Off-specification")
    PROBLEM = "problem", _("Problem or concern")


class Priority(models.TextChoices):
    MUST = "must", _("Must")
    SHOULD = "should", _("Should")
    COULD = "could", _("Could")
    WONT = "wont", _("Will not")


class Severity(models.TextChoices):
    """The level of management that it needs."""

    TEAM = "team", _("Team")
    PROJECT = "project", _("Project manager")
    BOARD = "board", _("Project board")
    PROGRAMME = "programme", _("Programme board")
    CORPORATE = "corporate", _("Above the programme")


class IssueDecision(models.TextChoices):
    """What may be decided of an issue."""

    ACCEPT = "accept", _("Accept")
    REJECT = "reject", _("Reject")
    DEFER = "defer", _("Defer")
    CONCESSION = "concession", _("Grant a concession")


class Issue(Record):
    kind = models.CharField(
        _("kind"),
        max_length=18,
        choices=IssueKind.choices,
        default=IssueKind.PROBLEM,
        help_text=_("A request for change, an off-specification, or a problem."),
    )
    description = models.TextField(_("description"), blank=True, help_text=_("What has happened, why, and what it does."))
    priority = models.CharField(
        _("priority"),
        max_length=8,
        choices=Priority.choices,
        default=Priority.SHOULD,
        help_text=_("How much it matters that it is resolved."),
    )
    severity = models.CharField(
        _("severity"),
        max_length=10,
        choices=Severity.choices,
        default=Severity.PROJECT,
        help_text=_("The level of management that has to decide."),
    )
    raised_on = models.DateField(_("raised on"), default=timezone.localdate, help_text=_("When it was first told to the office."))
    raised_by = models.CharField(_("raised by"), max_length=120, blank=True, help_text=_("Who told it, where that is not its owner."))
    due_on = models.DateField(_("due on"), null=True, blank=True, help_text=_("By when it is to be resolved."))
    cost = models.DecimalField(
        _("cost if unresolved, £"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In pounds; negative where it saves."),
    )
    impact = models.TextField(
        _("impact analysis"),
        blank=True,
        help_text=_("What it does to products, dates, costs, benefits and risks, and what each way out would do."),
    )
    recommendation = models.TextField(_("recommendation"), blank=True, help_text=_("Which way out, and why."))
    decision = models.CharField(
        _("decision"), max_length=10, choices=IssueDecision.choices, blank=True, help_text=_("What those with the authority have decided.")
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True, help_text=_("The day of the decision."))
    decided_by = models.CharField(_("decided by"), max_length=120, blank=True, help_text=_("The board or person with the authority."))
    resolution = models.TextField(_("resolution"), blank=True, help_text=_("What was done, or is recommended."))

    class Meta(Record.Meta):
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        indexes = [*Record.Meta.indexes, *of_long_lists("due_on")]

    def clean(self) -> None:
        faults = {}
        if self.decided_on and not self.decision:
            faults["decision"] = _("Say what was decided on that day, or leave the day empty.")
        if self.decision == IssueDecision.CONCESSION and self.kind != IssueKind.OFF_SPECIFICATION:
            faults["decision"] = _("A concession is granted for an off-specification only. Choose another decision, or correct the kind.")
        if faults:
            raise ValidationError(faults)

    @property
    def is_overdue(self) -> bool:
        return self.state == "open" and self.due_on is not None and self.due_on < timezone.localdate()
