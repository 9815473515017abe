"""How fast one account, or one address, may ask: a bucket that refills steadily. Kept in the process, so each worker counts its own."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from django.conf import settings

MOST_BUCKETS = 10_000


class Rates:
    """A bucket for each asker, an account or an address: `burst` at once, then `per_second`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.lock = threading.Lock()
        self.buckets: OrderedDict[int | str, tuple[float, float]] = OrderedDict()

    def wait(self, asker: int | str, per_second: float, burst: int) -> float:
        """Seconds until this asker may ask again; 0 where it may now, which takes one from its bucket."""
        now = self.clock()
        with self.lock:
            left, then = self.buckets.pop(asker, (float(burst), now))
            left = min(float(burst), left + (now - then) * per_second)
            wait = 0.0 if left >= 1 else (1 - left) / per_second
            self.buckets[asker] = (left if wait else left - 1, now)
            while len(self.buckets) > MOST_BUCKETS:
                self.buckets.popitem(last=False)
        return wait


_rates = Rates()


def wait(account_id: int) -> float:
    """The same with the rates of this installation."""
    return _rates.wait(account_id, settings.API_REQUESTS_PER_SECOND, settings.API_BURST)


def wait_at(address: str) -> float:
    """The same for a network address from which somebody comes without an account."""
    return _rates.wait(address, settings.API_REQUESTS_PER_SECOND, settings.API_BURST)
