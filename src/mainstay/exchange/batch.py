"""Several files at once, plans and tables mixed: read and judged first, then taken in all or none. Nothing is written while reading."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.exchange import plans, tables
from mainstay.exchange.plans import Arrival
from mainstay.formats import gate
from mainstay.formats.errors import FormatError
from mainstay.formats.kinds import PLANS, TABLES
from mainstay.formats.plans import SchedulePool
from mainstay.formats.spreadsheet import Workbook
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.jobs.progress import Progress
from mainstay.planning import receiving
from mainstay.register.access import visible_to
from mainstay.register.errors import ActionError, Invalid
from mainstay.register.history import Actor
from mainstay.register.spec import REGISTERS, Register
from mainstay.register.transfer.plan import Kind, Preview

Path_and_name = tuple[Path, str]
MOST_FAULTS = 20
ACCEPT = "accept-"


@dataclass(slots=True)
class PlanFile:
    """A plan file and its projects."""

    name: str
    arrivals: list[Arrival]


@dataclass(slots=True)
class TableFile:
    """A workbook or CSV file and what its rows would do in the register they belong to."""

    name: str
    register: type[Register]
    book: Workbook = field(repr=False)
    preview: Preview = field(repr=False)


@dataclass(slots=True)
class Batch:
    """What the files hold. `faults` names files that cannot be taken: name → sentence."""

    into: Initiative | None
    plans: list[PlanFile] = field(default_factory=list)
    tables: list[TableFile] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def arrivals(self) -> list[Arrival]:
        return [arrival for file in self.plans for arrival in file.arrivals]

    @property
    def problems(self) -> list[str]:
        """What still keeps the batch from being taken in."""
        homeless = [
            _("%(title)s: say which initiative it belongs to.") % {"title": each.title} for each in self.arrivals if each.initiative is None
        ]
        faulty = [
            _("%(name)s: %(count)d rows cannot be taken.") % {"name": file.name, "count": len(file.preview.faulty)}
            for file in self.tables
            if file.preview.faulty
        ]
        return [*homeless, *faulty]

    @property
    def can_be_taken(self) -> bool:
        return not self.faults and not self.problems and bool(self.plans or self.tables)


def initiative_called(code: str, actor: Actor) -> Initiative:
    """The initiative by code, as far as `actor` may see it."""
    found: Initiative | None = visible_to(actor.account, InitiativeRegister).filter(code__iexact=code.strip(), is_withdrawn=False).first()
    if found is None:
        raise Invalid({"into": [_("There is no initiative %(code)s, or it is not yours to see.") % {"code": code[:40]}]})
    return found


def register_called(key: str) -> type[Register]:
    if key not in REGISTERS or not REGISTERS[key].is_entered:
        raise Invalid({"register": [_("There is no register %(key)s that takes rows.") % {"key": key[:60]}]})
    return REGISTERS[key]


def read(
    paths: Sequence[Path_and_name],
    actor: Actor,
    *,
    into: str | None = None,
    register: str | None = None,
    progress: Progress | None = None,
    unversioned: bool = False,
    add: bool = False,
) -> Batch:
    """Read all files; one that cannot be read is named with its sentence and spoils none of the others.

    `unversioned` and `add` are those of the tables' preview: rows without versions count, people who are named are added.
    """
    tell = progress or Progress()
    found = Batch(initiative_called(into, actor) if into else None)
    wanted = register_called(register) if register else None
    with SchedulePool(plans.LIMITS) as pool:
        for number, (path, name) in enumerate(paths):
            tell(number, len(paths), _("reading %(name)s") % {"name": name})
            try:
                kind = gate.admit(path, PLANS | TABLES, name=name)
                if kind in PLANS:
                    result = pool.read(path, name=name)
                    arrivals = plans.place(result, name, path.read_bytes(), candidates(found.into, actor), actor.account)
                    found.plans.append(PlanFile(name, arrivals))
                else:
                    found.tables.append(table(path, name, wanted, found.into, actor, {"unversioned": unversioned, "add": add}))
            except FormatError as fault:
                found.faults[name] = str(fault)
            except Invalid as fault:
                found.faults[name] = " ".join(text for texts in fault.errors.values() for text in texts)
            except ActionError as fault:
                found.faults[name] = str(fault)
    tell(len(paths), len(paths), _("read"))
    return found


def candidates(into: Initiative | None, actor: Actor, most: int | None = None) -> list[Initiative]:
    """The initiatives that a plan may belong to: those at and below the one named, else all for which `actor` may load plans."""
    rows = visible_to(actor.account, InitiativeRegister).filter(is_withdrawn=False)
    if into is not None:
        rows = rows.filter(path__startswith=into.path)
    return list(islice((row for row in rows.order_by("path").iterator(500) if receiving.may_receive(row, actor)), most))


def table(
    path: Path, name: str, wanted: type[Register] | None, into: Initiative | None, actor: Actor, options: dict[str, bool]
) -> TableFile:
    book = tables.read_file(path, name)
    register = wanted or tables.register_for(book, actor)
    preview = tables.preview(register, book, actor, into=into.pk if into else None, **options)
    return TableFile(name, register, book, preview)


def place(found: Batch, places: Mapping[str, str], actor: Actor) -> None:
    """Put projects where a person wants them: place among all arrivals → code; "" leaves a project of the file out.

    `accept-` and the place say that what is odd about it has been seen, and that it is to be taken in all the same.
    """
    numbers = count()
    for file in found.plans:
        kept = []
        for arrival, number in zip(file.arrivals, numbers, strict=False):
            code, is_accepted = places.get(str(number)), f"{ACCEPT}{number}" in places
            if code is None:
                kept.append(replace(arrival, is_accepted=is_accepted))
            elif code:
                kept.append(replace(arrival.at(initiative_called(code, actor), actor.account), is_accepted=is_accepted))
        file.arrivals = kept


def unaccepted(found: Batch) -> list[str]:
    """What stands against plans that nobody has said to take in all the same."""
    return [f"{arrival.title}: {text}" for arrival in found.arrivals if not arrival.is_accepted for text in arrival.stops]


def take_in(found: Batch, actor: Actor) -> dict[str, int]:
    """All files or none, in one transaction; how many of each kind were written."""
    if not found.can_be_taken:
        raise Invalid({"files": [*found.faults.values(), *found.problems] or [_("There is nothing to take in.")]})
    counts: dict[str, int] = {}
    with transaction.atomic():
        if found.arrivals:
            taken = plans.take_in(found.arrivals, actor)
            counts["plans"] = len(taken)
            counts["activities"] = sum(plan.activity_count for plan in taken)
        for file in found.tables:
            applied = tables.take_in(file.preview, actor, reason=_("Loaded from %(name)s.") % {"name": file.name})
            name = file.register.title().lower()
            counts[name] = counts.get(name, 0) + len(applied.created) + len(applied.changed)
    return counts


def lines(found: Batch) -> Iterable[str]:
    """The preview for a terminal."""
    for file in found.plans:
        for arrival in file.arrivals:
            place = str(arrival.initiative) if arrival.initiative else _("no initiative matches; name one with --into")
            yield f"{file.name}: {arrival.kind} → {place}"
            counts = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts_of(arrival).items())
            yield f"    {counts}"
            yield from (f"    look: {text}" for text in arrival.stops)
            yield from (f"    note: {text}" for text in arrival.remarks)
            yield from (f"    not read: {text}" for text in arrival.schedule.warnings)
    for table_file in found.tables:
        kinds = {kind: len(table_file.preview.of(kind)) for kind in Kind}
        yield f"{table_file.name}: {table_file.register.title()}: " + ", ".join(
            f"{count:,} {kind}" for kind, count in kinds.items() if count
        )
        yield from (f"    note: {text}" for text in table_file.preview.remarks)
        faults = [fault for line in table_file.preview.faulty for fault in line.faults]
        yield from (f"    {fault}" for fault in faults[:MOST_FAULTS])
        if len(faults) > MOST_FAULTS:
            yield f"    … {len(faults) - MOST_FAULTS:,} more."
    yield from (f"{name}: {text}" for name, text in found.faults.items())


def counts_of(arrival: Arrival) -> dict[str, int]:
    schedule = arrival.schedule
    return {
        "activities": sum(map(receiving.is_row, schedule.activities)),
        "links": len(schedule.links),
        "external_links": len(schedule.external_links),
        "resources": len(schedule.resources),
        "assignments": len(schedule.assignments),
        "calendars": len(schedule.calendars),
    }


def as_json(found: Batch) -> dict[str, Any]:
    """The preview for programs."""
    return {
        "plans": [
            {
                "file": file.name,
                "format": arrival.kind,
                "project": arrival.title,
                "initiative": arrival.initiative.code if arrival.initiative else None,
                **counts_of(arrival),
                "remarks": list(arrival.remarks),
                "stops": list(arrival.stops),
                "warnings": list(arrival.schedule.warnings),
            }
            for file in found.plans
            for arrival in file.arrivals
        ],
        "tables": [
            {
                "file": file.name,
                "register": file.register.key,
                **{str(kind): len(file.preview.of(kind)) for kind in Kind},
                "remarks": list(file.preview.remarks),
                "is_unversioned": file.preview.is_unversioned,
                "unknown": [each.title for each in file.preview.unknown],
                "faults": [str(fault) for line in file.preview.faulty for fault in line.faults],
            }
            for file in found.tables
        ],
        "faults": found.faults,
        "problems": found.problems,
    }
