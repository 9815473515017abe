"""An interrupt that asks long work to end with its best so far; a second one ends the command."""

import signal
from types import FrameType
from typing import Self


class Stop:
    """While it holds, Ctrl-C sets `asked`."""

    asked = False

    def __enter__(self) -> Self:
        self.before = signal.signal(signal.SIGINT, self.ask)
        return self

    def __exit__(self, *_error: object) -> None:
        signal.signal(signal.SIGINT, self.before)

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
