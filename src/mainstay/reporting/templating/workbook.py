"""A workbook as the parts of its package: sheets, strings, styles. Read and written without touching what a template does not ask for."""

from __future__ import annotations

import zipfile
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from mainstay.reporting.templating.safety import parser

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORMATS = {"date": "d mmm yyyy", "money": "#,##0", "percent": "0%", "number": "#,##0.##", "delta": "+#,##0;\u2212#,##0;0"}
BEFORE_CALCULATION = ("sheets", "functionGroups", "externalReferences", "definedNames")
FIRST_FORMAT = 200
"""Number formats of our own are numbered from here."""


def tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"


@dataclass
class Properties:
    """What the file says of itself."""

    title: str = ""
    subject: str = ""
    author: str = ""
    keywords: str = ""
    category: str = ""
    last_modified_by: str = ""
    revision: int = 1
    created: datetime | None = None
    modified: datetime | None = None
    last_printed: datetime | None = None

    def xml(self) -> bytes:
        at = (self.created or datetime(2000, 1, 1)).strftime("%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ001  # stands only where nobody sets one
        texts = "".join(
            f"<{name}>{escape(value)}</{name}>"
            for name, value in (
                ("dc:title", self.title), ("dc:subject", self.subject), ("dc:creator", self.author), ("cp:keywords", self.keywords),
                ("cp:category", self.category), ("cp:lastModifiedBy", self.last_modified_by),
            )
        )  # fmt: skip
        times = "".join(f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{at}</dcterms:{name}>' for name in ("created", "modified"))
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
            ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
            f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{texts}{times}</cp:coreProperties>'
        ).encode()


@dataclass
class Sheet:
    name: str
    part: str
    root: Any
    tables: list[Any] = field(default_factory=list)
    """The parsed tables that lie on it."""


class Workbook:
    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(BytesIO(content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.trees: dict[str, Any] = {}
        self.core_properties = Properties()
        self.root = self.tree("xl/workbook.xml")
        held = self.root.find(tag("workbookPr"))
        self.epoch_offset = 1462 if held is not None and held.get("date1904") in ("1", "true") else 0
        self.strings = [text_of(one) for one in self.tree("xl/sharedStrings.xml")] if "xl/sharedStrings.xml" in self.parts else []
        self.sheets = self._sheets()
        self.styles = self.tree("xl/styles.xml")
        self.made_styles: dict[tuple[int, str], int] = {}

    def tree(self, name: str) -> Any:
        if name not in self.trees:
            self.trees[name] = etree.fromstring(self.parts[name], parser())
        return self.trees[name]

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Number → kind and part that it leads to."""
        path = PurePosixPath(part)
        rels = str(path.parent / "_rels" / f"{path.name}.rels")
        if rels not in self.parts:
            return {}
        return {
            one.get("Id"): (one.get("Type", "").rpartition("/")[2], resolved(path.parent, one.get("Target", "")))
            for one in etree.fromstring(self.parts[rels], parser())
            if one.get("TargetMode") != "External"
        }

    def _sheets(self) -> list[Sheet]:
        related = self.related("xl/workbook.xml")
        found = []
        for one in self.root.find(tag("sheets")):
            kind, part = related.get(one.get(f"{{{OFFICE}}}id"), ("", ""))
            if kind == "worksheet":
                tables = [self.tree(name) for what, name in self.related(part).values() if what == "table"]
                found.append(Sheet(one.get("name", ""), part, self.tree(part), tables))
        return found

    def style(self, base: int, kind: str) -> int:
        """The style `base`, with the number format of a kind where it has none of its own."""
        listed = self.styles.find(tag("cellXfs"))
        if kind not in FORMATS or listed is None or base >= len(listed) or listed[base].get("numFmtId", "0") != "0":
            return base
        if (base, kind) not in self.made_styles:
            made = deepcopy(listed[base])
            made.set("numFmtId", str(self._format(kind)))
            made.set("applyNumberFormat", "1")
            listed.append(made)
            listed.set("count", str(len(listed)))
            self.made_styles[base, kind] = len(listed) - 1
        return self.made_styles[base, kind]

    def _format(self, kind: str) -> int:
        number = FIRST_FORMAT + list(FORMATS).index(kind)
        held = self.styles.find(tag("numFmts"))
        if held is None:
            held = self.styles.makeelement(tag("numFmts"), {})
            self.styles.insert(0, held)
        if not any(one.get("numFmtId") == str(number) for one in held):
            held.append(held.makeelement(tag("numFmt"), {"numFmtId": str(number), "formatCode": FORMATS[kind]}))
            held.set("count", str(len(held)))
        return number

    def recalculate(self) -> None:
        """Formulas are worked out anew when the file is opened: what they came to in the template is taken out."""
        for sheet in self.sheets:
            for formula in sheet.root.iter(tag("f")):
                cell = formula.getparent()
                for held in cell.findall(tag("v")):
                    cell.remove(held)
        held = self.root.find(tag("calcPr"))
        if held is None:
            held = self.root.makeelement(tag("calcPr"), {})
            after = [one for one in self.root if isinstance(one.tag, str) and one.tag in map(tag, BEFORE_CALCULATION)]
            after[-1].addnext(held)
        held.set("fullCalcOnLoad", "1")

    def save(self, target: BytesIO) -> None:
        parts = {**self.parts, **{name: serialised(root) for name, root in self.trees.items()}}
        if "docProps/core.xml" in parts:
            parts["docProps/core.xml"] = self.core_properties.xml()
        else:
            self._add_properties(parts)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(name, content)

    def _add_properties(self, parts: dict[str, bytes]) -> None:
        parts["docProps/core.xml"] = self.core_properties.xml()
        kind = "application/vnd.openxmlformats-package.core-properties+xml"
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>", f'<Override PartName="/docProps/core.xml" ContentType="{kind}"/></Types>'.encode()
        )
        relation = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
        parts["_rels/.rels"] = parts["_rels/.rels"].replace(
            b"</Relationships>", f'<Relationship Id="rIdCore" Type="{relation}" Target="docProps/core.xml"/></Relationships>'.encode()
        )


def resolved(folder: PurePosixPath, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps = list(folder.parts)
    for step in PurePosixPath(target).parts:
        if step == ".." and steps:
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def text_of(item: Any) -> str:
    """The words of a shared or inline string; readings aids stay out."""
    return "".join(one.text or "" for one in item.iter(tag("t")) if one.getparent().tag != tag("rPh"))


def serialised(root: Any) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
