"""A plan as it arrived: one row a version, never changed afterwards; its activities as rows, its whole content as a document."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Plan(Record):
    number = models.PositiveIntegerField(
        _("version of the plan"), editable=False, help_text=_("Counts the imports of this initiative's plan.")
    )
    is_live = models.BooleanField(_("live"), default=True, editable=False, help_text=_("The version that the integrated plan uses."))
    file_name = models.CharField(_("file"), max_length=200, editable=False, help_text=_("Name of the file as it came."))
    file_digest = models.CharField(
        _("digest of the file"), max_length=64, editable=False, help_text=_("SHA-256 of the file; the file itself is kept under it.")
    )
    document_digest = models.CharField(
        _("digest of the content"), max_length=64, editable=False, help_text=_("SHA-256 of what was read, kept under it.")
    )
    project_name = models.CharField(
        _("project in the file"), max_length=200, editable=False, blank=True, help_text=_("How the file calls the project.")
    )
    application = models.CharField(_("made by"), max_length=60, editable=False, blank=True, help_text=_("The tool and format."))
    status_date = models.DateTimeField(
        _("status date"), null=True, editable=False, help_text=_("Data date: up to here the plan holds what has happened.")
    )
    starts_on = models.DateField(_("start"), null=True, editable=False, help_text=_("Start of the plan."))
    finishes_on = models.DateField(_("finish"), null=True, editable=False, help_text=_("Finish of the plan."))
    activity_count = models.PositiveIntegerField(
        _("activities"), default=0, editable=False, help_text=_("Activities, milestones and summaries.")
    )
    link_count = models.PositiveIntegerField(_("links"), default=0, editable=False, help_text=_("Links between activities."))
    external_count = models.PositiveIntegerField(_("external links"), default=0, editable=False, help_text=_("Links to other files."))
    resource_count = models.PositiveIntegerField(_("resources"), default=0, editable=False, help_text=_("Resources of the plan."))
    warnings = models.JSONField(_("warnings"), default=list, editable=False, help_text=_("What could not be read."))

    class Meta(Record.Meta):
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        indexes = [*Record.Meta.indexes, models.Index(fields=["initiative", "is_live"], name="plan_live")]


class Activity(models.Model):
    """One activity of one version of a plan, as the file has it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="activities")
    uid = models.CharField(max_length=40)
    code = models.CharField(max_length=80, db_index=True)
    name = models.CharField(max_length=250)
    outline = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField()
    is_summary = models.BooleanField(default=False)
    is_milestone = models.BooleanField(default=False)
    start = models.DateTimeField(null=True)
    finish = models.DateTimeField(null=True)
    baseline_start = models.DateTimeField(null=True)
    baseline_finish = models.DateTimeField(null=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "uid"], name="activity_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
