"""The marking and the line that proves where a pack comes from: in the properties always, on the page where the template forgot them."""

from typing import Any

from django.utils.translation import gettext as _
from docx.shared import Pt

from mainstay.render import palette
from mainstay.render.cleaning import one_line
from mainstay.render.packing import in_utc
from mainstay.render.pptx.shapes import add_words, said
from mainstay.render.typography import day
from mainstay.reporting.templating import slides, word
from mainstay.reporting.templating.naming import Source
from mainstay.reporting.templating.workbook import Workbook, tag

INCH = 914_400
PROOFS = frozenset({"digest", "digest_short"})


def mark(file: Any, kind: str, source: Source) -> None:
    """Before the template is filled, while its tokens can still be read."""
    set_properties(file.core_properties, source)
    if kind == "docx":
        mark_document(file, source)
    elif kind == "pptx":
        mark_slides(file, source)
    elif kind == "xlsx":
        mark_sheets(file, source)


def line_of(source: Source) -> str:
    """`OFFICIAL · SCR October 2026 · as at 31 Oct 2026 · SHA-256 0123456789abcdef`."""
    facts = source.facts
    as_at = _("as at %(day)s") % {"day": day(facts.frozen_on)}
    return one_line(f"{facts.marking} · {facts.initiative.code} {facts.name} · {as_at} · SHA-256 {source.digest[:16]}")


def set_properties(core: Any, source: Source) -> None:
    """No account and no time of writing: who reads the file sees the snapshot's."""
    facts = source.facts
    core.title = one_line(f"{facts.initiative.code} {facts.initiative.title}, {facts.name}")[:255]
    core.subject = line_of(source)[:255]
    core.keywords = one_line(f"{facts.marking}, SHA-256 {source.digest}")[:255]
    core.category = one_line(facts.marking)[:255]
    core.author = core.last_modified_by = one_line(facts.initiative.office or _("Programme office"))[:255]
    core.revision = 1
    core.created = core.modified = in_utc(facts.frozen_at).replace(tzinfo=None)
    core.last_printed = core.created


def is_marked(names: set[str]) -> bool:
    return "marking" in names and bool(names & PROOFS)


def mark_document(file: Any, source: Source) -> None:
    if is_marked(word.names_in_margins(file)):
        return
    for number, section in enumerate(file.sections):
        footers = [section.footer]
        footers += [section.first_page_footer] if section.different_first_page_header_footer else []
        footers += [section.even_page_footer] if file.settings.odd_and_even_pages_header_footer else []
        for footer in footers:
            if number and footer.is_linked_to_previous:
                continue
            run = footer.add_paragraph().add_run(line_of(source))
            run.font.size = Pt(8)


def mark_slides(file: Any, source: Source) -> None:
    """A line at the foot of each slide that neither shows it nor stands on a layout that does."""
    for slide in file.slides:
        if is_marked(slides.names_on(slide)):
            continue
        wide, high = file.slide_width / INCH, file.slide_height / INCH
        told = [[said(line_of(source), ink=palette.MUTED)]]
        add_words(slide.shapes, (0.3, high - 0.26, wide - 0.6, 0.2), told, 8, name=_("Marking"))


AFTER_FOOT = (
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
    "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""What follows the foot of a sheet in its part; the format wants its elements in order."""


def mark_sheets(file: Workbook, source: Source) -> None:
    """The line in the foot of each printed sheet; where the template has a foot of its own, in the head."""
    line = "&C&8" + line_of(source).replace("&", "&&")
    for sheet in file.sheets:
        held = sheet.root.find(tag("headerFooter"))
        if held is None:
            held = sheet.root.makeelement(tag("headerFooter"), {})
            later = next((one for one in sheet.root if isinstance(one.tag, str) and one.tag in map(tag, AFTER_FOOT)), None)
            sheet.root.append(held) if later is None else later.addprevious(held)
        foot, head = held.find(tag("oddFooter")), held.find(tag("oddHeader"))
        if foot is None:
            foot = held.makeelement(tag("oddFooter"), {})
            held.insert(0 if head is None else 1, foot)
            foot.text = line
        elif head is None:
            head = held.makeelement(tag("oddHeader"), {})
            held.insert(0, head)
            head.text = line
