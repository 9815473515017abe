"""The rows of a list as HTML, without a template: a page has some six hundred cells, and a template takes most of its time for them."""

from collections.abc import Iterable
from html import escape

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mainstay.register.pages.shown import Row, Shown
from mainstay.register.tables import Cell

MOST_TOLD = 600
"""Characters of a long text that its cell tells on hover."""
NIL = '<span class="ms-nil">–</span>'


class Writer:
    """Writes the rows of one page; what is the same in all of them is made once."""

    def __init__(self, found: Shown, inline: Iterable[str], *, has_bulk: bool) -> None:
        self.is_compared, self.has_bulk = found.comparison is not None, has_bulk
        names = ",".join(column.name for column in found.columns)
        self.edited = {
            column.name: f'/cell/{column.name}/?columns={escape(names)}" data-name="{escape(column.label)}"'
            for column in found.columns
            if column.name in inline
        }
        self.before = f' data-cell="{found.register.url("list")}'
        self.select, self.was = escape(_("Select %(what)s")), escape(_("was"))

    @cached_property
    def missing(self) -> str:
        return render_to_string("register/parts/cell_missing.html")

    def rows(self, rows: Iterable[Row]) -> SafeString:
        return SafeString("".join(map(self.row, rows)))

    def row(self, row: Row) -> SafeString:
        record = row.record
        gone = ' class="is-gone"' if row.is_gone else ""
        parts = [f'<tr data-version="{record.version}" data-pk="{record.pk}"{gone}>\n']
        if self.has_bulk:
            parts.append(self.box(row))
        if self.is_compared:
            parts.append(mark(row))
        edited = self.edited if row.may_change else {}
        for cell in row.cells:
            rest = edited.get(cell.column.name)
            parts.append(self.cell(cell, f"{self.before}{record.pk}{rest}" if rest else ""))
        parts.append("</tr>\n")
        return SafeString("".join(parts))

    def box(self, row: Row) -> str:
        """The tick that selects the row."""
        if not row.may_change or row.is_gone:
            return '<td class="ms-w ms-keep ms-no-print"></td>\n'
        record = row.record
        label = self.select % {"what": escape(str(record))}
        return (
            '<td class="ms-w ms-keep ms-no-print"><label class="ms-hit"><input class="ms-check" type="checkbox" name="row" '
            f'value="{record.pk}:{record.version}" form="bulk" data-select><span class="visually-hidden">{label}</span></label></td>\n'
        )

    def cell(self, cell: Cell, edit: str) -> str:
        inner = self.inner(cell)
        if cell.was is not None:
            inner = (
                f'<span class="ms-was"><span class="visually-hidden">{self.was} </span><s>{escape(cell.was)}</s></span>'
                f'<span class="ms-now">{inner}</span>'
            )
        return f"<td{look(cell)}{edit}>{inner}</td>\n"

    def inner(self, cell: Cell) -> str:
        text = escape(cell.text)
        if cell.is_withheld:
            return f'<span class="ms-withheld">{text}</span>'
        if cell.is_person:
            left = "" if not cell.value.has_left else " ms-person--left"
            return f'<span class="ms-person{left}"><span aria-hidden="true">{escape(cell.initials)}</span><span>{text}</span></span>'
        if cell.kind == "reference" and cell.url:
            return f'<a class="ms-plain" href="{cell.url}" title="{escape(str(cell.value))}">{text}</a>'
        if cell.url:
            return f'<a href="{cell.url}">{text or "–"}</a>'
        if not text:
            return self.missing if cell.column.name == "owner" else NIL
        if cell.kind == "state":
            return f'<span class="ms-state{"" if cell.is_open else " ms-state--done"}">{text}</span>'
        return text


def mark(row: Row) -> str:
    """What has become of the row since the date compared with."""
    words = escape(row.mark_words)
    sign = f'<span class="ms-mark" aria-hidden="true" title="{words}">{row.mark}</span>' if row.mark else ""
    return f'<td class="ms-w ms-keep">{sign}<span class="visually-hidden">{words}</span></td>\n'


def look(cell: Cell) -> str:
    """The class of a cell, and all of a text that is cut short."""
    if cell.is_number:
        return ' class="ms-n"'
    if cell.kind in {"long", "json"}:
        text = cell.text if len(cell.text) <= MOST_TOLD else f"{cell.text[: MOST_TOLD - 1]}…"
        return f' class="ms-clip" title="{escape(text)}"' if text else ' class="ms-clip"'
    if cell.column.name == "title":
        return f' class="ms-title" title="{escape(cell.text)}"'
    return "" if cell.kind == "text" else ' class="ms-o"'
