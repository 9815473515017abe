"""How long work tells how far it is and hears that it shall stop. The same calls serve a job, a command and a test."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction


class Cancelled(Exception):
    """Somebody asked the work to stop; what it had not committed is undone."""


class Progress:
    """What a function of long work is given: `progress(done, total, text)`. This one tells nobody; a job's and a terminal's do."""

    def __call__(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the work is; cheap, so call it for every item. Raises `Cancelled` when it shall stop."""

    def check_cancelled(self) -> None:
        """Raise `Cancelled` when somebody has asked the work to stop."""

    @contextmanager
    def once(self, *, although_cancelled: bool = False) -> Iterator["Applied"]:  # nobody can cancel this one
        """The one transaction of the work's effect: done at most once, however often the work is tried. Say the result with `keep`.

        `although_cancelled` is for work that keeps its best so far when it is stopped.
        """
        with transaction.atomic():
            yield Applied()


class Applied:
    """What the transaction of the effect leaves for the job's end."""

    result: Mapping[str, Any] | None = None

    def keep(self, result: Mapping[str, Any]) -> None:
        self.result = dict(result)
