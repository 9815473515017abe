"""What a template may not bring: anything that runs, fetches or embeds. Refused with its place, never silently taken out."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from mainstay.reporting.templating.filling import Fault

LINKS = ("hyperlink",)
SAFE_ADDRESS = re.compile(r"(https?://|mailto:)[^\s]+\Z", re.IGNORECASE)
FORBIDDEN = frozenset({
    "oleobject", "attachedtemplate", "frame", "subdocument", "externallink", "externallinkpath", "externallinklong", "control", "ctrlprop",
    "activexcontrolbinary", "vbaproject", "wordvbadata", "connections", "querytable", "afchunk", "mailmergesource", "mailmergeheadersource",
    "video", "audio", "media", "xlmacrosheet", "dialogsheet", "customdata", "webextension", "webextensiontaskpanes", "keymapcustomizations",
    "attachedtoolbars", "ddelink", "xmlmaps", "volatiledependencies",
})  # fmt: skip
FIELDS = frozenset({
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "TOC", "TC", "REF", "PAGEREF", "NOTEREF", "SEQ", "STYLEREF", "XE", "INDEX", "=",
})  # fmt: skip
"""Word's fields that only number and point inside the document."""
FORMULAS = re.compile(
    r"[\w.]\|[^\"|]*!|\b(WEBSERVICE|HYPERLINK|CALL|REGISTER|REGISTER\.ID|EXEC|RTD|IMAGE|FILTERXML|SQL\.REQUEST|DDE)\s*\(|\[[^\]]*\][^!]*!",
    re.I,
)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ACTION = "action"
MOST_ELEMENTS = 200_000


def parser() -> Any:
    """Reads no entities and no network."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def faults_of(content: bytes) -> list[Fault]:
    """All that is refused in a package which the gate has let in."""
    faults: list[Fault] = []
    elements = 0
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            if not name.lower().endswith((".xml", ".rels", ".vml")):
                continue
            try:
                root = etree.fromstring(package.read(name), parser())
            except etree.XMLSyntaxError:
                faults.append(Fault(name, _("This part cannot be read. Save the file again in the program that made it.")))
                continue
            if root.getroottree().docinfo.doctype:
                faults.append(Fault(name, _("This part brings a document type definition, which is not read for safety.")))
                continue
            elements += sum(1 for _element in root.iter())
            faults += [Fault(name, text) for text in (of_relations(root, name) if name.lower().endswith(".rels") else of_part(root))]
    if elements > MOST_ELEMENTS:
        faults.append(Fault(_("The file"), _("It holds more than %(most)d elements. A template is smaller.") % {"most": MOST_ELEMENTS}))
    return faults


def of_relations(root: Any, name: str) -> Iterator[str]:
    """Where the parts point: out of the file only by a link that a reader must choose to follow."""
    is_chart = PurePosixPath(name).parent.parent.name in ("charts", "chartEx")
    for one in root:
        if not isinstance(one.tag, str):
            continue
        kind = one.get("Type", "").rpartition("/")[2].lower()
        target = one.get("Target", "")
        if kind in FORBIDDEN or (kind == "package" and not (is_chart and target.lower().endswith(".xlsx"))):
            yield _("It embeds or calls “%(kind)s”, which a template may not. Take it out.") % {"kind": kind}
        elif one.get("TargetMode", "").lower() == "external" and not (kind in LINKS and SAFE_ADDRESS.match(target)):
            yield _("It fetches %(target)s from outside. Put the content into the file itself.") % {"target": target[:120]}


def of_part(root: Any) -> Iterator[str]:
    told = ""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        local = etree.QName(element).localname
        if element.tag == f"{WORD}fldSimple":
            yield from of_field(element.get(f"{WORD}instr", ""))
        elif element.tag == f"{WORD}fldChar":
            if element.get(f"{WORD}fldCharType") != "begin" and told:
                yield from of_field(told)
            told = ""
        elif element.tag == f"{WORD}instrText":
            told += element.text or ""
        elif local in ("altChunk", "OLEObject", "oleObj", "control", "subDoc", "dde", "ddeLink"):
            yield _("It embeds “%(kind)s”, which a template may not. Take it out.") % {"kind": local}
        elif local.startswith("hlink") and (action := element.get(ACTION, "")) and not action.startswith("ppaction://hlinks"):
            yield _("A click would run “%(action)s”. Take it out.") % {"action": action[:80]}
        elif (element.tag == f"{SHEET}f" or element.tag == f"{SHEET}definedName") and FORMULAS.search(element.text or ""):
            yield _("The formula %(formula)s reaches outside of the workbook. Take it out.") % {"formula": (element.text or "")[:80]}


def of_field(code: str) -> Iterator[str]:
    words = code.split()
    name = words[0].upper() if words else ""
    is_inside = name == "HYPERLINK" and len(words) > 1 and words[1] == "\\l"
    if name and name not in FIELDS and not name.startswith("=") and not is_inside:
        yield _("It has the field %(name)s. Only fields that number or point inside the document are taken.") % {"name": name[:40]}
