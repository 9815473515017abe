"""A step of a cut-over: who does what, how long after the beginning, after which other step, and how it went."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Gate(models.TextChoices):
    NONE = "none", _("None")
    GO = "go_no_go", _("Go or no-go")
    NO_RETURN = "no_return", _("Point of no return")


class CutOverStep(Record):
    plan = models.ForeignKey(
        "transition.Transition",
        verbose_name=_("transition plan"),
        on_delete=models.PROTECT,
        related_name="steps",
        help_text=_("The transition whose cut-over it is a step of."),
    )
    place = models.PositiveSmallIntegerField(_("order"), default=10, help_text=_("Its place in the run sheet, e.g. 10, 20, 30."))
    starts_minutes = models.PositiveIntegerField(
        _("starts, minutes in"), default=0, help_text=_("Minutes from the beginning of the cut-over, so that it moves along with it.")
    )
    minutes = models.PositiveIntegerField(_("length, minutes"), default=60, help_text=_("How long it takes."))
    waits_for = models.ForeignKey(
        "self",
        verbose_name=_("after step"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The step that must be done before."),
    )
    gate = models.CharField(
        _("gate"),
        max_length=10,
        choices=Gate.choices,
        default=Gate.NONE,
        help_text=_("Whether going on is decided here, or going back ends."),
    )
    details = models.TextField(_("details"), blank=True, help_text=_("What exactly is done, and how to see that it is."))
    fallback = models.TextField(_("way back"), blank=True, help_text=_("What takes this step back."))
    result = models.TextField(_("result"), blank=True, help_text=_("What came of it."))
    started_at = models.DateTimeField(_("started"), null=True, editable=False, help_text=_("When it was started."))
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False, help_text=_("When it was done, failed or left out."))

    class Meta(Record.Meta):
        verbose_name = _("cut-over step")
        verbose_name_plural = _("cut-over steps")

    def clean(self) -> None:
        seen, step = {self.pk}, self.waits_for
        while step is not None:
            if step.plan_id != self.plan_id:
                raise ValidationError({"waits_for": _("A step waits for steps of its own plan.")})
            if step.pk in seen:
                raise ValidationError({"waits_for": _("The steps would wait for one another in a circle.")})
            seen.add(step.pk)
            step = step.waits_for
