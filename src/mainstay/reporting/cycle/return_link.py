"""A link by which whoever supplies a return answers it without signing in; at most one of a return is live."""

from django.db import models
from django.db.models import Q

from mainstay.register.signed_links import SignedLink


class ReturnLink(SignedLink):
    """Bound to return, person, commission and last day."""

    of = models.ForeignKey("reporting.Return", on_delete=models.CASCADE, related_name="links")
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")

    PURPOSE = "mainstay.reporting.answer-a-return/1"
    PAGE = "reporting.answer"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of"], condition=Q(withdrawn_at__isnull=True), name="reporting_link_once")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.person_id}"

    def bound(self) -> tuple[object, ...]:
        return self.of_id, self.person_id, self.of.commission_id
