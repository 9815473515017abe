"""The timetable of a review proposed: slots of its days as the engine takes them, what is fixed kept, and why somebody finds no hour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.assurance.interview import clashing, hours
from mainstay.assurance.interview.hours import minute_of, spans
from mainstay.assurance.interview.model import Interview
from mainstay.assurance.interview.register import InterviewRegister
from mainstay.assurance.lists import told
from mainstay.assurance.member.availability import working_days
from mainstay.engine.assurance import interviews as engine
from mainstay.register import history, words
from mainstay.register.access import visible_to
from mainstay.register.derived import derive
from mainstay.register.errors import Refused
from mainstay.register.history import Actor

MOST_DAYS, MOST_ROOMS = 20, 6


@dataclass(frozen=True, slots=True)
class Slot:
    day: date
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody for whom no hour was found, and why."""

    interview: Any
    why: str


def slots_of(days: Sequence[date], minutes: int) -> list[Slot]:
    """All slots of so many minutes on these days, with the break between two and none over lunch."""
    data = told("timetable")
    begins, ends = minute_of(data["begins"]) or 0, minute_of(data["ends"]) or 0
    lunch = tuple(minute_of(text) or 0 for text in data["lunch"])
    found = []
    for day in days:
        first = begins
        while first + minutes <= ends:
            if first < lunch[1] and lunch[0] < first + minutes:
                first = lunch[1]
                continue
            found.append(Slot(day, first, first + minutes))
            first += minutes + data["break_minutes"]
    return found


def team_of(review: Any) -> list[str]:
    places = review.team.filter(state="booked", is_withdrawn=False).select_related("reviewer").order_by("part", "pk")
    return [place.reviewer.title.lower() for place in places]


@transaction.atomic
def propose(review: Any, actor: Actor, rooms: int = 1) -> list[Unplaced]:
    """Give hours to what is wanted or was only proposed; what is accepted keeps its own. Returns those without one.

    Raises
    ------
    Refused
        The review has no days, or nothing waits for an hour.
    """
    if not (review.starts_on and review.ends_on):
        raise Refused(_("%(review)s has no days yet. Enter when it is held, then propose the timetable.") % {"review": review})
    history.hold()
    seen = visible_to(actor.account, InterviewRegister, "change").filter(review=review.pk, is_withdrawn=False)
    rows = list(seen.filter(state__in=("wanted", "proposed"), kind="interview").select_related("interviewee").order_by("pk"))
    if not rows:
        raise Refused(_("No interview waits for an hour. Enter first whom the team wants to meet."))
    days = list(working_days(review.starts_on, review.ends_on))[:MOST_DAYS]
    slots = slots_of(days, max(row.minutes for row in rows))
    team, fixed = team_of(review), clashing.fixed(review, rows)
    possible = {row.pk: [number for number, slot in enumerate(slots) if free(row, slot, team, fixed)] for row in rows}
    wanted = [
        engine.Interview(
            id=str(row.pk), people=tuple(sorted(row.people)), panel=tuple(clashing.panel_of(row, team)),
            slots=tuple(possible[row.pk]), importance=row.importance,
        )
        for row in rows
    ]  # fmt: skip
    found = engine.timetable(wanted, team, max(1, min(rooms, MOST_ROOMS)))
    for row in rows:
        place(row, slots[found.slots[str(row.pk)]] if str(row.pk) in found.slots else None, actor)
    return [Unplaced(row, why(row, days, slots, possible[row.pk], fixed)) for row in rows if str(row.pk) in found.unplaced]


def free(row: Interview, slot: Slot, team: Sequence[str], fixed: Iterable[Any]) -> bool:
    """Whether the one who is met can come, and nobody who is needed is held elsewhere then."""
    if not hours.fits(spans(row.available), slot.day, slot.first, slot.last):
        return False
    needed = row.people | set(clashing.panel_of(row, team))
    return not any(
        clashing.overlaps(other, slot.day, slot.first, slot.last) and needed & clashing.busy(other, row, team) for other in fixed
    )


def place(row: Interview, slot: Slot | None, actor: Actor) -> None:
    values: dict[str, Any] = {"held_on": None, "begins": "", "state": "wanted"}
    if slot is not None:
        values = {"held_on": slot.day, "begins": hours.text_of(slot.first), "state": "proposed"}
    derive(InterviewRegister, row, values, actor, verb="propose", reason=_("Proposed with the timetable of the review."))


def why(row: Interview, days: Sequence[date], slots: Sequence[Slot], possible: Sequence[int], fixed: Iterable[Any]) -> str:
    held = spans(row.available)
    if not any(hours.fits(held, slot.day, slot.first, slot.last) for slot in slots):
        return _("They can come on none of the review days, %(first)s to %(last)s; they can come %(when)s.") % {
            "first": words.day(days[0]), "last": words.day(days[-1]), "when": row.available,
        }  # fmt: skip
    if not possible:
        names = sorted({str(other.title) for other in fixed if other.held_on in {slot.day for slot in slots}})
        return _("Each hour in which they can come is taken by what is fixed already: %(what)s.") % {"what": "; ".join(names)[:300]}
    return _(
        "Each hour in which they can come is given to a more important interview. Allow another day, a second room or a part of the team."
    )
