"""Runs as a process of its own, limits itself, reads workbooks and writes what each says as a line of JSON. Callers use `reading`."""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

MEGABYTE = 1 << 20
FAR = (
    "Sheet {name} reaches to cell {corner}: {area:,} cells with the empty ones between, and {most:,} is the most that is read. "
    "Delete what lies beyond the table, or split it."
)
MANY = (
    "Sheet {name} has {rows:,} rows and {columns:,} columns; "
    "{most_rows:,} rows and {most_columns:,} columns are the most that is read. Split it."
)
LONG = "The workbook holds more text than the {most:,} characters that are read. Split it."
BROKEN = "The workbook is cut off or damaged. Open it in the program that made it, save it again and choose that file."
LOCKED = "The workbook is protected by a password. Save it without one and choose that file."


class Told(Exception):
    """A sentence for the person, and which of the parent's errors it becomes."""

    def __init__(self, kind: str, text: str) -> None:
        self.kind, self.text = kind, text


def limit(memory_mb: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MEGABYTE, memory_mb * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def plain(value: Any) -> Any:
    """A cell as JSON; what a cell of the house may be is in `sheet.Value`."""
    if isinstance(value, str):
        return value.replace("\x00", "").replace("\r\n", "\n").strip() or None
    if isinstance(value, datetime):
        return ["d", value.date().isoformat()] if value.time() == time() else ["m", value.isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, time):
        return ["t", value.isoformat()]
    if isinstance(value, timedelta):
        return value.total_seconds() / 86_400
    if isinstance(value, float):
        return None if value != value or value in (float("inf"), float("-inf")) else int(value) if value.is_integer() else value
    return value


class Reader:
    """Reads the sheets of one workbook within the limits."""

    def __init__(self, kind: str, path: str, rows: int, columns: int, area: int, characters: int, *, with_oddities: bool = False) -> None:
        # Imported after the limits are set, so that they hold for the library, too.
        from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

        # as above
        from mainstay.formats.spreadsheet.extent import extents

        self.most_rows, self.most_columns, self.most_area, self.most_characters = rows, columns, area, characters
        self.characters_left = characters
        self.hidden: dict[str, list[int]] = {}
        self.odd: dict[str, dict[str, str]] = {}
        self.with_oddities = with_oddities
        self.remarks: list[str] = []
        if kind == "xlsx":
            self.look_ahead(path, extents(Path(path)))
        self.book = load_workbook(path)
        self.is_table, self.is_visible = SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible

    def look_ahead(self, path: str, found: Any) -> None:
        from mainstay.formats.spreadsheet.parts import sheet_parts  # read only for this format

        for name, part in sheet_parts(Path(path)).items():
            if part in found:
                self.check(name, found[part].rows, found[part].columns + 1, found[part].corner)
                self.hidden[name] = found[part].hidden_rows
        for part, extent in found.items():
            self.check(part, extent.rows, extent.columns + 1, extent.corner)
        if self.with_oddities:
            from mainstay.formats.spreadsheet.oddities import oddities  # as above

            self.odd = oddities(Path(path), sheet_parts(Path(path)))

    def check(self, name: str, rows: int, columns: int, corner: str) -> None:
        if rows * columns > self.most_area:
            raise Told("large", FAR.format(name=name, corner=corner, area=rows * columns, most=self.most_area))
        if rows > self.most_rows or columns > self.most_columns:
            raise Told(
                "large", MANY.format(name=name, rows=rows, columns=columns, most_rows=self.most_rows, most_columns=self.most_columns)
            )

    def tell(self) -> dict[str, Any]:
        sheets = [self.sheet(about) for about in self.book.sheets_metadata if about.typ == self.is_table]
        return {"sheets": sheets, "remarks": self.remarks}

    def sheet(self, about: Any) -> dict[str, Any]:
        sheet = self.book.get_sheet_by_name(about.name)
        self.check(about.name, sheet.total_height, sheet.total_width, "its end")
        rows = [[plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        self.count(rows)
        merged = sheet.merged_cell_ranges or []
        if not self.with_oddities:
            self.fill_down(merged, rows)
        told = []
        for number, values in enumerate(rows, 1):
            while values and values[-1] is None:
                values.pop()
            if values:
                told.append([number, values])
        hidden = self.hidden.get(about.name, [])
        return {
            "name": about.name,
            "rows": told,
            "hidden_rows": hidden,
            "is_hidden": about.visible != self.is_visible,
            "odd": self.odd.get(about.name, {}),
            "merged": [[top + 1, left, bottom + 1, right] for (top, left), (bottom, right) in merged] if self.with_oddities else [],
        }

    def count(self, rows: list[list[Any]]) -> None:
        self.characters_left -= sum(len(value) for values in rows for value in values if isinstance(value, str))
        if self.characters_left < 0:
            raise Told("large", LONG.format(most=self.most_characters))

    def fill_down(self, ranges: Any, rows: list[list[Any]]) -> None:
        """A merged cell says the same for each of its rows."""
        for (top, left), (bottom, _right) in ranges:
            if top >= len(rows) or left >= len(rows[top]):
                continue
            for number in range(top + 1, min(bottom, len(rows) - 1) + 1):
                if rows[number][left] is None:
                    rows[number][left] = rows[top][left]


def told_of(kind: str, path: str, numbers: list[int], *, with_oddities: bool) -> dict[str, Any]:
    """What one workbook says, or what is wrong with it."""
    from python_calamine import CalamineError, PasswordError  # after the limits are set, as above

    try:
        return Reader(kind, path, *numbers, with_oddities=with_oddities).tell()
    except Told as told:
        return {"error": told.kind, "text": told.text}
    except PasswordError:
        return {"error": "password", "text": LOCKED}
    except (CalamineError, OSError, ValueError, KeyError):
        return {"error": "damaged", "text": BROKEN}


def main(arguments: list[str]) -> None:
    """Six numbers, `odd` or `plain`, then kind and path of each workbook; a line for each, at once, so that a later one spoils none."""
    rows, columns, area, characters, memory_mb, seconds = map(int, arguments[:6])
    limit(memory_mb, seconds)
    for kind, path in zip(arguments[7::2], arguments[8::2], strict=True):
        told = told_of(kind, path, [rows, columns, area, characters], with_oddities=arguments[6] == "odd")
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
