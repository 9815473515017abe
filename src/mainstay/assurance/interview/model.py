"""A conversation of a review: with whom, when they can come, and when it is held; daily briefings and the planning meeting as well."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mainstay.assurance.confidential import Shared
from mainstay.assurance.interview import hours
from mainstay.register.record import Record, of_long_lists


class InterviewKind(models.TextChoices):
    INTERVIEW = "interview", _("Interview")
    BRIEFING = "briefing", _("Daily briefing of the owner")
    PLANNING = "planning", _("Planning meeting")
    TEAM = "team", _("Team meeting")


class Interview(Shared):
    review = models.ForeignKey(
        "assurance.Review", verbose_name=_("review"), on_delete=models.PROTECT, related_name="interviews", help_text=_("Whose it is.")
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=InterviewKind.choices, default=InterviewKind.INTERVIEW, help_text=_("What sort of conversation.")
    )
    interviewee = models.ForeignKey(
        "organisation.Person", verbose_name=_("with"), on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("Who is met; leave it empty for somebody who is not in the directory."),
    )  # fmt: skip
    others = models.CharField(_("and with"), max_length=200, blank=True, help_text=_("Others who come, by name, apart by semicolons."))
    panel = models.CharField(
        _("held by"), max_length=200, blank=True, help_text=_("Reviewers by name, apart by semicolons; empty is the whole team.")
    )
    topics = models.TextField(_("topics"), blank=True, help_text=_("What the team wants to speak about."))
    minutes = models.PositiveSmallIntegerField(
        _("length, minutes"), default=60, validators=[MinValueValidator(15), MaxValueValidator(210)], help_text=_("How long it takes.")
    )
    importance = models.PositiveSmallIntegerField(
        _("importance"), default=5, validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("1 to 10: where not all find a place, the higher ones do."),
    )  # fmt: skip
    available = models.CharField(
        _("can come"), max_length=300, blank=True,
        help_text=_("Days and hours, e.g. 2027-03-01 09:00-12:00; 2027-03-02. Empty is any hour of the review days."),
    )  # fmt: skip
    place = models.CharField(_("where"), max_length=120, blank=True, help_text=_("Room, or the link to join."))
    held_on = models.DateField(_("on"), null=True, blank=True, help_text=_("Its day; proposed with the timetable, or typed."))
    begins = models.CharField(_("begins"), max_length=5, blank=True, help_text=_("As 09:30; proposed with the timetable, or typed."))

    class Meta(Record.Meta):
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        indexes = [*Record.Meta.indexes, *of_long_lists("held_on")]

    def clean(self) -> None:
        wrong: dict[str, str] = {}
        if self.begins and hours.minute_of(self.begins) is None:
            wrong["begins"] = _now("Write the hour as 09:30.")
        if bool(self.begins) != bool(self.held_on):
            wrong["begins" if self.held_on else "held_on"] = _now("Enter day and hour, or neither.")
        try:
            hours.spans(self.available)
        except ValueError as fault:
            text = _now("“%(part)s” cannot be read. Write 2027-03-01 09:00-12:00; 2027-03-02.") % {"part": str(fault)[:60]}
            wrong["available"] = text
        if self.kind == InterviewKind.INTERVIEW and not self.interviewee_id and not self.others.strip():
            wrong["interviewee"] = _now("Choose who is met, or name them.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def span(self) -> tuple[int, int] | None:
        """First minute and the one after the last, of its day."""
        first = hours.minute_of(self.begins) if self.begins else None
        return None if first is None else (first, first + self.minutes)

    @property
    def ends(self) -> str:
        return hours.text_of(self.span[1]) if self.span else ""

    @property
    def people(self) -> frozenset[str]:
        """Who is met, as keys that are the same wherever they are named."""
        named = frozenset(part.strip().lower() for part in self.others.split(";") if part.strip())
        return named | {self.interviewee.title.lower()} if self.interviewee else named
