"""What an import would do, row by row, before it does it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from mainstay.register.spec import Register
from mainstay.register.transfer.matching import Table


class Kind(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken: where (`Risks, cell C7`), the label where it is one field's, and a sentence that says what to do."""

    place: str
    label: str
    text: str
    column: int | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that would be another one, as text."""

    name: str
    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A record that does not exist yet and would be made, since rows name it: a person in a column of owners."""

    register_key: str
    title: str


@dataclass(slots=True)
class Line:
    """One row of the table and what becomes of it."""

    row: int
    kind: Kind = Kind.NEW
    ref: str = ""
    title: str = ""
    pk: int | None = None
    version: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    """Field → value for the gate; references are ids, or additions."""
    state: str = ""
    """The state to be reached, where it is another one."""
    differences: list[Difference] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Preview:
    """All rows, and what was seen while they were read."""

    register: type[Register]
    table: Table
    lines: list[Line]
    remarks: list[str] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    unknown: list[Addition] = field(default_factory=list)
    """Records that rows name, that are not there and that could be added."""
    is_unversioned: bool = False
    """Rows of records that exist bring no version."""

    def of(self, kind: Kind) -> list[Line]:
        return [line for line in self.lines if line.kind is kind]

    @property
    def new(self) -> list[Line]:
        return self.of(Kind.NEW)

    @property
    def changed(self) -> list[Line]:
        return self.of(Kind.CHANGED)

    @property
    def same(self) -> list[Line]:
        return self.of(Kind.SAME)

    @property
    def faulty(self) -> list[Line]:
        return self.of(Kind.FAULTY)

    @property
    def faults(self) -> list[Fault]:
        return [fault for line in self.lines for fault in line.faults]

    @property
    def may_apply(self) -> bool:
        return not self.faulty and bool(self.new or self.changed)

    @property
    def fingerprint(self) -> str:
        """Changes with anything that the rows would do, so that what is saved is what was looked at."""
        told = [[line.row, line.kind, line.pk, line.version, line.values, line.state] for line in self.lines]
        return hashlib.sha256(json.dumps(told, cls=PlanEncoder, sort_keys=True).encode()).hexdigest()


class PlanEncoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return [o.register_key, o.title] if isinstance(o, Addition) else super().default(o)


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import has done."""

    created: Sequence[Any] = ()
    changed: Sequence[Any] = ()
    unchanged: int = 0
    was_done_before: bool = False
    """The same request came twice; the first one's effect stands."""
