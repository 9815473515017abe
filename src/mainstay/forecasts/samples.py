"""The finish and the cost of the whole in every iteration, kept with a run so that any question can be asked of them later."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.simulation.joint import share_error, share_within
from mainstay.engine.simulation.result import Sample, SimulationResult
from mainstay.engine.worktime import datetime_of
from mainstay.forecasts.telling import end_of
from mainstay.register import store

HEAD = b"mainstay samples 1\n"
WORD = 8


@dataclass(frozen=True, slots=True)
class Samples:
    """One value an iteration: instants in minutes since 1970, and money."""

    finish: NDArray[np.int64]
    cost: NDArray[np.float64]

    @property
    def count(self) -> int:
        return int(self.finish.size)

    def within(self, day: date, amount: float | None) -> tuple[float, float]:
        """Share of the iterations over by the end of a day and, where an amount is given, within it; and its standard error."""
        finish, cost = Sample(self.finish), Sample(self.cost)
        share = finish.share_at_most(end_of(day)) if amount is None else share_within(finish, cost, end_of(day), amount)
        return share, share_error(share, self.count)

    def lines(self) -> Iterator[str]:
        """As CSV: iteration, finish by the clock, cost in pounds."""
        line = io.StringIO()
        writer = csv.writer(line)
        writer.writerow(["iteration", "finish", "cost_gbp"])
        for number, (finish, cost) in enumerate(zip(self.finish.tolist(), self.cost.tolist(), strict=True), 1):
            writer.writerow([number, datetime_of(finish).isoformat(timespec="minutes"), f"{cost:.2f}"])
            if number % 1000 == 0:
                yield line.getvalue()
                line.seek(0)
                line.truncate()
        yield line.getvalue()


def packed(result: SimulationResult) -> bytes:
    """A head, the finishes and the costs, eight bytes each with the lowest first."""
    finish = result.finish_of().values.astype("<i8")
    return HEAD + finish.tobytes() + result.cost_of().values.astype("<f8").tobytes()


def read(digest: str) -> Samples:
    """The samples under a digest. Raises StoreError."""
    content = store.get(digest)
    body = content[len(HEAD) :]
    if not content.startswith(HEAD) or len(body) % (2 * WORD):
        raise store.StoreError(f"The file {digest[:12]}… holds no samples.")
    half = len(body) // 2
    return Samples(np.frombuffer(body[:half], "<i8"), np.frombuffer(body[half:], "<f8"))
