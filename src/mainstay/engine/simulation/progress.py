"""How far a run is and how long it has still to go."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from mainstay.engine.simulation.execution import Progress


@dataclass(frozen=True, slots=True)
class Told:
    """Iterations done, of how many, and the seconds that are left by the speed so far; None until that is known."""

    done: int
    total: int
    seconds_left: float | None


def with_time_left(total: int, tell: Callable[[Told], None], now: Callable[[], float] = time.perf_counter) -> Progress:
    """Return a progress for ``run`` that tells the time left as well."""
    begun = now()

    def told(done: int) -> None:
        passed = now() - begun
        tell(Told(done, total, passed / done * (total - done) if done > 0 and passed > 0.0 else None))

    return told
