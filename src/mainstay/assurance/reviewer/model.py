"""A reviewer: who can be asked to review, what for, how often, and with whom they have to do."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mainstay.assurance.day_lists import written_as_days
from mainstay.register.record import Entry


class Reviewer(Entry):
    person = models.ForeignKey(
        "organisation.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+", help_text=_("Who it is.")
    )
    may_lead = models.BooleanField(_("may lead"), default=False, help_text=_("Accredited to lead a team."))
    level = models.PositiveSmallIntegerField(
        _("accreditation"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("1 to 5, as the pool grades it."),
    )
    accredited_until = models.DateField(_("accredited until"), null=True, blank=True, help_text=_("Last day of the accreditation."))
    skills = models.CharField(_("skills"), max_length=200, blank=True, help_text=_("Apart by semicolons, e.g. marine; commercial."))
    regions = models.CharField(
        _("regions"), max_length=200, blank=True, help_text=_("Where they work, apart by semicolons; empty is everywhere.")
    )
    away = models.CharField(
        _("away"), max_length=300, blank=True, validators=[written_as_days],
        help_text=_("Days on which they are not to be had, e.g. 2027-01-04..2027-01-08; 2027-02-01."),
    )  # fmt: skip
    most_days = models.PositiveSmallIntegerField(_("most days a month"), default=8, help_text=_("Review days in a calendar month at most."))
    days_a_year = models.PositiveSmallIntegerField(_("days a year"), default=20, help_text=_("Review days in a financial year at most."))
    rest_days = models.PositiveSmallIntegerField(
        _("days between reviews"), default=0, help_text=_("Days by the calendar that they want between.")
    )
    interests = models.CharField(
        _("interests"),
        max_length=300,
        blank=True,
        help_text=_("Departments, programmes (by code) and suppliers they have to do with; semicolons."),
    )

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["title", "pk"]

    def clean(self) -> None:
        held = Reviewer.objects.filter(pk=self.pk).values_list("person_id", flat=True).first()
        if held and self.person_id != held and self.memberships.exists():
            # Who is in a team reads its report: another person in their place would read it too.
            raise ValidationError({"person": _now("This reviewer has been in a team. Make another reviewer for another person.")})
