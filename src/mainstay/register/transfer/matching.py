"""Which column of a table is which field: by what the register calls its fields, then by what the field calls them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from mainstay.formats.spreadsheet import Sheet, Workbook
from mainstay.formats.spreadsheet import header as headers
from mainstay.formats.spreadsheet.header import Header, normal, short
from mainstay.register.spec import REGISTERS, Register
from mainstay.register.tables import columns_of
from mainstay.register.transfer.columns import complete
from mainstay.register.transfer.synonyms import synonyms

LEFT_OUT = ""
"""What a column is mapped to that nothing is taken from."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, its row of headings, and the field of each column; LEFT_OUT for the others."""

    sheet: Sheet
    header: Header
    fields: Mapping[int, str]

    @property
    def mapped(self) -> dict[str, int]:
        """Field → column."""
        return {name: column for column, name in self.fields.items() if name != LEFT_OUT}


def dictionaries(register: type[Register]) -> tuple[dict[str, str], ...]:
    return names_of(register.key)


@cache
def names_of(key: str) -> tuple[dict[str, str], ...]:
    """Headings → field, the surest dictionary first: labels and names, their first words, what the field of work calls them."""
    register = REGISTERS[key]
    sure: dict[str, str] = {}
    for column in complete(register):
        for text in (column.label, short(column.label), column.name):
            sure.setdefault(normal(text), column.name)
    heads: dict[str, list[str]] = {}
    for column in complete(register):
        heads.setdefault(normal(column.label.split(",")[0]), []).append(column.name)
    brief = {head: names[0] for head, names in heads.items() if len(names) == 1 and head not in sure}
    usual: dict[str, str] = {}
    fields = {column.name for column in complete(register)}
    for name, texts in synonyms().items():
        if name in fields:
            for text in texts:
                usual.setdefault(normal(text), name)
    return sure, brief, usual


def own_words(register: type[Register]) -> set[str]:
    """The words that headings of this register carry for no purpose: `Risk owner`, `Risk ID`."""
    return {*normal(register.singular()).split(), *normal(register.title()).split()}


def forms_of(register: type[Register], heading: str) -> list[str]:
    """A heading as it stands, without brackets, and without the register's own words."""
    own = own_words(register)
    forms = [normal(heading), short(heading)]
    forms += [" ".join(word for word in form.split() if word not in own) for form in list(forms)]
    return [form for form in dict.fromkeys(forms) if form]


def is_known(register: type[Register], heading: str) -> bool:
    return any(form in names for form in forms_of(register, heading) for names in dictionaries(register))


def matched(register: type[Register], header: Header) -> dict[int, str]:
    """The field of each column; a field is taken once, by the column that names it most surely."""
    found: dict[int, str] = {}
    derived = {normal(columns_of(register)[name].label) for name in register.derived}
    for names in dictionaries(register):
        for column, heading in header.headings.items():
            if column in found or normal(heading) in derived:
                continue
            name = next((names[form] for form in forms_of(register, heading) if form in names and names[form] not in found.values()), None)
            if name is not None:
                found[column] = name
    return {column: found.get(column, LEFT_OUT) for column in header.headings}


def table_of(register: type[Register], book: Workbook | Sheet, *, sheet: str | None = None, row: int | None = None) -> Table | None:
    """The sheet with the most known headings, or the one named; None where no row looks like headings of this register."""
    sheets: Sequence[Sheet] = (book,) if isinstance(book, Sheet) else book.sheets
    best: Table | None = None
    for each in sheets:
        if sheet is not None and each.name != sheet:
            continue
        header = given(register, each, row) if row else headers.find(each, lambda text: is_known(register, text))
        if header and (best is None or header.known > best.header.known):
            best = Table(each, header, matched(register, header))
    return best


def given(register: type[Register], sheet: Sheet, number: int) -> Header | None:
    row = next((row for row in sheet.rows if row.number == number), None)
    return headers.at(row, lambda text: is_known(register, text)) if row else None
