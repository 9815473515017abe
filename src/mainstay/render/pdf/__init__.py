"""A report as PDF, tagged to PDF/UA-1: the tree as plain data, set by `report.typ`. No text of a report is ever read as markup."""

import json
from functools import lru_cache
from pathlib import Path

import typst

from mainstay.render.packing import in_utc
from mainstay.render.pdf.content import content
from mainstay.render.tree import Report

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts"


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Our own font first; those of the machine only for scripts that it does not hold."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(FONTS)])


def write(report: Report) -> bytes:
    made = typst.compile(
        HERE / "report.typ",
        root=HERE,
        font_paths=fonts(),
        format="pdf",
        sys_inputs={"report": json.dumps(content(report), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=in_utc(report.frozen_at),
    )
    if not isinstance(made, bytes):
        raise TypeError("The typesetter gave no single PDF.")
    return made
