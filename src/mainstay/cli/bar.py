"""A progress bar on standard error, drawn on a terminal only."""

import shutil
import sys
import time
from types import TracebackType
from typing import IO, Self

CELLS = 24
SECONDS_BETWEEN = 0.1


class Bar:
    """``with Bar() as bar: bar(3, 10, "reading")``; on anything but a terminal it keeps silent."""

    def __init__(self, stream: IO[str] | None = None, *, quiet: bool = False) -> None:
        self.stream = stream or sys.stderr
        self.shows = not quiet and self.stream.isatty()
        self._drawn = 0.0

    def __call__(self, done: int, total: int, text: str = "") -> None:
        now = time.monotonic()
        if not self.shows or (now - self._drawn < SECONDS_BETWEEN and done < total):
            return
        self._drawn = now
        self.stream.write("\r" + line(done, total, text, shutil.get_terminal_size().columns) + "\x1b[K")
        self.stream.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.shows and self._drawn:
            self.stream.write("\r\x1b[K")
            self.stream.flush()


def line(done: int, total: int, text: str, width: int) -> str:
    """The bar, the share and the step, no wider than the terminal."""
    share = min(1.0, done / total) if total else 0.0
    filled = round(share * CELLS)
    return f"{'█' * filled}{'░' * (CELLS - filled)} {share:4.0%}  {text}"[: max(10, width - 1)]
