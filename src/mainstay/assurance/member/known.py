"""What must be known to say whether reviewers may be booked: roles, places, who leads; for one place or for many at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mainstay.assurance.member.availability import booked
from mainstay.assurance.member.model import Member
from mainstay.initiatives.models import Appointment, Initiative

PART = 400
"""Rows asked for in one query; SQLite takes some hundred parameters gladly."""


@dataclass(frozen=True, slots=True)
class Known:
    """All by ids, as the database says it now: whoever writes meanwhile must ask again."""

    roles: Mapping[int, Sequence[Any]]
    """Person → the roles that they hold."""
    line: Mapping[int, Any]
    """Initiatives of the reviews and those above them."""
    booked: Mapping[int, Sequence[Member]]
    """Reviewer → their booked places."""
    leaders: Mapping[int, set[int]]
    """Review → the booked places that lead it."""

    def above(self, path: str) -> list[Any]:
        """The initiative of that path and those above it."""
        return [self.line[int(step)] for step in path.split("/") if step and int(step) in self.line]

    def besides(self, record: Member) -> list[Member]:
        """The other booked places of its reviewer."""
        return [other for other in self.booked.get(record.reviewer_id, ()) if other.pk != record.pk]


def known_of(places: Sequence[Member], *, roles: bool = True) -> Known:
    """Known of these places, in a number of queries that does not grow with them; without `roles` of days alone."""
    held: dict[int, list[Member]] = defaultdict(list)
    for part in batches({one.reviewer_id for one in places}):
        for place in booked(part):
            held[place.reviewer_id].append(place)
    if not roles:
        return Known({}, {}, held, {})
    found: dict[int, list[Any]] = defaultdict(list)
    for part in batches({one.reviewer.person_id for one in places}):
        rows = Appointment.live().filter(person__in=part).exclude(role="reader")
        for row in rows.select_related("initiative", "office").order_by("pk"):
            found[row.person_id].append(row)
    line: dict[int, Any] = {}
    for part in batches({int(step) for one in places for step in one.review.initiative.path.split("/") if step}):
        line |= {row.pk: row for row in Initiative.objects.filter(pk__in=part).select_related("office")}
    leaders: dict[int, set[int]] = defaultdict(set)
    for part in batches({one.review_id for one in places if one.part == "leader"}):
        leading = Member.objects.filter(review__in=part, part="leader", state="booked", is_withdrawn=False)
        for pk, review in leading.values_list("pk", "review"):
            leaders[review].add(pk)
    return Known(found, line, held, leaders)


def batches(ids: Collection[int]) -> list[list[int]]:
    whole = sorted(ids)
    return [whole[start : start + PART] for start in range(0, len(whole), PART)]
