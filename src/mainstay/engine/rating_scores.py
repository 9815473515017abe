"""Ratings scored against what happened later: Brier score, area under the curve, calibration with intervals, transitions between ratings.

A rating is its place on its scale, 0 the best; ratings of two scales are never in one call. Shares are between 0 and 1.
Sources: G. W. Brier, Monthly Weather Review 78 (1950), 1-3; A. H. Murphy, J. Applied Meteorology 12 (1973), 595-600, for the parts;
E. B. Wilson, JASA 22 (1927), 209-212, for intervals of shares; E. R. DeLong et al., Biometrics 44 (1988), 837-845, for that of the area.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from mainstay.engine.errors import EngineError

NORMAL_95 = 1.959963984540054
NAIVE = {5: (0.10, 0.25, 0.50, 0.75, 0.90), 3: (0.10, 0.50, 0.90)}
"""What a reader who takes colours at their word would expect: from green, hardly ever, to red, nearly always."""


@dataclass(frozen=True, slots=True)
class Group:
    """What became of those who had one rating: how many, to how many it happened, the share with its 95% interval."""

    count: int
    happened: int
    share: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Score:
    """`brier` is that of the chances which the colours are read as, `brier_of_base` that of one chance for all, the share itself.

    `reliability` and `resolution` are Murphy's parts of `brier`: brier = reliability - resolution + base (1 - base).
    """

    count: int
    happened: int
    base: float
    brier: float
    brier_of_base: float
    skill: float | None
    reliability: float
    resolution: float
    area: float | None
    area_low: float | None
    area_high: float | None
    groups: tuple[Group, ...]


def wilson(happened: int, count: int, z: float = NORMAL_95) -> tuple[float, float]:
    """The interval of a share; of nothing it is everything."""
    if count == 0:
        return 0.0, 1.0
    share, square = happened / count, z * z
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = z / (1 + square / count) * sqrt(share * (1 - share) / count + square / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def brier(chances: Sequence[float], outcomes: Sequence[bool]) -> float:
    """The mean square of chance minus outcome: 0 is perfect, 0.25 is a coin."""
    if not outcomes or len(chances) != len(outcomes):
        raise EngineError("Each chance needs its outcome, and there must be one at least.")
    return sum((chance - outcome) ** 2 for chance, outcome in zip(chances, outcomes, strict=True)) / len(outcomes)


def area(hits: Sequence[float], misses: Sequence[float]) -> tuple[float, float, float] | None:
    """The chance that one to whom it happened had the worse rating, ties half, with its interval; None where either side is empty.

    `hits` and `misses` count, for each place of the scale from the best, those to whom it happened and those to whom it did not.
    """
    positives, negatives = sum(hits), sum(misses)
    if not positives or not negatives:
        return None
    below = [(sum(misses[:place]) + misses[place] / 2) / negatives for place in range(len(hits))]
    above = [(sum(hits[place + 1 :]) + hits[place] / 2) / positives for place in range(len(hits))]
    found = sum(count * share for count, share in zip(hits, below, strict=True)) / positives
    if positives == 1 or negatives == 1:
        return found, 0.0, 1.0
    spread = spread_of(hits, below, found) / positives + spread_of(misses, above, found) / negatives
    half = NORMAL_95 * sqrt(spread)
    return found, max(0.0, found - half), min(1.0, found + half)


def spread_of(counts: Sequence[float], shares: Sequence[float], mean: float) -> float:
    return sum(count * (share - mean) ** 2 for count, share in zip(counts, shares, strict=True)) / (sum(counts) - 1)


def score(ratings: Sequence[int], outcomes: Sequence[bool], places: int, chances: Sequence[float] | None = None) -> Score | None:
    """All of it for ratings on a scale of `places`; None where there is nothing to score. `chances` is what each place is read as."""
    if len(ratings) != len(outcomes) or any(not 0 <= place < places for place in ratings):
        raise EngineError(f"Each rating needs its outcome and a place on the scale of {places}.")
    if not ratings:
        return None
    read_as = tuple(chances or NAIVE.get(places) or [(place + 0.5) / places for place in range(places)])
    if len(read_as) != places:
        raise EngineError(f"A scale of {places} needs {places} chances; {len(read_as)} are given.")
    counts, hits = [0] * places, [0] * places
    for place, outcome in zip(ratings, outcomes, strict=True):
        counts[place] += 1
        hits[place] += outcome
    total, happened = len(ratings), sum(hits)
    base = happened / total
    own = brier([read_as[place] for place in ratings], outcomes)
    of_base = base * (1 - base)
    groups = tuple(Group(count, hit, hit / count if count else None, *wilson(hit, count)) for count, hit in zip(counts, hits, strict=True))
    reliability = sum(each.count * (read_as[place] - each.share) ** 2 for place, each in enumerate(groups) if each.share is not None)
    resolution = sum(each.count * (each.share - base) ** 2 for each in groups if each.share is not None)
    under = area(hits, [count - hit for count, hit in zip(counts, hits, strict=True)])
    skill = 1 - own / of_base if of_base else None
    middle, low, high = under or (None, None, None)
    return Score(total, happened, base, own, of_base, skill, reliability / total, resolution / total, middle, low, high, groups)


def transitions(pairs: Sequence[tuple[int, int]], places: int) -> tuple[tuple[int, ...], ...]:
    """How many went from each place (row) to each place (column) of one scale."""
    counts = [[0] * places for _place in range(places)]
    for before, after in pairs:
        if not (0 <= before < places and 0 <= after < places):
            raise EngineError(f"A rating lies outside the scale of {places}.")
        counts[before][after] += 1
    return tuple(map(tuple, counts))


def shares(counts: Sequence[Sequence[int]]) -> tuple[tuple[float | None, ...], ...]:
    """Each row of transitions as shares of itself; a row without any has none."""
    return tuple(tuple(count / sum(row) if sum(row) else None for count in row) for row in counts)
