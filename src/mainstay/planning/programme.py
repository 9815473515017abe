"""What a calculated integrated plan says: projects, activities with their dates and floats, links, the path to the end. Kept as JSON."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property

from mainstay.planning.workdays import STANDARD, WorkDays


@dataclass(frozen=True, slots=True)
class Line:
    """One activity. Instants are minutes since the epoch (``engine.worktime``), floats working days of its plan; None: not known."""

    project: int
    """Place of its project in ``Programme.projects``."""
    uid: int
    code: str
    name: str
    outline: int
    is_summary: bool
    is_milestone: bool
    percent: float
    start: int | None
    finish: int | None
    late_start: int | None = None
    late_finish: int | None = None
    baseline_start: int | None = None
    baseline_finish: int | None = None
    total_float: float | None = None
    free_float: float | None = None
    is_critical: bool = False
    driver: int = -1
    """Place of the activity that drives its start, or -1."""
    file_finish: int | None = None
    """The finish that the plan's own file gives."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A link between two lines (their places). ``agreement`` is the key of the dependency record that it comes from."""

    source: int
    target: int
    type: str = "FS"
    is_driving: bool = False
    agreement: int | None = None


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project of the programme; ``initiative`` and ``plan`` are the keys of its rows."""

    code: str
    title: str
    initiative: int
    plan: int
    status: int | None = None
    start: int | None = None
    finish: int | None = None
    baseline_start: int | None = None
    baseline_finish: int | None = None
    activity_count: int = 0
    critical_count: int = 0
    percent: float = 0.0
    days: WorkDays = STANDARD
    """The working days of its calendar."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Activities that wait for each other, or another fault of one project's file; ``lines`` are their places, ``text`` the sentence.

    Between projects: the link from ``source`` to ``target`` (places) was left out. In one file: ``project`` keeps its file's dates.
    """

    text: str
    lines: tuple[int, ...] = ()
    source: int = -1
    target: int = -1
    agreement: int | None = None
    project: int = -1


@dataclass(frozen=True)
class Programme:
    """The whole result. ``fault`` is the sentence why nothing could be calculated; the dates are those of the files then."""

    projects: tuple[ProjectLine, ...]
    lines: tuple[Line, ...]
    bonds: tuple[Bond, ...] = ()
    path: tuple[int, ...] = ()
    """Places of the activities that drive the last finish, first to last."""
    fault: str = ""
    fault_lines: tuple[int, ...] = field(default=())
    """Places of the activities of that fault."""
    circles: tuple[Circle, ...] = ()
    """Why some of it rests on less than all links, or on the dates of a file."""

    @cached_property
    def in_circles(self) -> frozenset[int]:
        return frozenset(self.fault_lines).union(*(circle.lines for circle in self.circles))

    @cached_property
    def standing(self) -> frozenset[int]:
        """Places of the projects that keep the dates of their files."""
        return frozenset(circle.project for circle in self.circles if circle.project >= 0)

    @cached_property
    def on_path(self) -> frozenset[int]:
        return frozenset(self.path)

    @cached_property
    def finish(self) -> int | None:
        return max((project.finish for project in self.projects if project.finish is not None), default=None)

    @cached_property
    def place(self) -> dict[tuple[str, int], int]:
        """Place of a line by project code and uid."""
        return {(self.projects[line.project].code, line.uid): place for place, line in enumerate(self.lines)}


LINE_FIELDS = tuple(part.name for part in fields(Line))
BOND_FIELDS = tuple(part.name for part in fields(Bond))


def to_bytes(programme: Programme) -> bytes:
    """As columns, which is a third of the size of rows and read twice as fast."""
    document = {
        "projects": [asdict(project) for project in programme.projects],
        "lines": {name: [getattr(line, name) for line in programme.lines] for name in LINE_FIELDS},
        "bonds": {name: [getattr(bond, name) for bond in programme.bonds] for name in BOND_FIELDS},
        "path": programme.path,
        "fault": programme.fault,
        "fault_lines": programme.fault_lines,
        "circles": [asdict(circle) for circle in programme.circles],
    }
    return zlib.compress(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), 3)


def from_bytes(content: bytes) -> Programme:
    document = json.loads(zlib.decompress(content))
    return Programme(
        projects=tuple(ProjectLine(**{**project, "days": _days(project["days"])}) for project in document["projects"]),
        lines=tuple(Line(*row) for row in zip(*_columns(document["lines"], LINE_FIELDS), strict=True)),
        bonds=tuple(Bond(*row) for row in zip(*_columns(document["bonds"], BOND_FIELDS), strict=True)),
        path=tuple(document["path"]),
        fault=document["fault"],
        fault_lines=tuple(document["fault_lines"]),
        circles=tuple(Circle(**{**circle, "lines": tuple(circle["lines"])}) for circle in document["circles"]),
    )


def _columns(found: dict[str, list[object]], names: Sequence[str]) -> list[list[object]]:
    return [found[name] for name in names]


def _days(found: dict[str, list[int]]) -> WorkDays:
    return WorkDays(tuple(map(bool, found["week"])), tuple(found["closed"]), tuple(found["opened"]))
