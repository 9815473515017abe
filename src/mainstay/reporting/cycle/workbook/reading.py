"""A workbook that has come back: which return it is, and each answer cell found by its labels, wherever it has gone."""

from django.utils.translation import gettext as _

from mainstay.formats.spreadsheet import Row, Sheet, Workbook, cell_name
from mainstay.reporting.cycle.workbook import labels
from mainstay.reporting.cycle.workbook.hidden import is_hidden_sheet, told_by
from mainstay.reporting.cycle.workbook.remarks import beside, extra, lost
from mainstay.reporting.cycle.workbook.returned import Given, Grid, NotAReturn, Place, Returned

ROWS_LOOKED_AT = 300
"""Rows from the top among which the labels of a sheet are looked for."""
MOST_NOTES = 12


def returned(book: Workbook) -> Returned:
    """What `book` says. Raises NotAReturn."""
    hidden = next((sheet for sheet in book.sheets if is_hidden_sheet(sheet)), None)
    grids = [(sheet, grid) for sheet in book.sheets if sheet is not hidden and (grid := grid_of(sheet)) is not None]
    if hidden is None:
        raise NotAReturn(
            _(
                "The hidden sheet that tells which return this is has been removed. "
                "Download the workbook again, copy your answers into its yellow cells, and load that one."
            )
            if grids
            else _("This is no workbook of a return. Download the workbook from the return's page, fill it in and load that one.")
        )
    form, about, asked, said = told_by(hidden)
    if form != labels.FORM:
        raise NotAReturn(
            _(
                "This workbook was made by another release of Mainstay (%(form)s; this one reads %(ours)s). "
                "Download the workbook again and copy your answers into it."
            )
            % {"form": form[:40], "ours": labels.FORM}
        )
    found = Returned(about, asked, said)
    for sheet, grid in grids:
        take(found, sheet, grid)
    known = {id(sheet) for sheet, _grid in grids} | {id(hidden)}
    for sheet in book.sheets:
        if id(sheet) not in known and sheet.rows and not sheet.is_hidden:
            found.notes.append(_("Sheet “%(name)s” is no part of the return and is not read.") % {"name": sheet.name[:40]})
    found.notes += lost(found)
    if (more := len(found.notes) - MOST_NOTES) > 0:
        found.notes[MOST_NOTES:] = [_("And %(count)d more of the kind.") % {"count": more}]
    return found


def grid_of(sheet: Sheet) -> Grid | None:
    for row in sheet.rows[:ROWS_LOOKED_AT]:
        key = next((column for column, value in enumerate(row.values) if value == labels.KEY), None)
        if key is not None:
            codes = {
                column: value.removeprefix(labels.CODE)
                for column, value in enumerate(row.values)
                if isinstance(value, str) and value.startswith(labels.CODE) and column != key
            }
            return Grid(row.number, key, codes)
    return None


def take(found: Returned, sheet: Sheet, grid: Grid) -> None:
    """The answer cells of one sheet; what stands where nothing is asked is told."""
    for row in sheet.rows:
        key = row.value(grid.key)
        if row.number == grid.row:
            continue
        if key is None:
            found.notes += extra(sheet, row)
            continue
        names = {column: str(key) if code == "answer" else f"{key}.{code}" for column, code in grid.columns.items()}
        for column, name in names.items():
            if name in found.asked:
                found.given.setdefault(name, []).append(given(sheet, row, column))
        found.notes += beside(found, sheet, row, {grid.key, *(column for column, name in names.items() if name in found.asked)})


def given(sheet: Sheet, row: Row, column: int) -> Given:
    cell = cell_name(row.number, column)
    odd = sheet.odd.get(cell, "")
    if any(
        top <= row.number <= bottom and left <= column <= right
        for top, left, bottom, right in sheet.merged
        if (row.number, column) != (top, left)
    ):
        odd = "merged"
    return Given(Place(sheet.name, cell), row.value(column), odd)
