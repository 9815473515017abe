"""An assurance review: what is looked at, by whom, for which decision, in which window, and how far it has come."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mainstay.assurance import lists
from mainstay.assurance.day_lists import written_as_days
from mainstay.initiatives import scale as scales
from mainstay.register.record import Record, of_long_lists

MEETING_WEEKS = (14, 12)
"""The assessment meeting is held so many weeks before the review, at the earliest and at the latest."""

OUTCOMES = (
    ("as_planned", _("As approved")),
    ("cost", _("Cost grew by more than 10 %")),
    ("slip", _("Slipped by more than six months")),
    ("both", _("Cost grew and it slipped")),
    ("stopped", _("Stopped")),
)
"""The measures of the published calibration of delivery confidence: whole-life cost more than 10 % up, end more than six months later."""


class Review(Record):
    kind = models.CharField(
        _("type"), max_length=20, choices=lists.type_choices, help_text=_("Gate, assessment, health check or an own type.")
    )
    own_type = models.CharField(_("own type"), max_length=60, blank=True, help_text=_("What an own type is called."))
    line = models.CharField(
        _("line of defence"), max_length=30, choices=lists.line_choices, default="functional/1:2",
        help_text=_("How far from delivery the reviewers stand, by the definition that is named."),
    )  # fmt: skip
    provider = models.CharField(_("provider"), max_length=120, blank=True, help_text=_("Who reviews: a unit, a body or internal audit."))
    covers = models.TextField(_("objectives and risks covered"), blank=True, help_text=_("What it gives assurance on, one to a line."))
    terms = models.TextField(_("terms of reference"), blank=True, help_text=_("What is asked of the team, where the type leaves it open."))
    decision = models.CharField(_("decision it informs"), max_length=160, blank=True, help_text=_("What is decided on its report."))
    decision_on = models.DateField(_("decision on"), null=True, blank=True, help_text=_("The day by which its report must be there."))
    milestone = models.ForeignKey(
        "planning.Milestone", verbose_name=_("tied to milestone"), on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("The milestone of the live plan that its window moves with."),
    )  # fmt: skip
    offset_days = models.SmallIntegerField(
        _("window ends, days after the milestone"), default=-14, help_text=_("Negative is before the milestone, as a gate comes before it.")
    )
    window_from = models.DateField(_("window from"), null=True, blank=True, help_text=_("First day on which it can be held."))
    window_to = models.DateField(
        _("window to"), null=True, blank=True, help_text=_("Last day; follows from the milestone where one is named.")
    )
    window_days = models.PositiveSmallIntegerField(
        _("window, days"), default=28, validators=[MinValueValidator(1)], help_text=_("Length of a window that follows from a milestone.")
    )
    agreed_to = models.DateField(_("window to, as agreed"), null=True, editable=False, help_text=_("Its end when the review was agreed."))
    meeting_on = models.DateField(_("assessment meeting"), null=True, blank=True, help_text=_("12 to 14 weeks before the review."))
    planning_on = models.DateField(_("planning meeting"), null=True, blank=True, help_text=_("When team and project plan the interviews."))
    starts_on = models.DateField(_("review from"), null=True, blank=True, help_text=_("First day on which it is held."))
    ends_on = models.DateField(_("review to"), null=True, blank=True, help_text=_("Last day on which it is held."))
    days = models.PositiveSmallIntegerField(
        _("review days"), default=4, validators=[MinValueValidator(1), MaxValueValidator(60)], help_text=_("Working days that it takes.")
    )
    members = models.PositiveSmallIntegerField(_("members beside the leader"), default=2, help_text=_("How many reviewers are needed."))
    level = models.PositiveSmallIntegerField(
        _("accreditation needed"), default=1, validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("1 to 5: what its leader must hold at least."),
    )  # fmt: skip
    skills = models.CharField(_("skills needed"), max_length=200, blank=True, help_text=_("Apart by semicolons, e.g. marine; commercial."))
    region = models.CharField(_("region"), max_length=60, blank=True, help_text=_("Where it is held."))
    unavailable = models.CharField(
        _("interviewees away"), max_length=300, blank=True, validators=[written_as_days],
        help_text=_("Days on which those to be interviewed are not to be had, e.g. 2027-01-04..2027-01-08; 2027-02-01."),
    )  # fmt: skip
    interests = models.CharField(
        _("interests"),
        max_length=300,
        blank=True,
        help_text=_("Departments and suppliers with whom no reviewer may have to do; semicolons."),
    )
    cost = models.DecimalField(
        _("cost, £"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)], help_text=_("In pounds.")
    )
    effort_days = models.PositiveSmallIntegerField(
        _("effort, person days"), null=True, blank=True, help_text=_("Of team and project together.")
    )
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction of the owner"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("1 to 5, as the senior responsible owner says after the review."),
    )  # fmt: skip
    satisfaction_why = models.TextField(_("what the owner says"), blank=True, help_text=_("What helped, and what would have helped."))
    outcome = models.CharField(
        _("what became of it"), max_length=10, choices=OUTCOMES, blank=True,
        help_text=_("A year after the review, or at its end: whether cost or time grew beyond what was approved then."),
    )  # fmt: skip
    outcome_on = models.DateField(_("judged on"), null=True, blank=True, help_text=_("When that was looked at."))
    follows = models.ForeignKey(
        "self", verbose_name=_("follows review"), on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by",
        help_text=_("The review whose findings it looks at again; an assurance of action plan names the one that was Red."),
    )  # fmt: skip
    rating_scale = models.CharField(_("rating scale"), max_length=24, blank=True, editable=False, help_text=_("Scale and version."))
    rating = models.CharField(_("rating"), max_length=16, blank=True, editable=False, help_text=_("As its report says, once released."))

    class Meta(Record.Meta):
        verbose_name = _("assurance review")
        verbose_name_plural = _("assurance reviews")
        indexes = [*Record.Meta.indexes, *of_long_lists("window_to")]

    def clean(self) -> None:
        wrong: dict[str, str] = {}
        if self.kind == lists.OWN and not self.own_type.strip():
            wrong["own_type"] = _now("Say what the own type is called.")
        for first, last in (("window_from", "window_to"), ("starts_on", "ends_on")):
            begin, end = getattr(self, first), getattr(self, last)
            if begin and end and end < begin:
                wrong[last] = _now("The last day is before the first. Enter a later date.")
        if self._state.adding and self.window_to and self.window_to < timezone.localdate() and not self.starts_on:
            wrong["window_to"] = _now("The window is over already. Enter a later one, or the days on which the review was held.")
        if self.outcome and not self.outcome_on:
            wrong["outcome_on"] = _now("Say when that was looked at.")
        if self.meeting_on and self.starts_on and self.meeting_on > self.starts_on:
            wrong["meeting_on"] = _now("The assessment meeting comes before the review. Enter an earlier date.")
        fitting = self.type.levels if self.type else ()
        if fitting and self.initiative_id and self.initiative.kind not in fitting:
            wrong["kind"] = _now("%(type)s is for programmes. Choose another type for a %(kind)s.") % {
                "type": self.type_label, "kind": self.initiative.get_kind_display().lower(),
            }  # fmt: skip
        if wrong:
            raise ValidationError(wrong)

    @property
    def type(self) -> lists.ReviewType | None:
        return lists.review_types().get(self.kind)

    @property
    def type_label(self) -> str:
        return self.own_type or (self.type.title if self.type else self.kind)

    @property
    def short(self) -> str:
        """What stands in a drawing."""
        return self.type.short if self.type else self.own_type[:3].upper()

    @property
    def line_label(self) -> str:
        """The line without the name of its definition."""
        return str(self.get_line_display()).partition(" (")[0]

    @property
    def scale_label(self) -> str:
        found = scales.named(self.rating_scale) if self.rating_scale else None
        return found.short if found else ""

    @property
    def first_day(self) -> date | None:
        """The day on which it begins, or can begin."""
        return self.starts_on or self.window_from

    @property
    def last_day(self) -> date | None:
        """The day on which it ends at the latest."""
        return self.ends_on or self.window_to

    @property
    def slack_days(self) -> int | None:
        """Days from its end to the decision; negative is after it."""
        return (self.decision_on - self.last_day).days if self.decision_on and self.last_day else None

    @property
    def slip_days(self) -> int | None:
        """Days by which the window has moved since it was agreed."""
        return (self.window_to - self.agreed_to).days if self.window_to and self.agreed_to else None

    @property
    def meeting_span(self) -> tuple[date, date] | None:
        """First and last day on which the assessment meeting is in time."""
        if self.first_day is None or (self.type and not self.type.has_meeting):
            return None
        earliest, latest = MEETING_WEEKS
        return self.first_day - timedelta(weeks=earliest), self.first_day - timedelta(weeks=latest)
