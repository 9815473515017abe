"""One Java process that reads plan files one after the other, in a private directory that goes with it. Callers use the pool."""

import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from mainstay.formats.errors import Damaged, FormatError, PasswordProtected, TooLarge, TooMuchMemory, TooSlow
from mainstay.formats.kinds import FileKind
from mainstay.formats.plans.limits import Limits
from mainstay.formats.plans.runtime import command

FILES_PER_CHILD = 200
LOG = "reader.log"


class ReaderChild:
    """Not for use by two threads at once. After TooSlow, TooMuchMemory or ReadingFailed it is dead and must be replaced."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.files_read = 0
        self.directory = Path(tempfile.mkdtemp(prefix="mainstay-plans-"))
        with (self.directory / LOG).open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603 (our own command line; file names never are part of it)
                command(self.directory, limits, FILES_PER_CHILD),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=self.directory,
                env={"PATH": "", "LC_ALL": "C.UTF-8"},
                start_new_session=True,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        self.answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True).start()

    @property
    def is_worn_out(self) -> bool:
        return self.files_read >= FILES_PER_CHILD or self.process.poll() is not None

    def read(self, kind: FileKind, path: Path, *, anew: bool = False) -> bytes:
        """The schedules of the file as JSON, `anew` with dates by MPXJ's schedulers. The child sees the file under a name of our own."""
        self.files_read += 1
        source, target = self.directory / "plan", self.directory / "schedules.json"
        source.symlink_to(path.resolve())
        try:
            verdict = self._ask(f"{kind.value}{'+anew' if anew else ''}\t{source}\t{target}")
            if verdict != "ok":
                raise self._failure(kind, verdict)
            return target.read_bytes()
        finally:
            self._clean()

    def close(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        shutil.rmtree(self.directory, ignore_errors=True)

    def _ask(self, request: str) -> str:
        assert self.process.stdin is not None  # noqa: S101 (opened as a pipe above)
        try:
            self.process.stdin.write(request + "\n")
            self.process.stdin.flush()
            return self.answers.get(timeout=self.limits.seconds)
        except queue.Empty:
            self.close()
            raise TooSlow(
                f"Reading the plan took longer than {self.limits.seconds:g} seconds and was stopped. Split the plan or raise the limit."
            ) from None
        except (BrokenPipeError, OSError):
            return ""

    def _listen(self, answers: IO[str]) -> None:
        with suppress(ValueError, OSError):  # the stream is closed under this thread when the child is killed
            for line in answers:
                self.answers.put(line.rstrip("\n"))
        self.answers.put("")

    def _failure(self, kind: FileKind, verdict: str) -> FormatError:
        reason, _, detail = verdict.removeprefix("failed\t").partition("\t")
        if reason == "password":
            return PasswordProtected("The plan is protected by a password. Save it without a password in the tool that made it.")
        if reason == "damaged" and "File too large" in detail:
            return TooLarge("The plan holds more than can be taken over at once. Split it into several plans.")
        if reason == "content":
            return Damaged(f"The file looks like {kind.label} but holds no plan. Save it again in the tool that made it.")
        if reason == "damaged":
            return Damaged(f"The file looks like {kind.label} but is cut off or damaged. Save it again in the tool that made it.")
        self.close()
        return TooMuchMemory(
            f"Reading the plan needs more than the {self.limits.memory_mb} MB allowed and was stopped. Split the plan or raise the limit."
        )

    def _clean(self) -> None:
        if not self.directory.exists():
            return
        for entry in self.directory.iterdir():
            if entry.name == LOG:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)
