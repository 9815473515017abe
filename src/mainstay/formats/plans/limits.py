"""What one reading of a plan file may cost, and what it gave."""

from dataclasses import dataclass
from pathlib import Path

from mainstay.formats.kinds import FileKind
from mainstay.formats.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Limits:
    """``memory_mb`` is the heap of the reader; ``output_mb`` bounds what it may hand over (about 1.5 kB an activity)."""

    memory_mb: int = 512
    seconds: float = 60
    file_mb: int = 100
    output_mb: int = 200


@dataclass(frozen=True, slots=True)
class ReadResult:
    """All projects of one file; those with ``is_baseline`` are copies that the file keeps beside the projects themselves."""

    path: Path
    kind: FileKind
    schedules: tuple[Schedule, ...]
    seconds: float

    @property
    def schedule(self) -> Schedule:
        """The first project that is no baseline copy."""
        return next((schedule for schedule in self.schedules if not schedule.is_baseline), self.schedules[0])

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(warning for schedule in self.schedules for warning in schedule.warnings)
