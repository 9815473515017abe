"""The report of a review: it belongs to the senior responsible owner, and is seen by the people on its list until it is released."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mainstay.assurance.confidential import Confidential
from mainstay.initiatives import scale as scales
from mainstay.register.record import Record

GATE_SCALES = ("dca-3/1", "dca-5/1", "gateway/1")


def scale_choices() -> list[tuple[str, str]]:
    return [(key, f"{found.short}: {found.title}") for key in GATE_SCALES if (found := scales.named(key))]


def rating_choices() -> list[tuple[str, str]]:
    """The steps of all scales on which reviews rate; which of them a report may have its scale says."""
    found = {step.value: step.word for key in GATE_SCALES for step in scales.of(key).steps}
    return [(value, found[value]) for value in ("green", "amber-green", "amber", "amber-red", "red")]


class Report(Confidential):
    review = models.ForeignKey(
        "assurance.Review", verbose_name=_("review"), on_delete=models.PROTECT, related_name="reports", help_text=_("Whose report it is.")
    )
    rating_scale = models.CharField(
        _("rating scale"), max_length=24, choices=scale_choices, default="dca-3/1", help_text=_("Ratings of two scales are never compared.")
    )
    rating = models.CharField(_("rating"), max_length=16, choices=rating_choices, blank=True, help_text=_("A step of that scale."))
    statement = models.TextField(_("why"), blank=True, help_text=_("The key issues with the greatest effect, and the team's judgement."))
    measured_against = models.CharField(
        _("measured against"), max_length=160, blank=True, help_text=_("The approved document and its version, e.g. FBC v2.1.")
    )
    background = models.TextField(_("background"), blank=True, help_text=_("Aims, driving force, where procurement and delivery stand."))
    conduct = models.TextField(_("purpose and conduct"), blank=True, help_text=_("What was asked, and how the review was done."))
    conclusion = models.TextField(_("conclusion"), blank=True, help_text=_("What the team concludes."))
    findings = models.TextField(_("findings"), blank=True, help_text=_("What was found; recommendations are records of their own."))
    earlier = models.TextField(_("earlier recommendations"), blank=True, help_text=_("What became of those of the last review."))
    next_review = models.CharField(_("next review"), max_length=160, blank=True, help_text=_("Which, and about when."))
    accounting_officer = models.CharField(_("accounting officer"), max_length=120, blank=True, help_text=_("To whom a Red is escalated."))
    escalated_on = models.DateField(_("escalated on"), null=True, blank=True, help_text=_("When the accounting officer was told of a Red."))
    paused = models.TextField(_("what pauses"), blank=True, help_text=_("What stops so that effort goes into putting a Red right."))
    reassess_on = models.DateField(
        _("assessed again on"), null=True, blank=True, help_text=_("When the action plan after a Red is assured.")
    )

    class Meta(Record.Meta):
        verbose_name = _("review report")
        verbose_name_plural = _("review reports")

    def clean(self) -> None:
        scale = scales.of(self.rating_scale)
        if self.rating and scale.step(self.rating) is None:
            known = ", ".join(step.word for step in scale.steps)
            text = _now("%(scale)s does not know this rating. Choose one of: %(known)s.") % {"scale": scale.short, "known": known}
            raise ValidationError({"rating": text})
        if self.escalated_on and self.reassess_on and self.reassess_on <= self.escalated_on:
            raise ValidationError({"reassess_on": _now("The action plan is assessed after the escalation. Enter a later date.")})

    @property
    def is_red(self) -> bool:
        return self.rating == "red"
