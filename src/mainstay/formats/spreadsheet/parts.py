"""Which part of an .xlsx package holds which sheet."""

import posixpath
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import unescape

SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)/?>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)/?>")
ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
QUOTES = {"&quot;": '"', "&apos;": "'"}


def attributes(text: bytes) -> dict[str, str]:
    return {
        name.rpartition(":")[2] if name != "r:id" else "rid": unescape(one or two, QUOTES)
        for name, one, two in ATTRIBUTE.findall(text.decode("utf-8", "replace"))
    }


def sheet_parts(path: Path) -> dict[str, str]:
    """Name of the sheet → name of its part."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        relations = [attributes(match.group(1)) for match in RELATION.finditer(archive.read("xl/_rels/workbook.xml.rels"))]
        targets = {relation.get("Id", ""): part_of(relation.get("Target", "")) for relation in relations}
        sheets = [attributes(match.group(1)) for match in SHEET.finditer(archive.read("xl/workbook.xml"))]
        return {sheet["name"]: targets[sheet["rid"]] for sheet in sheets if "name" in sheet and sheet.get("rid") in targets}


def part_of(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
