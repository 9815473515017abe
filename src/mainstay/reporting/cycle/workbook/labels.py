"""The labels by which a workbook is known again when it comes back, whatever has been moved or renamed in it."""

import zlib
from typing import Any

from mainstay.reporting.project_return.model import Return

FORM = "return-workbook/1"
"""The form of these workbooks; one that is laid out otherwise gets another number."""
MARK = "mainstay"
"""Stands in the first cell of the sheet that tells which return it is."""
HIDDEN = "_mainstay"
FIRST = "Return"
CELLS = "cells"
"""Begins the list of answer cells on the hidden sheet."""
TEXTS = "texts"
"""Names the marks of all texts that only tell."""
KEY = "mainstay:key"
"""Stands above the keys of the rows; above a column of answers stands `mainstay:` and its code."""
CODE = "mainstay:"
OURS = "-"
"""The key of a row that is ours and takes no answer."""


def mark(text: str) -> str:
    """A short mark of a text that only tells, by which one that was typed over it, or beside it, is seen."""
    return f"{zlib.crc32(' '.join(text.split()).encode('utf-8', 'replace')):08x}"


def about(record: Return) -> dict[str, Any]:
    """Which return a workbook is, as its hidden sheet says."""
    asked = record.commission
    return {
        "return": record.ref,
        "return id": record.pk,
        "title": record.title,
        "commission": asked.ref,
        "commission id": asked.pk,
        "period": asked.period,
        "from": asked.period_from.isoformat(),
        "to": asked.period_to.isoformat(),
        "initiative": record.initiative.code,
        "initiative title": record.initiative.title,
        "definition version": asked.definition_version,
        "digest": asked.content_digest,
    }
