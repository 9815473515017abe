"""The interview timetable of a review: nobody in two interviews at once, everybody only when they can."""

from collections.abc import Sequence
from dataclasses import dataclass

from mainstay.engine.assurance.inputs import unique
from mainstay.engine.assurance.solving import solved


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """A conversation that is wanted.

    Attributes
    ----------
    people
        Who is interviewed; all of them are needed.
    panel
        Reviewers who are to be there; empty is the whole team.
    slots
        Numbers of the slots in which it can be held.
    importance
        1 to 10.
    """

    id: str
    people: tuple[str, ...]
    panel: tuple[str, ...] = ()
    slots: tuple[int, ...] = ()
    importance: int = 5


@dataclass(frozen=True, slots=True)
class Timetable:
    """Interview → slot, and the interviews for which no slot was left."""

    slots: dict[str, int]
    unplaced: tuple[str, ...]


def timetable(interviews: Sequence[Interview], team: Sequence[str], rooms: int = 1, seed: int = 1) -> Timetable:
    """Return a timetable that holds as many interviews as possible, the important ones first, and each as early as may be.

    Parameters
    ----------
    interviews
        What is wanted.
    team
        The review's whole team.
    rooms
        How many interviews can be held at once.

    Raises
    ------
    ReviewError
        Two interviews of one id.
    """
    from ortools.sat.python import cp_model  # takes a second to load, and only a timetable needs it

    unique("interviews", (interview.id for interview in interviews))
    model = cp_model.CpModel()
    held = {(interview.id, slot): model.new_bool_var("") for interview in interviews for slot in sorted(set(interview.slots))}
    for interview in interviews:
        model.add_at_most_one([held[interview.id, slot] for slot in set(interview.slots)])
    last = max((slot for _name, slot in held), default=0)
    for slot in range(last + 1):
        here = [interview for interview in interviews if (interview.id, slot) in held]
        model.add(sum(held[interview.id, slot] for interview in here) <= rooms)
        for person in sorted({person for interview in here for person in (*interview.people, *(interview.panel or team))}):
            wanted = [held[one.id, slot] for one in here if person in (*one.people, *(one.panel or team))]
            model.add_at_most_one(wanted)
    weight = 10 * (last + 1) * len(interviews) + 1  # one more interview is worth more than all places in the order
    model.maximize(sum(held[one.id, slot] * one.importance * (weight - slot) for one in interviews for slot in set(one.slots)))
    solver, found = solved(model, seed, 5.0, lambda: False)
    slots = {name: slot for (name, slot), chosen in held.items() if found and solver.value(chosen)}
    return Timetable(slots, tuple(interview.id for interview in interviews if interview.id not in slots))
