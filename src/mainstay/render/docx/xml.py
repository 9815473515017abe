"""Small elements of the text document's XML that its library has no words for."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn

from mainstay.render import palette
from mainstay.render.blocks import Run
from mainstay.render.cleaning import runs_leftward, safe_link

NAMES = nsdecls("w", "r")
LEFTWARD = "<w:rtl/>"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def element(tag: str, **values: str | int) -> Any:
    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def outside(link: str) -> str:
    """The address when it leads somewhere from a file; a path of this site does not."""
    address = safe_link(link)
    return address if "://" in address or address.startswith("mailto:") else ""


def run_xml(text: str, *, strong: bool = False, italic: bool = False, ink: str = "", half_points: int = 0, style: str = "") -> str:
    """A run; lines of the text are kept."""
    looks = f'<w:rStyle w:val="{style}"/>' if style else ""
    looks += ("<w:b/><w:bCs/>" if strong else "") + ("<w:i/><w:iCs/>" if italic else "")
    looks += f'<w:color w:val="{ink}"/>' if ink else ""
    looks += f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points else ""
    looks += LEFTWARD if runs_leftward(text) else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(line.replace("\t", " ")) for line in text.split("\n"))
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{lines}</w:t></w:r>'


def form_xml(runs: str, form: str) -> str:
    """The form of a paragraph, and its direction when its first run is written from right to left."""
    if LEFTWARD not in runs.partition("</w:r>")[0]:
        return form
    places = [at for tag in ("<w:spacing", "<w:ind", "<w:jc") if (at := form.find(tag)) >= 0]  # the format wants its elements in order
    at = min(places, default=len(form))
    return f"{form[:at]}<w:bidi/>{form[at:]}"


def runs_xml(runs: tuple[Run, ...], part: Any, *, half_points: int = 0, ink: str = "", strong: bool = False, italic: bool = False) -> str:
    """Runs with their looks and links; `part` keeps the addresses."""
    made = []
    for run in runs:
        link = outside(run.link)
        bold, slanted = strong or run.strong, italic or run.emphasis
        if link:
            number = part.relate_to(link, LINKS, is_external=True)
            shown = run_xml(run.text, strong=bold, italic=slanted, ink=palette.DATA_1, half_points=half_points, style="Hyperlink")
            made.append(f"<w:hyperlink r:id={quoteattr(number)}>{shown}</w:hyperlink>")
        else:
            made.append(run_xml(run.text, strong=bold, italic=slanted, ink=ink, half_points=half_points))
    return "".join(made)


def field(paragraph: Any, code: str, shown: str = "1") -> None:
    """A field that the office works out: the page, the number of pages."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
        elif kind:
            run._r.append(element("w:fldChar", fldCharType=kind))
        else:
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = text
            run._r.append(told)
