"""The document: its page, styles, header and footer, title and contents, and where the next block goes."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from mainstay.render import palette, typography
from mainstay.render.arrange import CONTENTS_FROM
from mainstay.render.cleaning import one_line
from mainstay.render.docx.xml import NAMES, element, field, form_xml, run_xml
from mainstay.render.packing import in_utc
from mainstay.render.tree import Report, Section

ROOM_CM = 17.4
ROOM = ROOM_CM / 2.54 * 72
"""Between the margins, in points."""
STYLES: tuple[tuple[str, float, bool, str, float, float], ...] = (
    ("Normal", 10.5, False, palette.INK, 0, 5),
    ("Title", 19, True, palette.HEAD, 0, 4),
    ("Heading 1", 14, True, palette.HEAD, 18, 5),
    ("Heading 2", 12, True, palette.HEAD, 12, 4),
    ("Heading 3", 11, True, palette.HEAD, 10, 3),
    ("Heading 4", 10.5, True, palette.HEAD, 8, 3),
    ("List Bullet", 10.5, False, palette.INK, 0, 3),
    ("List Number", 10.5, False, palette.INK, 0, 3),
    ("Caption", 10, True, palette.INK, 8, 3),
    ("Quote", 10.5, False, palette.INK, 4, 1),
)


class Paper:
    """The document in the making. Blocks are put before the last section's properties, one after another."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.file: Any = Document()
        self.part: Any = self.file.part
        self.pictures = 0
        self.headings = 0
        self.lists = 0
        page = self.file.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(1.8)
        page.top_margin, page.bottom_margin = Cm(2.1), Cm(1.9)
        page.header_distance = page.footer_distance = Cm(0.9)
        self.set_styles()
        self.set_head_and_foot(page)
        self.set_properties()

    @property
    def body(self) -> Any:
        return self.file.element.body

    def put(self, xml: Any) -> Any:
        """An element at the end of the document."""
        made = parse_xml(xml) if isinstance(xml, str) else xml
        self.body.sectPr.addprevious(made)
        return made

    def paragraph(self, runs: str, style: str = "", extra: str = "") -> Any:
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        return self.put(f"<w:p {NAMES}><w:pPr>{named}{form_xml(runs, extra)}</w:pPr>{runs}</w:p>")

    def space(self) -> None:
        """A thin line after a table: two tables must not grow together."""
        self.put(f'<w:p {NAMES}><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>')

    def set_styles(self) -> None:
        for name, size, is_bold, ink, before, after in STYLES:
            style = self.file.styles[name]
            font = style.font
            font.name, font.size, font.bold, font.italic = palette.OFFICE_FONT, Pt(size), is_bold, name == "Quote"
            font.color.rgb = colour(ink)
            form = style.paragraph_format
            form.space_before, form.space_after = Pt(before), Pt(after)
            form.line_spacing = 1.1 if name == "Normal" else 1.0
            if name.startswith("Heading") or name == "Caption":
                form.keep_with_next = True
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in [one for one in fonts.attrib if "heme" in one]:
                del fonts.attrib[theme]  # a theme's font is stronger than a named one
            for script in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{script}"), palette.OFFICE_FONT)
        border = self.file.styles["Title"].element.pPr.find(qn("w:pBdr"))
        if border is not None:
            border.getparent().remove(border)
        for language in self.file.styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), self.report.language)
        self.file.styles["List Bullet"].paragraph_format.left_indent = Cm(0.63)

    def set_head_and_foot(self, page: Any) -> None:
        report, words = self.report, self.report.words
        head = page.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        told = head.add_run(one_line(report.marking))
        told.bold, told.font.size = True, Pt(10)
        foot = page.footer.paragraphs[0]
        foot.style = self.file.styles["Normal"]
        stops = foot.paragraph_format.tab_stops
        stops.add_tab_stop(Cm(ROOM_CM), 2)
        parts = [report.marking, f"{words.as_at} {typography.day(report.as_at)}", f"{words.snapshot} {report.snapshot}"]
        foot.add_run("  |  ".join(one_line(part)[:90] for part in parts) + f"\t{words.page} ")
        field(foot, "PAGE")
        foot.add_run(f" {words.of} ")
        field(foot, "NUMPAGES")
        for run in foot.runs:
            run.font.size, run.font.color.rgb = Pt(8.5), colour(palette.MUTED)

    def set_properties(self) -> None:
        told, report = self.file.core_properties, self.report
        told.title, told.author, told.last_modified_by = (
            one_line(report.title)[:250],
            one_line(report.author)[:250],
            one_line(report.author)[:250],
        )
        told.subject = one_line(f"{report.marking}; {report.words.snapshot} {report.snapshot}")[:250]
        told.language, told.keywords, told.comments, told.revision = report.language, one_line(report.snapshot)[:250], "", 1
        told.created = told.modified = in_utc(report.frozen_at).replace(tzinfo=None)

    def open(self, sections: tuple[Section, ...]) -> None:
        """Title, subtitle, stamp and, in a longer report, the findings as contents."""
        report, words = self.report, self.report.words
        self.paragraph(run_xml(one_line(report.title)), "Title")
        if report.subtitle:
            self.paragraph(run_xml(one_line(report.subtitle), ink=palette.MUTED))
        told = [f"{words.as_at} {typography.day(report.as_at)}", f"{words.snapshot} {report.snapshot}", report.author]
        self.paragraph(run_xml("   |   ".join(filter(None, map(one_line, told))), ink=palette.MUTED, half_points=18))
        if len(sections) >= CONTENTS_FROM:
            self.contents(sections)

    def contents(self, sections: tuple[Section, ...]) -> None:
        """A field of contents, filled already: the findings as links, without page numbers that could be stale."""
        self.paragraph(
            run_xml(self.report.words.contents, strong=True, ink=palette.HEAD, half_points=24),
            extra='<w:spacing w:before="160" w:after="80"/>',
        )
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\n \\h \\z </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        for at, section in enumerate(sections, 1):
            link = (
                f'<w:hyperlink w:anchor="_Toc{at:08d}" w:history="1">{run_xml(one_line(section.title), ink=palette.DATA_1)}</w:hyperlink>'
            )
            runs = (begin if at == 1 else "") + link + (end if at == len(sections) else "")
            self.paragraph(runs, extra='<w:spacing w:before="0" w:after="50"/><w:ind w:left="120"/>')

    def heading(self, text: str, level: int) -> None:
        made = self.paragraph(run_xml(one_line(text) or "—"), f"Heading{min(level, 4)}")
        if level == 1:
            self.headings += 1
            made.pPr.addnext(element("w:bookmarkStart", id=self.headings, name=f"_Toc{self.headings:08d}"))
            made.append(element("w:bookmarkEnd", id=self.headings))

    def new_list(self) -> int:
        """A numbering that begins at one, for each numbered list its own."""
        numbering = self.part.numbering_part.element
        own = self.file.styles["List Number"].element.pPr.numPr.numId.val
        abstract = next(one.abstractNumId.val for one in numbering.num_lst if one.numId == own)
        made = numbering.add_num(abstract)
        made.add_lvlOverride(0).add_startOverride(1)
        return int(made.numId)


def colour(hexadecimal: str) -> Any:
    made: Any = RGBColor
    return made.from_string(hexadecimal)
