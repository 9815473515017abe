"""The looks of cells, each made once for a workbook."""

from __future__ import annotations

from typing import Any

import xlsxwriter

from mainstay.render import palette
from mainstay.render.blocks import Column
from mainstay.render.cells import places_of

MINUS = "\u2212"
RIGHT: dict[str, Any] = {"align": "right", "indent": 1}
"""Figures keep a little room to the words of the next column."""


def number_format(column: Column) -> str:
    """How a figure of the column is shown; the cell keeps the whole value."""
    places = places_of(column)
    digits = "#,##0" + ("." + "0" * places if places else "")
    if column.kind == "percent":
        return f"{digits}\u00a0%;{MINUS}{digits}\u00a0%"
    if column.kind == "delta":
        return f"+{digits};{MINUS}{digits};{digits}"
    return f"{digits};{MINUS}{digits}"


class Formats:
    """Formats by what they say, so that the workbook holds each look once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}
        book.formats[0].set_font_name(palette.OFFICE_FONT)
        book.formats[0].set_font_size(10)

    def of(self, **look: Any) -> Any:  # the library ships no types
        key = tuple(sorted(look.items()))
        if key not in self.made:
            plain = {"font_name": palette.OFFICE_FONT, "font_size": 10, "font_color": f"#{palette.INK}", "valign": "top"}
            self.made[key] = self.book.add_format({**plain, **look})
        return self.made[key]

    def heading(self) -> Any:
        return self.of(bold=True, font_size=16, font_color=f"#{palette.HEAD}", valign="vcenter")

    def caption(self) -> Any:
        return self.of(bold=True, font_size=11, font_color=f"#{palette.HEAD}", valign="bottom")

    def soft(self) -> Any:
        return self.of(font_color=f"#{palette.MUTED}")

    def head(self, column: Column) -> Any:
        side = RIGHT if column.is_figure else {"align": "left"}
        return self.of(bold=True, bg_color=f"#{palette.HEAD}", font_color="#FFFFFF", text_wrap=True, valign="bottom", **side)

    def cell(self, column: Column, *, kind: str, is_last: bool = False, is_total: bool = False, ink: str = "", shape: str = "") -> Any:
        """The look of a cell by its column and what it holds: words, a figure, a day or a status."""
        look: dict[str, Any] = {"bottom": 1, "bottom_color": f"#{palette.LINE}"}
        if is_total:
            look = {"top": 2, "top_color": f"#{palette.HEAD}", "bold": True}
        if kind == "figure":
            look |= {"num_format": number_format(column), **RIGHT}
        elif kind == "day":
            look |= {"num_format": "d mmm yyyy", "align": "left"}
        else:
            look |= {"text_wrap": True, **(RIGHT if column.is_figure and kind == "words" else {"align": "left"})}
        if column.heads_row:
            look["bold"] = True
        if is_last:
            look |= {"italic": True, "font_color": f"#{palette.MUTED}"}
        elif ink:
            look["font_color"] = f"#{ink}"
        if shape:
            tint = palette.LOOKS[shape]  # type: ignore[index]  # a shape, from the status itself
            look |= {"bg_color": f"#{tint.tint}", "font_color": f"#{tint.ink}", "bold": True}
        return self.of(**look)
