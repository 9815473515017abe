"""A recommendation of a review: what is to be done, how urgently, by whom, and whether it was."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mainstay.assurance import lists
from mainstay.assurance.confidential import Confidential
from mainstay.register.record import Record, of_long_lists


class Accepted(models.TextChoices):
    YES = "yes", _("Accepted")
    PARTIALLY = "partially", _("Partially accepted")
    NO = "no", _("Not accepted")


class Carried(models.TextChoices):
    """What the next review found of it."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    FULLY = "fully", _("Fully actioned")
    PARTIALLY = "partially", _("Partially actioned")
    NOT_ACTIONED = "not_actioned", _("Not actioned")


class Recommendation(Confidential):
    review = models.ForeignKey(
        "assurance.Review",
        verbose_name=_("review"),
        on_delete=models.PROTECT,
        related_name="recommendations",
        help_text=_("Which made it."),
    )
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True, help_text=_("Its number in the report."))
    text = models.TextField(_("recommendation"), blank=True, help_text=_("In the words of the report."))
    category = models.CharField(
        _("category"), max_length=20, choices=lists.category_choices, help_text=_("From the list in force; the list and version are kept.")
    )
    priority = models.CharField(
        _("priority"), max_length=12, choices=lists.priority_choices, default="recommended", help_text=_("How urgently it is to be done.")
    )
    due_on = models.DateField(_("do by"), null=True, blank=True, help_text=_("A critical one is due 28 days after it was made."))
    due_before = models.ForeignKey(
        "assurance.Review", verbose_name=_("do before review"), on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("The gate by which it is to be done, where no date is named."),
    )  # fmt: skip
    accepted = models.CharField(
        _("accepted"), max_length=10, choices=Accepted.choices, blank=True, help_text=_("What its owner says to it.")
    )
    accepted_why = models.TextField(_("why not, or not all"), blank=True, help_text=_("The reason where it is not accepted as it stands."))
    action_plan = models.TextField(_("action plan"), blank=True, help_text=_("What is done about it, by whom, by when."))
    progress = models.TextField(_("progress"), blank=True, help_text=_("How far it is."))
    evidence = models.TextField(_("evidence"), blank=True, help_text=_("What shows that it was done; files can be attached."))
    closed_on = models.DateField(_("closed on"), null=True, editable=False, help_text=_("When it was verified."))
    verifier = models.CharField(_("verified by"), max_length=120, blank=True, editable=False, help_text=_("Somebody else than the owner."))
    was_timely = models.BooleanField(_("done in time"), null=True, blank=True, help_text=_("What the verifier found."))
    was_effective = models.BooleanField(_("had the right outcome"), null=True, blank=True, help_text=_("What the verifier found."))
    was_complete = models.BooleanField(_("done completely"), null=True, blank=True, help_text=_("What the verifier found."))
    carried_into = models.ForeignKey(
        "assurance.Review", verbose_name=_("carried into review"), on_delete=models.PROTECT, null=True, blank=True, related_name="carried",
        help_text=_("The next review, which looks at it again."),
    )  # fmt: skip
    carried_as = models.CharField(
        _("found there"), max_length=14, choices=Carried.choices, blank=True, help_text=_("What that review found.")
    )
    repeats = models.ForeignKey(
        "self", verbose_name=_("repeats"), on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("An earlier recommendation that says the same."),
    )  # fmt: skip

    class Meta(Record.Meta):
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        indexes = [*Record.Meta.indexes, *of_long_lists("due_on")]

    def clean(self) -> None:
        wrong: dict[str, Any] = {}
        if lists.priorities().get(self.priority, {}).get("needs") == "date_or_gate" and not (self.due_on or self.due_before_id):
            wrong["due_on"] = _now("An essential recommendation is done by a date or a gate. Enter the date or choose the review.")
        if self.accepted in (Accepted.NO, Accepted.PARTIALLY) and not self.accepted_why.strip():
            wrong["accepted_why"] = _now("Say why it is not accepted, or not all of it.")
        if self.repeats_id and self.repeats_id == self.pk:
            wrong["repeats"] = _now("A recommendation cannot repeat itself. Choose an earlier one.")
        if self.carried_as and not self.carried_into_id:
            wrong["carried_into"] = _now("Choose the review that found this.")
        if wrong:
            raise ValidationError(wrong)

    def date_it(self) -> None:
        """A critical one is due so many days after it was made, unless a day is named."""
        days = lists.priorities().get(self.priority, {}).get("within_days")
        if days and self.due_on is None:
            self.due_on = self.made_on + timedelta(days=days)

    @property
    def made_on(self) -> date:
        """The last day of its review, where that is over; else the day on which it was entered."""
        ended: date | None = self.review.ends_on
        entered = timezone.localdate(self.created_at)
        return min(ended, entered) if ended else entered

    @property
    def do_by(self) -> date | None:
        """The day by which it is to be done: its own, or the last one of the review that it is to be done before."""
        before = self.due_before.last_day if self.due_before else None
        return self.due_on or before

    @property
    def age_days(self) -> int:
        """Days since it was made, until it was closed."""
        return ((self.closed_on or timezone.localdate()) - self.made_on).days
