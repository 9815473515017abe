"""From the rows of a table to lines: what each names, holds and would change, read cell by cell, not yet judged by the gate."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mainstay.formats.spreadsheet import Row, Sheet, Workbook
from mainstay.formats.spreadsheet.header import normal
from mainstay.formats.spreadsheet.text_writing import plain, without_guard
from mainstay.register import words
from mainstay.register.access import visible_to
from mainstay.register.history import Actor
from mainstay.register.many import parts
from mainstay.register.spec import Register
from mainstay.register.tables import Column, columns_of, visible_ids
from mainstay.register.transfer.columns import cell_of
from mainstay.register.transfer.matching import Table
from mainstay.register.transfer.plan import Addition, Fault, Kind, Line
from mainstay.register.transfer.reading import ColumnReader, Unreadable
from mainstay.register.transfer.references import Names

MOST_REF = 32


class Drafting:
    """Drafts the lines of one table for one actor."""

    def __init__(
        self,
        register: type[Register],
        table: Table,
        actor: Actor,
        defaults: dict[str, Any],
        *,
        unversioned: bool = False,
        add: bool = False,
    ) -> None:
        self.register, self.table, self.actor, self.defaults = register, table, actor, defaults
        self.unversioned, self.add = unversioned, add
        self.columns = {name: columns_of(register)[name] for name in table.mapped}
        self.skipped: list[int] = []
        self.rows = list(self.wanted_rows())
        self.names = {name: Names(target, actor) for name, target in register.references().items() if name in self.columns}
        self.readers = {name: ColumnReader(register, column, self.values(name)) for name, column in self.columns.items()}
        self.existing = self.find_existing()
        self.hidden = {name: self.unseen(column) for name, column in self.columns.items() if column.kind == "reference"}
        self.unknown: dict[Addition, None] = {}
        self.additions: dict[Addition, None] = {}
        self.is_unversioned = False

    def wanted_rows(self) -> Iterator[Row]:
        """The rows below the headings, without headings that come again and rows that say nothing about a record."""
        header = self.table.header
        heads = {column: normal(text) for column, text in header.headings.items()}
        naming = [column for name in ("ref", "title", "code") if (column := self.table.mapped.get(name)) is not None]
        for row in self.table.sheet.rows:
            if row.number <= header.row:
                continue
            filled = [column for column in self.table.mapped.values() if row.value(column) is not None]
            if sum(normal(str(row.value(column) or "")) == text for column, text in heads.items() if text) * 2 > len(heads):
                continue
            if not filled or (len(filled) <= 2 and not any(column in filled for column in naming)):
                self.skipped.append(row.number)
                continue
            yield row

    def values(self, name: str) -> list[Any]:
        return [row.value(self.table.mapped[name]) for row in self.rows]

    def find_existing(self) -> dict[str, list[Any]]:
        """The records that the references of the rows name, as far as the actor may see them."""
        found: dict[str, list[Any]] = {}
        if "ref" not in self.columns:
            return found
        refs = list(dict.fromkeys(text for row in self.rows if (text := self.ref(row))))
        for part in parts(refs):
            for record in self.register.rows(visible_to(self.actor.account, self.register).filter(ref__in=part)):
                found.setdefault(record.ref, []).append(record)
        return found

    def unseen(self, column: Column) -> set[int]:
        targets = [
            target for records in self.existing.values() for record in records if (target := getattr(record, column.name)) is not None
        ]
        return {target.pk for target in targets} - visible_ids(self.actor.account, targets)

    def ref(self, row: Row) -> str:
        value = row.value(self.table.mapped["ref"]) if "ref" in self.table.mapped else None
        return "" if value is None else str(value).strip()

    def lines(self) -> list[Line]:
        lines = [self.line(row) for row in self.rows]
        self.refuse_doubles(lines)
        return lines

    def line(self, row: Row) -> Line:
        line = Line(row.number, ref=self.ref(row))
        title = row.value(self.table.mapped["title"]) if "title" in self.table.mapped else None
        line.title = "" if title is None else " ".join(str(title).split())[:200]
        if len(line.ref) > MOST_REF:
            self.fault(line, "ref", _("A reference has at most %(most)s characters. Shorten it.") % {"most": MOST_REF})
            return line
        near = self.initiative_of(row)
        record = self.record_of(line, row, near)
        self.read_cells(line, row, record, record.initiative_id if record is not None and hasattr(record, "initiative_id") else near)
        if record is not None:
            line.pk, line.kind, line.title = record.pk, Kind.CHANGED, line.title or record.title
            self.read_version(line, row, record)
        else:
            line.values = {**self.defaults, **filled(line.values)}
            self.refuse_version(line, row)
        return line

    def initiative_of(self, row: Row) -> int | None:
        """The id of the initiative that the row names, to tell equal references and names apart."""
        default = self.defaults.get("initiative")
        if "initiative" not in self.names:
            return int(default) if default else None
        value = row.value(self.table.mapped["initiative"])
        found, _why = self.names["initiative"].find(str(value)) if value is not None else (None, "")
        return found.pk if found is not None else int(default) if default else None

    def record_of(self, line: Line, row: Row, near: int | None) -> Any:
        """The record that the row names. A reference is given once in each initiative: elsewhere it is another record's."""
        found = self.existing.get(line.ref, []) if line.ref else []
        if self.register.model.PARENT == "initiative" and near is not None:
            here = [record for record in found if record.initiative_id == near]
            is_moved = len(found) == 1 and "version" in self.columns and row.value(self.table.mapped["version"]) is not None
            found = here or (found if is_moved or "initiative" not in self.names else [])
        if len(found) > 1:
            text = _("%(ref)s is the reference of %(count)s records in several initiatives. Add a column that names the initiative.")
            self.fault(line, "ref", text % {"ref": line.ref, "count": len(found)})
            return None
        return found[0] if found else None

    def read_cells(self, line: Line, row: Row, record: Any, near: int | None) -> None:
        for name, column in self.columns.items():
            if name in ("ref", "version"):
                continue
            value = row.value(self.table.mapped[name])
            if record is not None and self.is_as_exported(column, record, value):
                continue
            try:
                read = self.refer(line, name, value, near) if name in self.names else self.readers[name].read(value)
            except Unreadable as why:
                self.fault(line, name, str(why))
                continue
            if name == "state":
                line.state = self.other_state(record, read)
            elif record is None or read is None or not self.is_held(record, name, read):
                line.values[name] = read

    def other_state(self, record: Any, state: str | None) -> str:
        """The state to be reached, or "" where the record is in it, or begins in it."""
        states = self.register.states
        now = record.state if record is not None else states.first if states else ""
        return state if state and state != now else ""

    def is_as_exported(self, column: Column, record: Any, value: Any) -> bool:
        """Whether the cell says what an export of the record would say: then nothing is wanted of it, even where it could not be read."""
        own = cell_of(self.register, column, record, self.hidden.get(column.name, set()))
        if value is None or own is None:
            return value is own
        if isinstance(value, str):
            return value == without_guard(plain(own)).strip().replace("\r\n", "\n")
        return (
            bool(Decimal(repr(value)) == own) if isinstance(value, int | float) and isinstance(own, int | Decimal) else bool(value == own)
        )

    def is_held(self, record: Any, name: str, read: Any) -> bool:
        """Whether a reference leads to what the record refers to already, by whichever of its names: then nothing is wanted either."""
        return name in self.names and bool(read == getattr(record, f"{name}_id"))

    def refer(self, line: Line, name: str, value: Any, near: int | None) -> Any:
        if value is None:
            return None
        text = " ".join(str(value).split())
        found, why = self.names[name].find(text, near)
        if found is not None:
            return found.pk
        addition = self.names[name].addition(text) if "“" in why and not self.names[name].records.get(text.lower()) else None
        if addition is not None and self.add:
            self.additions[addition] = None
            return addition
        if addition is not None:
            self.unknown[addition] = None
        self.fault(line, name, _("%(label)s: %(why)s") % {"label": self.columns[name].label, "why": why})
        return None

    def read_version(self, line: Line, row: Row, record: Any) -> None:
        value = row.value(self.table.mapped["version"]) if "version" in self.table.mapped else None
        if value is None:
            self.is_unversioned = True
            line.version = record.version if self.unversioned else None
            return
        try:
            line.version = int(Decimal(str(value)))
        except (ArithmeticError, ValueError):
            self.fault(line, "version", _("Version is “%(value)s”. Leave it as the export gave it.") % {"value": str(value)[:40]})

    def refuse_version(self, line: Line, row: Row) -> None:
        if "version" in self.table.mapped and row.value(self.table.mapped["version"]) is not None and not line.faults:
            text = _(
                "%(ref)s is no %(what)s that you may see, but the row brings a version. "
                "Correct the reference, or empty the version to add the row."
            )
            self.fault(line, "version", text % {"ref": line.ref or _("Nothing"), "what": self.register.singular()})

    def refuse_doubles(self, lines: Iterable[Line]) -> None:
        """The same record twice in one table: neither row can be meant to win."""
        seen: dict[Any, Line] = {}
        for line in lines:
            key = line.pk or ((line.ref, line.values.get("initiative")) if line.ref else None)
            if key is None:
                continue
            if key in seen:
                self.fault(
                    line, "ref", _("%(ref)s stands in row %(row)s already. Keep one of the two.") % {"ref": line.ref, "row": seen[key].row}
                )
            seen.setdefault(key, line)

    def fault(self, line: Line, name: str, text: str) -> None:
        line.kind = Kind.FAULTY
        column = self.table.mapped.get(name)
        place = self.table.sheet.place(line.row, column) if column is not None else row_place(self.table.sheet, line.row)
        line.faults.append(Fault(place, self.register.label(name), text, column))

    def remarks(self, book: Workbook | Sheet) -> list[str]:
        told = list(book.remarks) if isinstance(book, Workbook) else []
        sheet = self.table.sheet
        if sheet.name:
            told.append(
                _("Read from the sheet %(sheet)s; row %(row)s holds the headings.") % {"sheet": sheet.name, "row": self.table.header.row}
            )
        if self.skipped:
            told.append(_("Rows that name no record are left out: %(rows)s.") % {"rows": listed(self.skipped)})
        if hidden := [row.number for row in self.rows if row.is_hidden]:
            told.append(_("Rows that the sheet hides are read, too: %(rows)s.") % {"rows": listed(hidden)})
        for reader in self.readers.values():
            label = {"label": reader.column.label}
            if reader.is_share:
                told.append(_("%(label)s is read as shares of one: 0.35 is 35 %%.") % label)
            if reader.decimal_comma and reader.column.kind == "number":
                told.append(_("%(label)s is read with decimal commas: 1,5 is one and a half.") % label)
        return told


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """The values that say something: what a new row leaves empty gets the field's default."""
    return {name: value for name, value in values.items() if value is not None}


def row_place(sheet: Sheet, row: int) -> str:
    return _("%(sheet)s, row %(row)s") % {"sheet": sheet.name, "row": row} if sheet.name else _("line %(row)s") % {"row": row}


def listed(rows: list[int], most: int = 12) -> str:
    text = ", ".join(map(str, rows[:most]))
    return _("%(rows)s and %(more)s more") % {"rows": text, "more": len(rows) - most} if len(rows) > most else text


def shown(register: type[Register], column: Column, record: Any, hidden: set[int]) -> str:
    return words.text(cell_of(register, column, record, hidden))
