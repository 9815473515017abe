"""What a child process may use: its address space from the start, its memory as measured, and its life bound to its parent's."""

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux
# Code, thread stacks and the maps of a Java reader started by the job are address space, not memory.
ADDRESS_SPACE_BESIDE_MB = 4096
PROCESSES = Path("/proc")
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def bind_to_parent(parent: int) -> None:
    """Have the system kill this process when its parent dies, however it dies. Only Linux can."""
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it died while we were starting
        os._exit(1)


def bound_memory(memory_mb: int) -> None:
    """A hard stop for one huge request; what is really used is measured by the parent."""
    most = (memory_mb + ADDRESS_SPACE_BESIDE_MB) * 1024 * 1024
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def descendants(pid: int) -> list[int]:
    """The process and all that came from it, as far as the system tells."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        with suppress(OSError):
            for task in (PROCESSES / str(one) / "task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
    return found


def memory_used_mb(pid: int) -> float:
    """Memory that the process and its descendants hold, shared pages counted once each; 0 where the system does not tell."""
    pages = 0
    for one in descendants(pid):
        with suppress(OSError, ValueError, IndexError):
            fields = (PROCESSES / str(one) / "statm").read_text().split()
            pages += int(fields[1]) - int(fields[2])
    return pages * PAGE / 1024 / 1024


def end_group(pid: int, number: int) -> None:
    """Send a signal to a process and to all that came from it, those that made a session of their own among them."""
    for one in reversed(descendants(pid)):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(one, number)
