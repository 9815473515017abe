"""An appointment: who holds which role where, from when until when."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.initiatives.roles import ROLES
from mainstay.register.record import Entry

APART = (
    {"project_executive", "project_manager"},
    {"sro", "project_manager"},
    {"project_assurance", "project_manager"},
    {"assurance_coordinator", "project_manager"},
)
"""Roles that one person may not hold for the same initiative, in lite mode neither."""
APART_IN_FULL = (
    {"sro", "programme_manager"},
    {"business_change_manager", "project_manager"},
    {"business_change_manager", "programme_manager"},
    {"project_executive", "programme_manager"},
)
"""Roles that lite mode lets one person hold together."""


def role_choices() -> list[tuple[str, object]]:
    return [(key, role.label) for key, role in ROLES.items()]


class Appointment(Entry):
    person = models.ForeignKey(
        "organisation.Person",
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="appointments",
        help_text=_("Who holds the role."),
    )
    role = models.CharField(
        _("role"), max_length=30, choices=role_choices, help_text=_("What the person is here; it decides what they may do.")
    )
    initiative = models.ForeignKey(
        "initiatives.Initiative",
        verbose_name=_("initiative"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        help_text=_("Where the role is held; it reaches everything below."),
    )
    office = models.ForeignKey(
        "organisation.Office",
        verbose_name=_("office"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        help_text=_("Or the office: the role then reaches all that the office serves."),
    )
    since = models.DateField(_("since"), default=timezone.localdate, help_text=_("First day of the appointment."))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Last day; empty while it lasts."))

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "is_withdrawn"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(initiative__isnull=True) ^ Q(office__isnull=True),
                name="appointment_one_place",
                violation_error_message=_("Name either the initiative or the office where the role is held."),
            )
        ]

    def clean(self) -> None:
        if self.until and self.since and self.until < self.since:
            raise ValidationError({"until": _("The last day is before the first. Enter a later date or leave it empty.")})
        if self.person_id and self.role:
            self.title = f"{ROLES[self.role].label}: {self.person.title}"[:200] if self.role in ROLES else self.role
        if self.initiative_id and self.person_id:
            self.refuse_conflict()

    def refuse_conflict(self) -> None:
        """Whoever directs a project does not manage it, and whoever assures it does not either."""
        assert self.initiative is not None  # noqa: S101  # the caller has looked
        held = set(
            Appointment.live().filter(person=self.person, initiative=self.initiative).exclude(pk=self.pk).values_list("role", flat=True)
        )
        for pair in APART if self.initiative.governance == "lite" else (*APART, *APART_IN_FULL):
            other = pair - {self.role}
            if len(other) == 1 and other <= held:
                raise ValidationError(
                    {
                        "role": _("%(person)s is already %(held)s here, and one person may not be both.")
                        % {"person": self.person.title, "held": str(ROLES[other.pop()].label).lower()}
                    }
                )

    @classmethod
    def live(cls) -> "models.QuerySet[Appointment]":
        """Appointments in force today."""
        today = timezone.localdate()
        return cls.objects.filter(is_withdrawn=False, since__lte=today).filter(Q(until__isnull=True) | Q(until__gte=today))
