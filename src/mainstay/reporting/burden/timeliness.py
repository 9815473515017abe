"""Who is in time: counts over the returns of the last periods, by sponsor, by supplier and by period; one query each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle.collecting import SENT, lateness
from mainstay.reporting.project_return.model import Return

BY = {"sponsor": "confirmer", "supplier": "owner"}
MOST_PEOPLE = 100
"""Those with the most that came late; a page counts the rest."""


@dataclass(frozen=True, slots=True)
class Record:
    """How the returns of one person, or of one period, came in. Counts of returns; `minutes` is of those that were timed."""

    name: str
    pk: int | None
    """The person; None where nobody was named."""
    asked: int
    due: int
    """Sent, or past their day."""
    in_time: int
    late: int
    missing: int
    """Past their day and not sent."""
    resent: int
    unconfirmed: int
    """Confirmed by the sponsor after the day for it, or past that day and not confirmed."""
    timed: int
    minutes: int

    @property
    def share(self) -> int | None:
        """Per cent of those sent or overdue that were in time."""
        return round(100 * self.in_time / self.due) if self.due else None

    @property
    def each(self) -> int | None:
        """Minutes a return, on the average of those that were timed."""
        return max(round(self.minutes / self.timed), 1) if self.timed else None


def tally(rows: QuerySet[Return]) -> dict[str, Any]:
    """The aggregates behind a record."""
    late, today = lateness(rows), timezone.localdate()
    asked, sent = ~Q(state="waived"), Q(sent_at__isnull=False)
    past = Q(commission__confirmed_by__lt=today)
    slow = Q(confirmed_on__gt=F("commission__confirmed_by")) | (Q(confirmed_on__isnull=True) & past & ~Q(state="accepted"))
    return {
        "asked": Count("pk", filter=asked),
        "due": Count("pk", filter=asked & (sent | Q(due_on__lt=today))),
        "in_time": Count("pk", filter=asked & sent & ~late),
        "late": Count("pk", filter=asked & sent & late),
        "missing": Count("pk", filter=asked & Q(sent_at__isnull=True, due_on__lt=today)),
        "resent": Sum("resent", filter=asked, default=0),
        "unconfirmed": Count("pk", filter=asked & Q(confirmer__isnull=False) & slow),
        "timed": Count("pk", filter=Q(state__in=SENT, seconds__gt=0)),
        "minutes": Sum("seconds", filter=Q(state__in=SENT, seconds__gt=0), default=0),
    }


def record(name: str, pk: int | None, told: Mapping[str, Any]) -> Record:
    counts = {key: int(told[key] or 0) for key in Record.__dataclass_fields__ if key not in ("name", "pk")}
    return Record(name, pk, **{**counts, "minutes": round(counts["minutes"] / 60)})


def by_person(rows: QuerySet[Return], by: str) -> list[Record]:
    """One record for each sponsor or supplier: those with the most late and missing first."""
    field = BY[by]
    found = rows.order_by().values(field, name=F(f"{field}__title")).annotate(**tally(rows))
    records = [record(told["name"] or "", told[field], told) for told in found]
    return sorted(records, key=lambda one: (-(one.late + one.missing), one.name.casefold()))


def by_period(rows: QuerySet[Return], commissions: list[Commission]) -> list[tuple[Commission, Record]]:
    """One record for each commission, the latest first."""
    found = {told["commission"]: told for told in rows.order_by().values("commission").annotate(**tally(rows))}
    return [(one, record(one.period, one.pk, found[one.pk])) for one in commissions if one.pk in found]


def whole(rows: QuerySet[Return]) -> Record:
    return record("", None, rows.order_by().aggregate(**tally(rows)))
