"""What a version of a plan had earned by its status date: worked out once from its file and kept beside it."""

from django.db import models

from mainstay.planning.plan.model import Plan


class PlanPerformance(models.Model):
    """Earned value of one version; what its file cannot give is null, with the reason in `unsaid`."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="performance")
    weight = models.CharField(max_length=10, blank=True)
    budget = models.FloatField(null=True)
    planned = models.FloatField(null=True)
    earned = models.FloatField(null=True)
    actual = models.FloatField(null=True)
    cpi = models.FloatField(null=True)
    spi = models.FloatField(null=True)
    spi_t = models.FloatField(null=True)
    counted = models.PositiveIntegerField(default=0)
    baselined = models.PositiveIntegerField(default=0)
    idle = models.PositiveIntegerField(default=0)
    """How many activities should have earned something and have earned nothing."""
    unsaid = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.plan}: CPI {self.cpi}, SPI {self.spi}, SPI(t) {self.spi_t}"
