"""What a reader finds in each written format: its words, without looks."""

import html
import io
import re
import zipfile

from lxml import etree

from mainstay.render import write
from mainstay.render.html import fragment
from mainstay.render.tree import Report

TEXTS = {
    "docx": r"word/(document|header\d|footer\d)\.xml",
    "pptx": r"ppt/(slides|slideLayouts)/[^/]+\.xml",
    "xlsx": r"xl/(sharedStrings|worksheets/sheet\d+)\.xml",
}
PARAGRAPHS = {"p", "si", "oddHeader", "oddFooter"}
RUNS = {"t", "oddHeader", "oddFooter"}


def plain(words: str) -> str:
    """Spaces and places to break made alike, so that formats can be compared."""
    return re.sub(r"\s+", " ", words.replace("\u00a0", " ").replace("\u200b", "")).strip()


def parts(package: bytes, pattern: str = r".*\.(xml|rels)") -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if re.fullmatch(pattern, name)}


def told(root: etree._Element) -> str:
    found = []
    for one in root.iter():
        name = etree.QName(one).localname if isinstance(one.tag, str) else ""
        if name in RUNS:
            found.append(one.text or "")
        if name in PARAGRAPHS or name == "br":
            found.append("\n")
    return "".join(found)


def words_of(report: Report, kind: str) -> str:
    """All words of the report in one format."""
    if kind == "html":
        return plain(html.unescape(re.sub(r"<[^>]+>", " ", fragment(report))))
    written = write(report, "docx" if kind == "docx" else "pptx" if kind == "pptx" else "xlsx")
    return plain(" ".join(told(etree.fromstring(part)) for part in parts(written, TEXTS[kind]).values()))
