"""Levelling a plain problem: bound, search, proof, and the independent check of what comes out."""

from dataclasses import dataclass

import numpy as np

from mainstay.engine.levelling.bounds import lower_bound
from mainstay.engine.levelling.checking import faults
from mainstay.engine.levelling.errors import LevellingError
from mainstay.engine.levelling.problem import PlainProblem, compiled
from mainstay.engine.levelling.proof import Limit, prove
from mainstay.engine.levelling.search import FIRST_SHARE, Limits, Search, State, Told


@dataclass(frozen=True, slots=True)
class PlainSchedule:
    """Starts in slots, and how far the search came. ``path`` is the last finish that links alone would allow."""

    start: tuple[int, ...]
    path: int
    state: State
    stopped: bool


def level_plain(plain: PlainProblem, limits: Limits, told: Told = lambda _state: False) -> PlainSchedule:
    """Level a plain problem.

    Raises
    ------
    LevellingError
        Where the result does not pass the check, which would be a fault of this programme.
    """
    path = int((plain.early + np.array(plain.length, np.int64)).max(initial=0))
    if not plain.length:
        return PlainSchedule((), 0, State(0, 0, 0, 0.0), False)
    search = Search(compiled(plain), lower_bound(plain), limits, told)
    search.evolve(FIRST_SHARE)
    if search.has_found and search.proof_share and not search.is_over():
        tried(search, plain)
    search.evolve()
    start = tuple(int(at) for at in search.room.best_start)
    if broken := faults(plain, start):
        raise LevellingError(f"The levelled schedule is wrong ({broken[0]}); please report this with the file.")
    return PlainSchedule(start, path, search.state, search.stopped)


def tried(search: Search, plain: PlainProblem) -> None:
    """Ask for a proof, and take its better schedule."""
    limits = search.limits
    share = FIRST_SHARE + search.proof_share
    most = limits.proof if limits.seconds is None else 2 * limits.seconds
    found = prove(plain, search.state.best, search.bound, limits.seed, Limit(most, lambda: search.is_over(share)))
    search.bound = max(search.bound, found.bound)
    if found.start is not None:
        search.take(np.lexsort((np.array(plain.order).argsort(), np.array(found.start))))
