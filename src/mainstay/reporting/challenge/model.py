"""A challenge: a question of the office about a return, with the evidence, and the answer, taken or not."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Challenge(Record):
    about = models.ForeignKey(
        "reporting.Return",
        verbose_name=_("return"),
        on_delete=models.PROTECT,
        related_name="challenges",
        null=True,
        blank=True,
        help_text=_("The return that it is about."),
    )
    evidence = models.TextField(_("evidence"), blank=True, help_text=_("What was measured when the question was put."))
    question = models.TextField(_("question"), help_text=_("What is to be explained, so that an answer can be judged."))
    answer = models.TextField(_("answer"), blank=True, help_text=_("What the initiative says to it."))
    answer_by = models.DateField(_("answer by"), null=True, blank=True, help_text=_("The day by which an answer is needed."))

    class Meta(Record.Meta):
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
