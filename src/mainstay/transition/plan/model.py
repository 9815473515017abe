"""A transition plan: how one business area moves to its new way of working, hung on a milestone of the programme plan."""

from datetime import date, timedelta

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record, of_long_lists


class Approach(models.TextChoices):
    AT_ONCE = "at_once", _("All at once")
    PHASED = "phased", _("In phases")
    PARALLEL = "parallel", _("Old and new in parallel")
    PILOT = "pilot", _("Pilot first")


class Transition(Record):
    business_area = models.CharField(
        _("business area"), max_length=120, help_text=_("The part of the organisation that changes how it works.")
    )
    approach = models.CharField(
        _("approach"), max_length=10, choices=Approach.choices, default=Approach.AT_ONCE, help_text=_("How the old gives way to the new.")
    )
    changes = models.TextField(_("changes"), blank=True, help_text=_("From how the area works today to how it will work."))
    milestone = models.ForeignKey(
        "planning.Milestone",
        verbose_name=_("hangs on milestone"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The milestone of the programme plan after which the cut-over can begin; its forecast then dates the cut-over."),
    )
    offset_days = models.SmallIntegerField(
        _("days after the milestone"), default=0, help_text=_("Days from the milestone to the cut-over.")
    )
    cut_over_on = models.DateField(
        _("cut-over"),
        null=True,
        blank=True,
        help_text=_("The day on which the cut-over begins; taken from the milestone where one is named."),
    )
    agreed_cut_over = models.DateField(_("cut-over as agreed"), null=True, editable=False, help_text=_("The day when the plan was agreed."))
    begins_at = models.CharField(_("begins at"), max_length=5, default="18:00", help_text=_("When the first step may start, e.g. 18:00."))
    opens_days = models.PositiveSmallIntegerField(
        _("window opens, days before"), default=20, help_text=_("Days before the cut-over from which the area prepares.")
    )
    closes_days = models.PositiveSmallIntegerField(
        _("window closes, days after"), default=30, help_text=_("Days after the cut-over by which the area is to be stable.")
    )
    fallback = models.TextField(_("fallback"), blank=True, help_text=_("How the area goes back, and until when it still can."))
    fallback_owner = models.ForeignKey(
        "organisation.Person",
        verbose_name=_("decides on fallback"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who decides to go back, at any hour of the cut-over."),
    )
    backfill = models.TextField(_("backfill"), blank=True, help_text=_("Who does the daily work while the area's people change over."))
    backfill_days = models.PositiveIntegerField(_("backfill, person days"), null=True, blank=True, help_text=_("People times days."))
    backfill_cost = models.DecimalField(
        _("backfill, £"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)],
        help_text=_("What the backfill costs."),
    )  # fmt: skip
    dip_measure = models.CharField(
        _("dip in service, measure"), max_length=120, blank=True, help_text=_("What falls, e.g. calls answered in a day.")
    )
    dip_normal = models.DecimalField(
        _("normal level"), max_digits=12, decimal_places=2, null=True, blank=True, help_text=_("Before the change.")
    )
    dip_lowest = models.DecimalField(
        _("lowest tolerable level"), max_digits=12, decimal_places=2, null=True, blank=True, help_text=_("Below it the area asks for help.")
    )
    dip_starts_days = models.SmallIntegerField(
        _("dip begins, days after"), null=True, blank=True, help_text=_("Days after the cut-over; negative is before.")
    )
    dip_length_days = models.PositiveSmallIntegerField(
        _("dip lasts, days"), null=True, blank=True, help_text=_("Until the level is normal again.")
    )
    communications = models.TextField(_("communications"), blank=True, help_text=_("Who is told what, and when."))
    training = models.TextField(_("training"), blank=True, help_text=_("Who learns what before the cut-over."))
    data_migration = models.TextField(_("data"), blank=True, help_text=_("What is carried over, and how it is checked."))
    legacy = models.TextField(_("withdrawal of the old"), blank=True, help_text=_("What is switched off, and when."))

    class Meta(Record.Meta):
        verbose_name = _("transition plan")
        verbose_name_plural = _("transition plans")
        indexes = [*Record.Meta.indexes, *of_long_lists("cut_over_on")]

    def after_cut_over(self, days: int | None) -> date | None:
        return self.cut_over_on + timedelta(days=days) if self.cut_over_on and days is not None else None

    @property
    def opens_on(self) -> date | None:
        return self.after_cut_over(-self.opens_days)

    @property
    def closes_on(self) -> date | None:
        return self.after_cut_over(self.closes_days)

    @property
    def slip_days(self) -> int | None:
        """Days later than the day that was agreed."""
        return (self.cut_over_on - self.agreed_cut_over).days if self.cut_over_on and self.agreed_cut_over else None
