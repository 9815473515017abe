"""A question bank: the form by which the risk potential of an initiative is assessed, as data, in versions."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mainstay.assurance.triage import form
from mainstay.register.record import Record


class Bank(Record):
    content = models.TextField(
        _("questions"), help_text=_("Parts, questions and how they are scored, as YAML. Start from one that is shipped.")
    )
    valid_from = models.DateField(_("valid from"), default=timezone.localdate, help_text=_("First day on which it is the form to use."))
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("Last day; empty while it is the form to use."))
    replaces = models.ForeignKey(
        "self", verbose_name=_("replaces"), on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by",
        help_text=_("The version before; once this one is in use, no answer to that one is taken."),
    )  # fmt: skip

    class Meta(Record.Meta):
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")

    def clean(self) -> None:
        if self.valid_to and self.valid_from and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _now("The last day is before the first. Enter a later date.")})
        try:
            form.read(self.content or "")
        except form.FormError as fault:
            raise ValidationError({"content": fault.faults}) from None

    @property
    def form(self) -> form.Form:
        return form.read(self.content)

    @property
    def key(self) -> str:
        """Name and version of the form."""
        return self.form.key

    def superseded(self, on: date) -> str:
        """Why no answers to it are taken on a day; "" where they are."""
        newer = Bank.objects.filter(replaces=self.pk, state="in_use", is_withdrawn=False).order_by("valid_from").first()
        if newer is not None and newer.valid_from <= on:
            text = _now("%(old)s was superseded by %(new)s on %(day)s. Answer that one; what you have written can be copied over.")
            return text % {"old": self, "new": newer, "day": f"{newer.valid_from.day} {newer.valid_from:%b %Y}"}
        if self.state == "retired" or (self.valid_to and self.valid_to < on):
            return _now("%(old)s is not in force any more. Choose a question bank that is.") % {"old": self}
        return ""
