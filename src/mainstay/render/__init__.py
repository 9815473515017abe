"""A report tree written as DOCX, PPTX, XLSX, PDF and HTML. Pure: no Django, no database, no network.

`write(report, "pdf")` gives the bytes of a file, the same for the same report; `mainstay.render.html.fragment(report)` a part of a page.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from mainstay.render.tree import Report

Format = Literal["docx", "pptx", "xlsx", "pdf"]

MEDIA_TYPES: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def write(report: Report, format: Format) -> bytes:  # noqa: A002  # the word that callers and readers use
    """The report as a file. The same report gives the same bytes."""
    if format not in MEDIA_TYPES:
        raise ValueError(f"There is no report format {format!r}; there are {', '.join(MEDIA_TYPES)}.")
    walker = import_module(f"mainstay.render.{format}")  # loaded when asked for: pages that only write dates do not pay for five libraries
    return cast("bytes", walker.write(report))
