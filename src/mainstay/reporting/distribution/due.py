"""Which packs are due to whom today: by working days after freezing, on a day, or because an earlier pack was corrected."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from mainstay.initiatives.working_days import working_day
from mainstay.organisation.models import Person
from mainstay.reporting.delivery.model import Delivery, Occasion
from mainstay.reporting.distribution.model import Distribution
from mainstay.reporting.snapshot.model import Snapshot

Due = tuple[Snapshot, Person, bool, Occasion]
"""The pack, who it goes to, whether the PDF goes with it, and why now."""


def due(day: date) -> Iterator[Due]:
    """All that is due by `day` and has not been written; what was missed is among it. Corrections first."""
    yield from corrections()
    rows = Distribution.objects.filter(state="listed", is_withdrawn=False).select_related("initiative", "person", "person__account")
    for row in rows.order_by("pk"):
        for snapshot in packs_for(row, day):
            if not has(snapshot, row.person):
                yield snapshot, row.person, row.with_file, Occasion.DUE


def has(snapshot: Snapshot, person: Person) -> bool:
    """Whether the person was sent it; one who was refused is asked for again, since a right may have come since."""
    return Delivery.objects.filter(snapshot=snapshot, person=person).exclude(state="refused").exists()


def packs_for(row: Distribution, day: date) -> list[Snapshot]:
    """Packs in force of the initiative; of those frozen before the person came onto the list none by working days."""
    standing = Snapshot.objects.filter(initiative=row.initiative, successor=None, is_withdrawn=False).select_related("initiative")
    if row.on_day is not None:
        latest = standing.filter(frozen_at__date__lte=row.on_day).order_by("-sequence").first()
        return [latest] if latest and row.on_day <= day else []
    if row.after_days is None:
        return []
    sent = Delivery.objects.filter(person=row.person, initiative=row.initiative).exclude(state="refused")
    told = standing.filter(frozen_at__gte=row.created_at).exclude(pk__in=sent.values("snapshot")).order_by("sequence")
    return [one for one in told if working_day(row.initiative, timezone.localdate(one.frozen_at), row.after_days) <= day]


def corrections() -> Iterator[Due]:
    """Whoever was sent a pack that has been corrected is sent the one in its place."""
    wrong = Delivery.objects.filter(snapshot__successor__isnull=False).exclude(state="refused")
    wrong = wrong.select_related("person", "person__account", "snapshot__successor", "snapshot__successor__initiative")
    for row in wrong.order_by("pk"):
        newer: Snapshot = row.snapshot.successor
        if not has(newer, row.person):
            yield newer, row.person, row.has_file, Occasion.CORRECTION
