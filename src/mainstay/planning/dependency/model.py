"""A dependency: what one initiative gives and another gets, agreed by both."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.organisation.models import Person
from mainstay.register.record import Record, of_long_lists

SETTLED = ("agreed", "delivered", "accepted")
OVER = ("delivered", "accepted", "rejected", "failed", "superseded")
"""States in which nothing is promised any more."""
CLOSED = ("accepted", "rejected", "failed", "superseded")
"""States in which nobody has anything to do any more."""
TERMS = ("giver", "initiative", "outside", "needed_by", "promised_by", "product", "criteria")
"""What both sides agree on, and neither changes alone afterwards."""


class Criticality(models.TextChoices):
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Side(models.TextChoices):
    """The two sides of a dependency."""

    GIVER = "giver", _("Giver")
    GETTER = "getter", _("Getter")


class Dependency(Record):
    giver = models.ForeignKey(
        "initiatives.Initiative",
        verbose_name=_("giver"),
        on_delete=models.PROTECT,
        related_name="gives",
        help_text=_(
            "The initiative that hands over. The one that gets is the initiative of this record. With a party outside, both may be one."
        ),
    )
    outside = models.CharField(
        _("side outside"),
        max_length=6,
        choices=Side.choices,
        blank=True,
        help_text=_("The side that is a party outside, without a sign-in here. The initiative named for it deals with that party."),
    )
    outside_name = models.CharField(
        _("name outside"), max_length=80, blank=True, help_text=_("The person who answers for the party outside.")
    )
    outside_body = models.CharField(_("organisation outside"), max_length=80, blank=True, help_text=_("Supplier, utility, authority."))
    outside_email = models.EmailField(
        _("e-mail address outside"), blank=True, help_text=_("Where the signed link is sent by which this person answers.")
    )
    product = models.TextField(
        _("what is handed over"), blank=True, help_text=_("The product or decision, so that both sides mean the same.")
    )
    criteria = models.TextField(_("acceptance criteria"), blank=True, help_text=_("When the getter will accept it."))
    giver_owner = models.ForeignKey(
        "organisation.Person",
        verbose_name=_("answers for the giver"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The person who gives the promise."),
    )
    give_activity = models.CharField(
        _("giving activity"),
        max_length=80,
        blank=True,
        help_text=_("Code of the activity in the giver's plan whose finish is the hand-over."),
    )
    get_activity = models.CharField(
        _("getting activity"), max_length=80, blank=True, help_text=_("Code of the activity in the getter's plan that cannot start before.")
    )
    lag_days = models.DecimalField(
        _("lag, wd"), max_digits=6, decimal_places=1, default=0, help_text=_("Working days between hand-over and start.")
    )
    needed_by = models.DateField(_("needed by"), null=True, blank=True, help_text=_("The getter's date."))
    promised_by = models.DateField(_("promised by"), null=True, blank=True, help_text=_("The giver's date."))
    delivered_on = models.DateField(_("handed over on"), null=True, blank=True, help_text=_("The day of the hand-over."))
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        help_text=_("The dependency that takes the place of this one."),
    )
    first_promised = models.DateField(
        _("first promised"), null=True, blank=True, editable=False, help_text=_("The date that both sides agreed on first.")
    )
    drifts_since = models.DateField(
        _("drifts since"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Since when the giver's plan is later than the promise."),
    )
    escalated_on = models.DateField(
        _("escalated on"), null=True, blank=True, editable=False, help_text=_("When those who direct both sides were told of the drift.")
    )
    forecast = models.DateField(
        _("forecast"), null=True, blank=True, editable=False, help_text=_("The giving activity's finish in the live plan.")
    )
    criticality = models.CharField(
        _("criticality"), max_length=8, choices=Criticality.choices, default=Criticality.MEDIUM, help_text=_("How much hangs on it.")
    )
    impact = models.TextField(_("impact if late"), blank=True, help_text=_("What a late hand-over does to the getter."))

    class Meta(Record.Meta):
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        indexes = [*Record.Meta.indexes, *of_long_lists("promised_by")]

    def clean(self) -> None:
        if self.giver_id and self.giver_id == self.initiative_id and not self.outside:
            raise ValidationError({"giver": _("Giver and getter are the same. A dependency is between two initiatives.")})
        self.clean_outside()
        if self.replaced_by_id and self.replaced_by_id == self.pk:
            raise ValidationError({"replaced_by": _("A dependency cannot replace itself. Name the other one, or leave it empty.")})
        if self.delivered_on and self.delivered_on > timezone.localdate():
            raise ValidationError({"delivered_on": _("This day has not come yet. Enter the day on which it was handed over.")})
        if self.pk and self.state in SETTLED:
            held = type(self).objects.get(pk=self.pk)
            changed = [name for name in TERMS if getattr(held, name) != getattr(self, name)]
            if changed:
                raise ValidationError(
                    {changed[0]: _("Both sides have agreed on this. Reopen the agreement with a reason before you change it.")}
                )

    def clean_outside(self) -> None:
        """A party outside is named whole, answers for one side, and has no plan here."""
        party = {name: str(getattr(self, name)).strip() for name in ("outside_name", "outside_body", "outside_email")}
        if not self.outside:
            if party["outside_email"]:
                raise ValidationError(
                    {"outside": _("Say which side the party outside is on, or leave its name, organisation and address empty.")}
                )
            return
        for name, text in party.items():
            if not text:
                raise ValidationError({name: _("A party outside has a name, an organisation and an e-mail address. Fill all three.")})
        address = party["outside_email"]
        is_named = type(self).objects.filter(pk=self.pk or 0, outside_email__iexact=address).exists()
        if not is_named and Person.objects.filter(email__iexact=address, account__is_active=True).exists():
            told = _("Whoever has this address signs in here. Name them as the person who answers for that side, and no party outside.")
            raise ValidationError({"outside_email": told})
        activity = "give_activity" if self.outside == Side.GIVER else "get_activity"
        if getattr(self, activity).strip():
            raise ValidationError({activity: _("A party outside has no plan here. Leave its activity empty.")})

    @property
    def outside_called(self) -> str:
        """The party outside as the history and the pages name it."""
        return f"{self.outside_name} ({self.outside_body})" if self.outside else ""

    @property
    def giver_name(self) -> str:
        """Who hands over: the code of the initiative, or the organisation outside."""
        return self.outside_body if self.outside == Side.GIVER else str(self.giver.code)

    @property
    def getter_name(self) -> str:
        return self.outside_body if self.outside == Side.GETTER else str(self.initiative.code)

    @property
    def given(self) -> date | None:
        """The best date known for the hand-over: the live plan's, else the promise."""
        return self.forecast or self.promised_by

    @property
    def buffer_days(self) -> int | None:
        """Days between hand-over and need; negative is late."""
        return (self.needed_by - self.given).days if self.needed_by and self.given else None

    @property
    def drift_days(self) -> int | None:
        """Days that the live plan is later than the promise."""
        return (self.forecast - self.promised_by).days if self.forecast and self.promised_by else None

    @property
    def standing(self) -> str:
        if self.state in OVER:
            return self.state
        if self.buffer_days is None:
            return "not dated"
        if self.buffer_days < 0:
            return "late"
        return "at risk" if (self.drift_days or 0) > 0 or self.state != "agreed" else "on track"
