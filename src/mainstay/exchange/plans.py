"""Plan files in: which initiative each project of a file belongs to, what is odd about it, and taking all of them in or none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from mainstay.formats.plans import Limits, ReadResult, SchedulePool
from mainstay.formats.schedule import Schedule
from mainstay.initiatives.models import Initiative
from mainstay.jobs.progress import Progress
from mainstay.planning import receiving
from mainstay.planning.models import Plan
from mainstay.register.access import below
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor

LIMITS = Limits(memory_mb=1024, seconds=120)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One project of one file, read and waiting to be placed."""

    file_name: str
    content: bytes = field(repr=False)
    schedule: Schedule = field(repr=False)
    kind: str
    initiative: Initiative | None
    remarks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.schedule.title or self.schedule.name or self.file_name


@dataclass(frozen=True, slots=True)
class Read:
    """A plan file that has been read: its name, its bytes and what stands in it."""

    name: str
    content: bytes = field(repr=False)
    result: ReadResult = field(repr=False)


def read_files(paths: Sequence[tuple[Path, str]], progress: Progress | None = None) -> list[Read]:
    """Read files given as path and the name they came by; raises `FormatError` for the first that cannot be read."""
    found = []
    with SchedulePool(LIMITS) as pool:
        for number, (path, name) in enumerate(paths):
            if progress:
                progress(number, len(paths), f"reading {name}")
            found.append(Read(name, path.read_bytes(), pool.read(path, name=name)))
    return found


def place_all(found: Sequence[Read], into: Initiative) -> list[Arrival]:
    """The projects of all files, each with the initiative below `into` that it most likely belongs to."""
    below_it = list(Initiative.objects.filter(below("path", [into.path]), is_withdrawn=False))
    return [arrival for one in found for arrival in place(one.result, one.name, one.content, below_it)]


def place(result: ReadResult, name: str, content: bytes, candidates: Sequence[Initiative]) -> list[Arrival]:
    """The projects of one file, each with the one of `candidates` that it most likely belongs to."""
    projects = [schedule for schedule in result.schedules if not schedule.is_baseline]
    found = []
    for schedule in projects:
        initiative = match(schedule, name, candidates, alone=len(projects) == 1)
        found.append(Arrival(name, content, schedule, str(result.kind.label), initiative, tuple(remarks(schedule, initiative))))
    return found


def match(schedule: Schedule, name: str, candidates: Sequence[Initiative], *, alone: bool) -> Initiative | None:
    """By the file's name of the live version, by code in the project's id or the file's name, by title; a single candidate takes all."""
    if len(candidates) == 1:
        return candidates[0]
    by_file = (
        Plan.objects.filter(is_live=True, initiative__in=candidates, file_name=name).select_related("initiative").first() if alone else None
    )
    if by_file is not None:
        return by_file.initiative
    titles = {words(text) for text in (schedule.name, schedule.title, schedule.project_id) if text}
    named = [row for row in candidates if words(row.title) in titles or words(row.code) in titles]
    if len(named) != 1 and alone:
        named = [row for row in candidates if re.search(rf"(^|[^a-z0-9]){re.escape(row.code.lower())}([^a-z0-9-]|$)", name.lower())]
    return named[0] if len(named) == 1 else None


def words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def remarks(schedule: Schedule, initiative: Initiative | None) -> list[str]:
    """What somebody should know before this becomes the live plan."""
    texts = []
    if schedule.status_date is None:
        texts.append("The plan has no status date, so nobody can tell how far it has been brought up to date.")
    live = Plan.objects.filter(initiative=initiative, is_live=True).first() if initiative else None
    if live is not None:
        if live.status_date and schedule.status_date and schedule.status_date.date() < live.status_date.date():
            texts.append(
                f"Its status date, {schedule.status_date:%-d %b %Y}, is before that of the live version, {live.status_date:%-d %b %Y}."
            )
        if live.project_name and schedule.name and words(live.project_name) != words(schedule.name):
            texts.append(f"The file calls the project {schedule.name}; the live version called it {live.project_name}.")
        count = sum(map(receiving.is_row, schedule.activities))
        if count * 2 < live.activity_count:
            texts.append(f"It has {count} activities; the live version has {live.activity_count}.")
    return texts


@transaction.atomic
def take_in(arrivals: Sequence[Arrival], actor: Actor) -> list[Plan]:
    """Make each arrival the live plan of its initiative: all or none."""
    homeless = [f"{arrival.title}: say which initiative it belongs to." for arrival in arrivals if arrival.initiative is None]
    places = [arrival.initiative.pk for arrival in arrivals if arrival.initiative]
    twice = {arrival.initiative.code for arrival in arrivals if arrival.initiative and places.count(arrival.initiative.pk) > 1}
    faults = homeless + [f"{code} is named for more than one plan. Choose another initiative for one of them." for code in sorted(twice)]
    if faults:
        raise Invalid({"initiative": faults})
    return [
        receiving.receive(arrival.initiative, arrival.schedule, arrival.file_name, arrival.content, actor)
        for arrival in arrivals
        if arrival.initiative is not None
    ]
