"""What was seen in a workbook and not read: told in a sentence each, so that nothing is lost without a word."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mainstay.formats.spreadsheet import Row, Sheet, cell_name
from mainstay.reporting.cycle.workbook import labels
from mainstay.reporting.cycle.workbook.hidden import text
from mainstay.reporting.cycle.workbook.returned import Place, Returned


def beside(found: Returned, sheet: Sheet, row: Row, known: set[int]) -> Iterator[str]:
    """A sentence for each cell of our rows in which something else was typed than we wrote there, and which takes no answer."""
    for column, value in enumerate(row.values):
        if value is not None and column not in known and labels.mark(text(value)) not in found.said:
            yield _("%(place)s: “%(text)s” is not read, since only the yellow cells are. Facts are changed in their register.") % {
                "place": Place(sheet.name, cell_name(row.number, column)),
                "text": " ".join(text(value).split())[:40],
            }


def extra(sheet: Sheet, row: Row) -> Iterator[str]:
    """A sentence about a row that the workbook did not have when it was made."""
    if any(value is not None for value in row.values):
        yield _("%(sheet)s, row %(number)d was added and is not read. Records are added in their register.") % {
            "sheet": sheet.name[:40],
            "number": row.number,
        }


def lost(found: Returned) -> Iterator[str]:
    """A sentence for each sheet and each row that is no longer there."""
    absent: dict[str, list[str]] = {}
    for key, one in found.asked.items():
        if key not in found.given:
            absent.setdefault(one.sheet, []).append(one.label)
    for sheet, names in absent.items():
        if len(names) == sum(one.sheet == sheet for one in found.asked.values()):
            yield _("Sheet “%(sheet)s” is missing or has lost its labels. What it asks stays as it is.") % {"sheet": sheet[:40]}
        else:
            yield _("%(sheet)s: the row of %(names)s has been deleted. What it asks stays as it is.") % {
                "sheet": sheet[:40],
                "names": "; ".join(names)[:200],
            }
