"""Plan files in: which initiative each project of a file belongs to, what is odd about it, and taking all of them in or none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.formats.plans import Limits, ReadResult, SchedulePool
from mainstay.formats.schedule import Schedule
from mainstay.initiatives.models import Initiative
from mainstay.jobs.progress import Progress
from mainstay.planning import receiving
from mainstay.planning.collation import receipt
from mainstay.planning.collation.receipt import alike
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
    """What somebody should know before this becomes the live plan."""
    stops: tuple[str, ...] = ()
    """Why nobody should take it in without looking."""
    is_accepted: bool = False
    """Somebody has looked, and takes it in all the same."""

    def at(self, initiative: Initiative | None, account: Account | None) -> "Arrival":
        """The same arrival placed at an initiative, with what is odd about it there."""
        found = receipt.doubts(self.schedule, initiative, account)
        texts = tuple(doubt.text for doubt in found if not doubt.stops), tuple(doubt.text for doubt in found if doubt.stops)
        return replace(self, initiative=initiative, remarks=texts[0], stops=texts[1])

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


def place(result: ReadResult, name: str, content: bytes, candidates: Sequence[Initiative], account: Account | None = None) -> list[Arrival]:
    """The projects of one file, each with the one of `candidates` that it most likely belongs to."""
    projects = [schedule for schedule in result.schedules if not schedule.is_baseline]
    found = []
    for schedule in projects:
        initiative = match(schedule, name, candidates, alone=len(projects) == 1)
        found.append(Arrival(name, content, schedule, str(result.kind.label), None).at(initiative, account))
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
    titles = {alike(text) for text in (schedule.name, schedule.title, schedule.project_id) if text}
    named = [row for row in candidates if alike(row.title) in titles or alike(row.code) in titles]
    if len(named) != 1 and alone:
        named = [row for row in candidates if re.search(rf"(^|[^a-z0-9]){re.escape(row.code.lower())}([^a-z0-9-]|$)", name.lower())]
    return named[0] if len(named) == 1 else None


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
        receiving.receive(
            arrival.initiative, arrival.schedule, arrival.file_name, arrival.content, actor, warnings=set_aside(arrival.stops)
        )
        for arrival in arrivals
        if arrival.initiative is not None
    ]


def set_aside(stops: Sequence[str]) -> list[str]:
    """What stood against a plan that was taken in all the same; it stays with the version."""
    return [_("Taken in all the same: %(text)s") % {"text": text} for text in stops]
