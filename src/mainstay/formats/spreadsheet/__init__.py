"""Tables of rows and cells, out of and into CSV text and workbooks. What a column means is not known here."""

from mainstay.formats.spreadsheet.limits import Limits
from mainstay.formats.spreadsheet.reading import read, read_many
from mainstay.formats.spreadsheet.sheet import Row, Sheet, Value, Workbook, cell_name

__all__ = ["Limits", "Row", "Sheet", "Value", "Workbook", "cell_name", "read", "read_many"]
