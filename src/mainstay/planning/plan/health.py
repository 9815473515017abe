"""How healthy a version of a plan was when it arrived: worked out once from its file by the limits of that day, and kept beside it."""

from django.db import models

from mainstay.planning.plan.model import Plan


class PlanHealth(models.Model):
    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="health")
    score = models.PositiveSmallIntegerField(null=True)
    """Per cent of the points that could be judged that held; null where none could."""
    held = models.PositiveSmallIntegerField(default=0)
    judged = models.PositiveSmallIntegerField(default=0)
    failed = models.JSONField(default=list)
    """The codes of the points that did not hold."""
    fault = models.TextField(blank=True)
    """Why it could not be scheduled."""

    def __str__(self) -> str:
        return f"{self.plan}: {self.held} of {self.judged}"
