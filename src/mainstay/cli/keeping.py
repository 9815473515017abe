"""Files that a command leaves behind: each is there whole or not at all, whatever stops the command."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from mainstay.cli.outcome import REFUSED, Failure


def keep(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[Path]:
    """Write `files` into `folder`, made where it is missing. Raises Failure, in a sentence, where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [keep_one(folder / name, content) for name, content in files]
    except OSError as fault:
        raise Failure(f"{fault.filename or folder} cannot be written: {fault.strerror}.", REFUSED) from fault


def keep_one(path: Path, content: bytes) -> Path:
    """Written beside and renamed, so that a reader never meets half a file; an older file of the name stands until then."""
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o666 & ~mask())
        Path(beside).replace(path)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise
    return path


def mask() -> int:
    """What this process leaves off the rights of new files; it can be read only by setting it."""
    held = os.umask(0o022)
    os.umask(held)
    return held
