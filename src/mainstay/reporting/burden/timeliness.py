"""Who is in time: counts over the returns of the last periods, by sponsor, by supplier and by period; one query each.

The whole is the sum of its periods, so that the rows are not gone through once more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from mainstay.organisation.models import Person
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle.collecting import SENT
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


def tally(late: Q) -> dict[str, Any]:
    """The aggregates behind a record; `late` is the lateness of all rows that are counted."""
    today = timezone.localdate()
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


def by_person(rows: QuerySet[Return], by: str, late: Q) -> list[Record]:
    """One record for each sponsor or supplier: those with the most late and missing first."""
    field = BY[by]
    found = list(rows.order_by().values(field).annotate(**tally(late)))
    names = dict(Person.objects.order_by().values_list("pk", "title"))
    records = [record(names.get(told[field], ""), told[field], told) for told in found]
    return sorted(records, key=lambda one: (-(one.late + one.missing), one.name.casefold()))


def told_by_period(rows: QuerySet[Return], late: Q) -> dict[int, dict[str, Any]]:
    """The aggregates of each commission, by its key."""
    return {told["commission"]: dict(told) for told in rows.order_by().values("commission").annotate(**tally(late))}


def by_period(told: Mapping[int, Mapping[str, Any]], commissions: list[Commission]) -> list[tuple[Commission, Record]]:
    """One record for each commission, the latest first."""
    return [(one, record(one.period, one.pk, told[one.pk])) for one in commissions if one.pk in told]


def whole(told: Mapping[int, Mapping[str, Any]]) -> Record:
    """All commissions together."""
    return record("", None, {name: sum(of_one[name] or 0 for of_one in told.values()) for name in tally(Q())})
