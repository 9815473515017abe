"""Who has to do with what: roles held above or below an initiative, and the teams that looked at it last."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mainstay.assurance.member.independence import parts
from mainstay.assurance.member.model import Member
from mainstay.initiatives.models import Appointment, Initiative

IN_A_ROW = 2
"""Nobody is in more teams in a row than these of one initiative; an assurance of action plan does not count."""


class Ties:
    """Roles of the reviewers' persons and the lines of the initiatives, read once for all pairs of a review and a reviewer."""

    def __init__(self, initiatives: Iterable[Any], persons: Iterable[int]) -> None:
        self.roles: dict[int, list[str]] = defaultdict(list)
        held = Appointment.live().filter(person__in=list(persons)).exclude(role="reader")
        for one in held.select_related("initiative", "office"):
            place = one.initiative.path if one.initiative else one.office.path if one.office else ""
            if place:
                self.roles[one.person_id].append(place)
        steps = {int(step) for place in initiatives for step in place.path.split("/") if step}
        self.line = {one.pk: one for one in Initiative.objects.filter(pk__in=steps).select_related("office")}

    def above(self, initiative: Any) -> list[Any]:
        """The initiative and those above it."""
        return [self.line[int(step)] for step in initiative.path.split("/") if step and int(step) in self.line]

    def interests(self, review: Any) -> set[str]:
        """Departments, programmes by code, and suppliers with whom nobody in its team may have to do."""
        return {one.code.lower() for one in self.above(review.initiative)} | parts(review.interests)

    def holds_role(self, reviewer: Any, review: Any) -> bool:
        """Whether the reviewer's person holds a role at, above or below the review's initiative, or in an office above it."""
        path = review.initiative.path
        offices = [one.office.path for one in self.above(review.initiative) if one.office]
        return any(
            path.startswith(place) or place.startswith(path) or any(office.startswith(place) for office in offices)
            for place in self.roles.get(reviewer.person_id, ())
        )


def rotated(review: Any, before: Sequence[tuple[Any, frozenset[int]]]) -> frozenset[int]:
    """Reviewers who were in each of the last teams of its initiative, whose turn is over; `before` by day, the latest last."""
    if review.kind == "aap":
        return frozenset()
    first = review.window_from
    last = [team for held, team in before if held.kind != "aap" and held.pk != review.pk and first and held.starts_on < first][-IN_A_ROW:]
    return frozenset.intersection(*last) if len(last) == IN_A_ROW else frozenset()


def at_last(before: Mapping[int, Sequence[tuple[Any, frozenset[int]]]]) -> dict[tuple[str, str], int]:
    """Of each initiative and each reviewer of its last team, that one of the teams in a row is theirs already."""
    last = {pk: next((team for held, team in reversed(rows) if held.kind != "aap"), frozenset[int]()) for pk, rows in before.items()}
    return {(str(pk), str(reviewer)): 1 for pk, team in last.items() for reviewer in team}


def looked_at(held: Mapping[int, list[Member]], reviews: Iterable[int]) -> dict[int, list[tuple[Any, frozenset[int]]]]:
    """Initiative → its reviews that have days and stay, with their teams, by day."""
    anew = set(reviews)
    rows = {one.review_id: one.review for places in held.values() for one in places if one.review_id not in anew and one.review.starts_on}
    teams: dict[int, set[int]] = defaultdict(set)
    for reviewer, places in held.items():
        for one in places:
            teams[one.review_id].add(reviewer)
    found: dict[int, list[tuple[Any, frozenset[int]]]] = defaultdict(list)
    for row in sorted(rows.values(), key=lambda one: (one.starts_on, one.pk)):
        found[row.initiative_id].append((row, frozenset(teams[row.pk])))
    return found
