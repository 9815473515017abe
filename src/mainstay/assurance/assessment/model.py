"""A risk potential assessment: the answers to a question bank before mitigation, what they come to, and who has agreed."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mainstay.assurance.triage import form, scoring
from mainstay.register.record import Record

OVERALL = (("low", _("Low")), ("medium", _("Medium")), ("high", _("High")))


class Assessment(Record):
    bank = models.ForeignKey(
        "assurance.Bank", verbose_name=_("question bank"), on_delete=models.PROTECT, related_name="assessments", help_text=_("Which form.")
    )
    content = models.TextField(
        _("answers"), blank=True,
        help_text=_("Before mitigation, one to a line: question | rating | justification, e.g. A1 | High | Named in the manifesto."),
    )  # fmt: skip
    whole_life_cost = models.DecimalField(
        _("whole-life cost, £"), max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)],
        help_text=_("In pounds; left empty, the approved budget counts."),
    )  # fmt: skip
    mitigation = models.TextField(
        _("mitigation of the top risks"), blank=True, help_text=_("One to a line: question | what is done | what is left.")
    )
    overall = models.CharField(
        _("overall"), max_length=8, choices=OVERALL, blank=True, editable=False, help_text=_("As the form scores it.")
    )
    completed_by = models.CharField(_("completed by"), max_length=120, blank=True, editable=False)
    approved_by = models.CharField(_("approved by"), max_length=120, blank=True, editable=False)
    validated_by = models.CharField(_("validated by"), max_length=120, blank=True, editable=False)
    central_unit = models.CharField(
        _("central unit"), max_length=120, blank=True, help_text=_("Who has accepted it there, and their reference.")
    )
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True, help_text=_("When the central unit accepted it."))

    class Meta(Record.Meta):
        verbose_name = _("risk potential assessment")
        verbose_name_plural = _("risk potential assessments")

    def clean(self) -> None:
        if not self.bank_id:
            return
        try:
            given = scoring.parse(self.bank.form, self.content)
        except form.FormError as fault:
            raise ValidationError({"content": fault.faults}) from None
        self.overall = scoring.score(self.bank.form, given).overall

    @property
    def result(self) -> scoring.Result:
        return scoring.score(self.bank.form, scoring.parse(self.bank.form, self.content))

    @property
    def gaps(self) -> list[str]:
        """What keeps it from being complete, as sentences."""
        found = self.result
        texts = []
        if found.missing:
            texts.append(_now("Still to be answered: %(codes)s.") % {"codes": ", ".join(found.missing)})
        if found.unjustified:
            texts.append(_now("Without justification: %(codes)s.") % {"codes": ", ".join(found.unjustified)})
        return texts
