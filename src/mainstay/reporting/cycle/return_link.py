"""A link by which whoever supplies a return answers it without signing in; at most one of a return is live."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class ReturnLink(models.Model):
    """What the signature of a link is bound to. The link itself is not kept: it follows from this row and the installation's key."""

    of = models.ForeignKey("reporting.Return", on_delete=models.CASCADE, related_name="links")
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    handle = models.CharField(max_length=24, unique=True)
    """96 random bits by which the row is found; they tell nothing of the return."""
    expires_on = models.DateField()
    """Its last day."""
    made_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True)
    """When a person was last seen to use it; that a program fetched the page does not count."""
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of"], condition=Q(withdrawn_at__isnull=True), name="reporting_link_once")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.person_id}"
