"""A run of the simulation: what went in and what came out, each kept under the digest of its content."""

from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mainstay.forecasts.outlook import Outlook
from mainstay.register import document, store
from mainstay.register.errors import Frozen, Refused
from mainstay.register.record import Record


class Run(Record):
    iterations = models.PositiveIntegerField(
        _("iterations"), editable=False, help_text=_("How often the whole network was played through.")
    )
    seed = models.PositiveBigIntegerField(
        _("seed"), editable=False, help_text=_("Where the random numbers begin: the same input and seed give the same figures.")
    )
    after_responses = models.BooleanField(
        _("after responses"), editable=False, default=True, help_text=_("Whether risks stand as after their responses.")
    )
    made_at = models.DateTimeField(_("made"), editable=False, help_text=_("When it was run."))
    made_by = models.CharField(_("made by"), max_length=120, editable=False, help_text=_("Who asked for it."))
    seconds = models.FloatField(_("seconds"), editable=False, default=0, help_text=_("How long it took."))
    engine_version = models.CharField(
        _("version of the engine"), max_length=20, editable=False, help_text=_("What it was worked out with.")
    )
    input_digest = models.CharField(
        _("digest of the input"), max_length=64, editable=False, help_text=_("SHA-256 of the plans, risks and causes that went in.")
    )
    result_digest = models.CharField(
        _("digest of the result"), max_length=64, editable=False, help_text=_("SHA-256 of the figures; they are kept under it.")
    )
    samples_digest = models.CharField(
        _("digest of the samples"),
        max_length=64,
        blank=True,
        default="",
        editable=False,
        help_text=_("SHA-256 of the finish and cost of every iteration; empty for runs that kept none."),
    )
    sampling = models.CharField(
        _("sampling"), max_length=20, default="random", editable=False, help_text=_("How the random numbers were spread.")
    )
    stop_days = models.FloatField(
        _("stopped at, days"),
        null=True,
        editable=False,
        help_text=_("The standard error of the P80 finish at which it stopped; empty where all iterations were run."),
    )
    finish_plan = models.DateField(_("finish, plan"), null=True, editable=False, help_text=_("The plan's own finish."))
    finish_p50 = models.DateField(_("finish, P50"), null=True, editable=False, help_text=_("Half of the iterations had finished by then."))
    finish_p80 = models.DateField(_("finish, P80"), null=True, editable=False, help_text=_("Four iterations in five had finished by then."))
    cost_p80 = models.DecimalField(
        _("cost, P80, £"),
        max_digits=16,
        decimal_places=2,
        null=True,
        editable=False,
        help_text=_("Four iterations in five cost no more, in pounds."),
    )

    class Meta(Record.Meta):
        verbose_name = _("forecast run")
        verbose_name_plural = _("forecast runs")

    @cached_property
    def outlook(self) -> Outlook:
        """What came out. Raises StoreError or DocumentError, with a sentence, where it is missing or altered."""
        return document.from_bytes(Outlook, store.get(self.result_digest))

    def save(self, **kwargs: Any) -> None:
        """A run is written once; what changes it is refused whoever asks."""
        if not self._state.adding:
            raise Frozen(_now("A forecast never changes. Run a new one."))
        if not self.result_digest:
            raise Refused(_now("Forecasts are run, not entered by hand."))
        super().save(**kwargs)
