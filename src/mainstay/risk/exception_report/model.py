"""An exception report: which tolerance is passed, why, what may be done, and what the board decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Dimension(models.TextChoices):
    """What a tolerance is of."""

    TIME = "time", _("Time")
    COST = "cost", _("Cost")
    QUALITY = "quality", _("Quality")
    SCOPE = "scope", _("Scope")
    BENEFITS = "benefits", _("Benefits")
    RISK = "risk", _("Risk")


class Answer(models.TextChoices):
    """What a board may decide."""

    CONCESSION = "concession", _("Concession: the tolerance is widened")
    EXCEPTION_PLAN = "exception_plan", _("Exception plan: the plan is made anew")
    STOP = "stop", _("Stop: closed before its end")


class ExceptionReport(Record):
    dimension = models.CharField(_("tolerance of"), max_length=10, choices=Dimension.choices, help_text=_("Which tolerance is passed."))
    deviation = models.TextField(_("deviation"), help_text=_("What is forecast or has happened, against which tolerance."))
    cause = models.TextField(_("cause"), blank=True, help_text=_("Why the tolerance is passed."))
    consequences = models.TextField(_("consequences"), blank=True, help_text=_("For the project and the programme, if nothing is done."))
    options = models.TextField(_("options"), blank=True, help_text=_("Each on its own line, with its effect on the tolerances."))
    recommendation = models.TextField(_("recommendation"), blank=True, help_text=_("Which option, and why."))
    lessons = models.TextField(_("lessons"), blank=True, help_text=_("What others can learn from it."))
    needed_by = models.DateField(_("needed by"), null=True, blank=True, help_text=_("The last day on which a decision still helps."))
    answer = models.CharField(_("decision"), max_length=16, choices=Answer.choices, blank=True, help_text=_("What the board decided."))
    outcome = models.TextField(_("outcome"), blank=True, help_text=_("Conditions, and the tolerance that holds from now on."))
    decided_on = models.DateField(_("decided on"), null=True, blank=True, help_text=_("The day of the decision."))

    class Meta(Record.Meta):
        verbose_name = _("exception report")
        verbose_name_plural = _("exception reports")
