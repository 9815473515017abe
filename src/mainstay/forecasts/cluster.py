"""The portions of a run on the workers of a Dask cluster (extra ``mainstay[cluster]``). The numbers are those of one machine."""

import pickle
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from mainstay import __version__
from mainstay.engine.errors import EngineError
from mainstay.engine.simulation.portions import Portion, PortionRun

# Clients and futures of distributed are Any here: the library's own types are incomplete.
SECONDS_TO_CONNECT: Final = 10
SECONDS_WITHOUT_WORKERS: Final = 60
"""How long a run waits for workers to come back when all are lost."""
PAUSE: Final = 0.05


class ClusterError(EngineError):
    """A cluster that cannot be used, in a sentence."""


@dataclass(frozen=True, slots=True)
class DaskSpread:
    """Hands the portions of a run to the workers of the scheduler at an address such as ``tcp://10.0.0.5:8786``.

    Notes
    -----
    A worker that is lost gives its portions to the others. The run itself travels as the argument of a task that others depend on, so that
    a worker that comes later, or again, has it made anew. Workers of another version are refused: they might draw other numbers.
    """

    address: str

    def __call__(self, run: PortionRun) -> Iterator[Portion]:
        """Raises ClusterError where the extra, the scheduler or its workers are missing."""
        with connected(self.address) as client:
            workers = checked(client, self.address)
            held = client.submit(received, pickle.dumps(run), pure=False)
            futures = [client.submit(portion_of, held, first, last, pure=False) for first, last in run.stretches(workers)]
            yield from as_they_come(client, futures)


def connected(address: str) -> Any:
    try:
        from distributed import Client  # an extra that most installations do without
    except ImportError as fault:
        raise ClusterError("A cluster needs the extra mainstay[cluster]; install it with pip install 'mainstay[cluster]'.") from fault
    try:
        return Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as fault:
        raise ClusterError(f"No Dask scheduler answers at {address}; start one, or correct the address (tcp://host:port).") from fault


def checked(client: Any, address: str) -> int:
    """How many threads the workers have; all of them must run this version."""
    threads = client.nthreads()
    if not threads:
        raise ClusterError(f"The scheduler at {address} has no workers; start some with: dask worker {address}")
    try:
        versions = set(client.run(version).values())
    except ModuleNotFoundError as fault:
        raise ClusterError("The workers do not have Mainstay; install it on each of them.") from fault
    other = sorted(versions - {__version__})
    if other:
        raise ClusterError(f"Workers run version {', '.join(other)} of Mainstay, and this is {__version__}; install the same on all.")
    return sum(threads.values())


def as_they_come(client: Any, futures: list[Any]) -> Iterator[Portion]:
    """Yield what is done; tasks that nobody waits for any more are taken back."""
    from distributed import as_completed  # the same extra

    finished: Any = as_completed(futures, loop=client.loop)
    seen = time.monotonic()
    try:
        while finished.count():
            for future in finished.next_batch(block=False):
                yield future.result()
                future.release()
            if client.nthreads():
                seen = time.monotonic()
            elif time.monotonic() - seen > SECONDS_WITHOUT_WORKERS:
                raise ClusterError("All workers of the cluster are lost; nothing of the run was kept.")
            time.sleep(PAUSE)
    finally:
        client.cancel(futures)


def version() -> str:
    """The version of Mainstay where this runs."""
    return __version__


def received(sent: bytes) -> PortionRun:
    """The run as a worker keeps it."""
    run: PortionRun = pickle.loads(sent)  # noqa: S301  (made by this very module, a moment before)
    return run


def portion_of(run: PortionRun, first: int, last: int) -> Portion:
    return run.portion(first, last)
