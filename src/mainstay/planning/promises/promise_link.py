"""A link by which a party outside answers one promise without signing in; at most one of a promise is live."""

from django.db import models
from django.db.models import Q

from mainstay.planning.dependency.model import Side
from mainstay.register.signed_links import SignedLink


class PromiseLink(SignedLink):
    """Bound to promise, side, person, organisation, e-mail address and last day."""

    of = models.ForeignKey("planning.Dependency", on_delete=models.CASCADE, related_name="links")
    side = models.CharField(max_length=6, choices=Side.choices)
    name = models.CharField(max_length=80)
    body = models.CharField(max_length=80)
    email = models.EmailField()

    PURPOSE = "mainstay.planning.answer-a-promise/1"
    PAGE = "planning.promise_by_link"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of"], condition=Q(withdrawn_at__isnull=True), name="planning_link_once")]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """Whom it is for, as the history names them."""
        return f"{self.name} ({self.body})"

    @property
    def party(self) -> tuple[str, str, str, str]:
        return self.side, self.name, self.body, self.email

    def bound(self) -> tuple[object, ...]:
        return self.of_id, *self.party
