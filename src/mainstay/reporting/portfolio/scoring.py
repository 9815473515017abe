"""Ratings of a portfolio scored against what its next publication says: cost grown, end slipped, left; and how ratings moved."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mainstay.engine.rating_scores import Score, score, shares, transitions
from mainstay.reporting.portfolio.series import Step, colours_of, consecutive
from mainstay.reporting.published.model import Published

GROWN = Decimal("1.10")
SLIP = timedelta(days=183)
LONGEST = timedelta(days=800)
"""Publications that lie further apart than this are not followed: a rating speaks of the next year or two."""


def cost_grew(before: Published, after: Published | None) -> bool | None:
    """Whether the whole-life cost is more than a tenth higher; None where either does not publish it,
    nothing was to be spent, or the prices are of different years."""
    if after is None or before.price_base != after.price_base or before.cost is None or after.cost is None or before.cost <= 0:
        return None
    return after.cost > before.cost * GROWN


def end_slipped(before: Published, after: Published | None) -> bool | None:
    """Whether the end is more than six months later; None where either does not publish it."""
    if after is None or before.ends_on is None or after.ends_on is None:
        return None
    return after.ends_on - before.ends_on > SLIP


def left(before: Published, after: Published | None) -> bool:  # noqa: ARG001  # outcomes share a signature
    """Whether the next publication does not name the project."""
    return after is None


Outcome = Callable[[Published, Published | None], bool | None]
OUTCOMES: dict[str, tuple[Promise | str, Outcome]] = {
    "cost": (_("Whole-life cost more than 10% higher in the next publication"), cost_grew),
    "end": (_("End more than six months later in the next publication"), end_slipped),
    "left": (_("No longer in the next publication"), left),
}
"""What can be seen of each project in the next publication. Leaving is no failure: projects also leave because they are done."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The ratings of one scale against one outcome. `pairs` are the publications that it was seen in."""

    scale: str
    outcome: str
    label: Promise | str
    colours: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    score: Score


@dataclass(frozen=True, slots=True)
class Moves:
    """How ratings moved from one publication to the next on the same scale."""

    before: Step
    after: Step
    colours: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    shares: tuple[tuple[float | None, ...], ...]


def scored(steps: Sequence[Step]) -> list[Scored]:
    """One for each scale and outcome that there is anything to say of. The scale of the later publication is of no matter here."""
    seen: dict[tuple[str, str], list[tuple[int, bool]]] = defaultdict(list)
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for before, after in followed(steps):
        pairs[before.scale].append((before.name, after.name))
        for pk, row in before.rows.items():
            if not row.colour:
                continue
            place = before.colours.index(row.colour)
            for name, (_label, outcome) in OUTCOMES.items():
                happened = outcome(row, after.rows.get(pk))
                if happened is not None:
                    seen[before.scale, name].append((place, happened))
    found = []
    for (scale, name), told in seen.items():
        colours = colours_of(scale)
        made = score([place for place, _happened in told], [happened for _place, happened in told], len(colours))
        if made is not None:
            found.append(Scored(scale, name, OUTCOMES[name][0], colours, tuple(pairs[scale]), made))
    return found


def followed(steps: Sequence[Step]) -> list[tuple[Step, Step]]:
    return [(before, after) for before, after in consecutive(list(steps)) if after.figures_on - before.figures_on <= LONGEST]


def moves(steps: Sequence[Step]) -> list[Moves]:
    """Between consecutive publications on the same scale; where the scale changes there is nothing to compare."""
    found = []
    for before, after in consecutive(list(steps)):
        if before.scale != after.scale:
            continue
        places = {colour: place for place, colour in enumerate(before.colours)}
        pairs = [
            (places[row.colour], places[later.colour])
            for pk, row in before.rows.items()
            if row.colour and (later := after.rows.get(pk)) is not None and later.colour
        ]
        counts = transitions(pairs, len(before.colours))
        found.append(Moves(before, after, before.colours, counts, shares(counts)))
    return found


@dataclass(frozen=True, slots=True)
class Pooled:
    """The moves of one scale over all pairs of publications that are close enough."""

    scale: str
    colours: tuple[str, ...]
    pairs: int
    counts: tuple[tuple[int, ...], ...]
    shares: tuple[tuple[float | None, ...], ...]


def pooled(found: Sequence[Moves]) -> list[Pooled]:
    """One for each scale of which there is more than one pair; publications far apart are no step of a year or two."""
    by_scale: dict[str, list[Moves]] = defaultdict(list)
    for each in found:
        if each.after.figures_on - each.before.figures_on <= LONGEST:
            by_scale[each.before.scale].append(each)
    made = []
    for scale, held in by_scale.items():
        if len(held) > 1:
            places = range(len(held[0].colours))
            counts = tuple(tuple(sum(each.counts[one][other] for each in held) for other in places) for one in places)
            made.append(Pooled(scale, held[0].colours, len(held), counts, shares(counts)))
    return made
