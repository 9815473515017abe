"""Who has had a return before them: noted by the page itself once it has been looked at, never by fetching it."""

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.reporting.project_return.model import Return


class Reading(models.Model):
    """One account has looked at one return; once, however often."""

    of = models.ForeignKey("reporting.Return", on_delete=models.CASCADE, related_name="readings")
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    first_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "account"], name="reporting_reading_once")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.account_id}"


def is_counted(row: Return, account: Account | None) -> bool:
    """Whether a look by this account says that somebody reads the return: not its supplier's own, and not before it was sent."""
    if account is None or account.pk is None or row.sent_at is None:
        return False
    return row.owner is None or row.owner.account_id != account.pk


def note(row: Return, account: Account) -> None:
    """Note that `account` has looked at it; a second time says nothing new."""
    if not is_counted(row, account) or Reading.objects.filter(of=row, account=account).exists():
        return
    try:
        with transaction.atomic():
            Reading.objects.create(of=row, account=account)
    except IntegrityError:
        return  # two windows of the same reader at the same moment
