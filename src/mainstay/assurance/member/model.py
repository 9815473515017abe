"""A place in the team of a review: who leads it or takes part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Part(models.TextChoices):
    LEADER = "leader", _("Leader")
    MEMBER = "member", _("Member")


class Member(Record):
    review = models.ForeignKey(
        "assurance.Review", verbose_name=_("review"), on_delete=models.PROTECT, related_name="team", help_text=_("The review.")
    )
    reviewer = models.ForeignKey(
        "assurance.Reviewer", verbose_name=_("reviewer"), on_delete=models.PROTECT, related_name="memberships", help_text=_("Who is asked.")
    )
    part = models.CharField(_("as"), max_length=8, choices=Part.choices, default=Part.MEMBER, help_text=_("One reviewer leads the team."))

    class Meta(Record.Meta):
        verbose_name = _("team member of a review")
        verbose_name_plural = _("review teams")
