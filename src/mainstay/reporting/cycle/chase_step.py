"""A step of the chase that was taken: once for each return and rung."""

from django.db import models
from django.utils import timezone


class ChaseStep(models.Model):
    of = models.ForeignKey("reporting.Return", on_delete=models.CASCADE, related_name="chase_steps")
    rung = models.CharField(max_length=12)
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "rung"], name="reporting_chase_once")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.rung}"
