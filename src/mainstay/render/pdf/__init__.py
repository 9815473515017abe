"""A report as PDF, tagged to PDF/UA-1 and fit for the archive by PDF/A-2a: the tree as plain data, set by `report.typ`.

No text of a report is ever read as markup.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from mainstay.render.packing import in_utc
from mainstay.render.pdf.content import Node, content
from mainstay.render.tree import Report

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts"
Standard = Literal["ua-1", "a-2a"]
STANDARDS: tuple[Standard, ...] = ("ua-1", "a-2a")
NO_FONT = "could not be displayed with"
"""What the typesetter says of a sign that is in none of the fonts."""


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Our own font first; those of the machine only for scripts that it does not hold."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(FONTS)])


def write(report: Report) -> bytes:
    """Signs that no font here holds break both standards: then the PDF is written without their mark, and its first page says so."""
    told = content(report)
    try:
        return typeset(told, report, STANDARDS)
    except typst.TypstError as error:
        if NO_FONT not in str(error):
            raise
    return typeset({**told, "not_shown": report.words.not_shown}, report, ())


def typeset(told: Node, report: Report, standards: tuple[Standard, ...]) -> bytes:
    made = typst.compile(
        HERE / "report.typ",
        root=HERE,
        font_paths=fonts(),
        format="pdf",
        sys_inputs={"report": json.dumps(told, ensure_ascii=False)},
        pdf_standards=[*standards],
        timestamp=in_utc(report.frozen_at),
    )
    if not isinstance(made, bytes):
        raise TypeError("The typesetter gave no single PDF.")
    return made
