"""Write the templates that are shipped anew: `.venv/bin/python scripts/write_templates.py`. Plain files, for anybody to edit."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from pptx import Presentation
from pptx.dml.color import RGBColor as SlideColour
from pptx.util import Inches
from pptx.util import Pt as SlidePt
from xlsxwriter import Workbook

from mainstay.render.packing import repacked

PLACE = Path(__file__).resolve().parents[1] / "src/mainstay/reporting/template/shipped"
WRITTEN = datetime(2026, 11, 30, tzinfo=UTC)
INK, HEAD, MUTED = "1B2733", "1F3A55", "51606E"
FOOT = "{{marking}} · {{initiative.code}} {{snapshot}} · as at {{as_at}} · SHA-256 {{digest_short}}"

MILESTONES = (
    ("Milestone", "{{each milestone sort=expected top=12}}{{milestone.ref}} {{milestone.title}}", 7.2),
    ("Baseline", "{{milestone.baseline}}", 2.7),
    ("Expected", "{{milestone.expected}}", 2.7),
    ("Days late", "{{milestone.slip}}", 1.9),
    ("Standing", "{{milestone.standing}}{{end}}", 2.5),
)
RISKS = (
    ("Risk", "{{each risk sort=-expected_cost top=5 where=state:open}}{{risk.ref}} {{risk.title}}", 6.2),
    ("Owner", "{{risk.owner}}", 2.6),
    ("Chance", "{{risk.probability}}", 1.8),
    ("Expected", "{{risk.expected_cost}}", 2.0),
    ("Response", "{{risk.response_plan}}{{end}}", 4.4),
)
ASKED = (
    ("Decision", "{{each decision where=state:asked sort=needed_by}}{{decision.ref}} {{decision.title}}", 6.4),
    ("Who decides", "{{decision.forum}}", 3.2),
    ("By", "{{decision.needed_by}}", 2.6),
    ("If not decided", "{{decision.if_not}}{{end}}", 4.8),
)
MOVED = (
    ("What moved", "{{each move top=10}}{{move.title}}: {{move.item}}", 5.8),
    ("Before", "{{move.before}}", 2.8),
    ("After", "{{move.after}}", 2.8),
    ("Reason", "{{move.reason}}{{end}}", 5.6),
)


def document() -> Any:
    file: Any = Document()
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    normal = file.styles["Normal"]
    set_face(normal, 10.5, INK, is_bold=False)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in (("Title", 22), ("Heading 1", 16), ("Heading 2", 12)):
        set_face(file.styles[name], size, HEAD, is_bold=True)
    file.styles["Heading 1"].paragraph_format.page_break_before = True
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph, text in ((head, "{{marking}}"), (foot, FOOT)):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string(MUTED)
    return file


def set_face(style: Any, size: float, ink: str, *, is_bold: bool) -> None:
    style.font.name, style.font.size, style.font.bold = "Arial", Pt(size), is_bold
    style.font.color.rgb = RGBColor.from_string(ink)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), "Arial")


def rows(file: Any, columns: tuple[tuple[str, str, float], ...]) -> None:
    """A table of the house: a head that is repeated on each page, and one row of tokens."""
    table = file.add_table(2, len(columns))
    table.autofit = False
    for at, (head, token, wide) in enumerate(columns):
        for line, text in enumerate((head, token)):
            cell = table.cell(line, at)
            cell.width = Cm(wide)
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.font.bold = Pt(9), line == 0
            cell.paragraphs[0].paragraph_format.space_before = cell.paragraphs[0].paragraph_format.space_after = Pt(3)
            if line == 0:
                run.font.color.rgb = RGBColor.from_string("FFFFFF")
                cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{HEAD}"/>'))
    for column, (_head, _token, wide) in zip(table.columns, columns, strict=True):
        column.width = Cm(wide)
    properties = table._tbl.tblPr
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="C8D0D8"/>' for side in ("top", "bottom", "insideH"))
    properties.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>"))
    for at, tag in ((0, "w:tblHeader"), (0, "w:cantSplit"), (1, "w:cantSplit")):
        table.rows[at]._tr.get_or_add_trPr().append(parse_xml(f"<{tag} {nsdecls('w')}/>"))
    file.add_paragraph()


def facts(file: Any, pairs: tuple[tuple[str, str], ...]) -> None:
    for label, token in pairs:
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(f"{label}: ")
        run.font.color.rgb = RGBColor.from_string(MUTED)
        paragraph.add_run(token)


def highlight_report() -> bytes:
    file = document()
    file.add_paragraph("Highlight report, {{snapshot}}", "Title")
    file.add_paragraph("{{initiative.code}} {{initiative.title}}: {{initiative.status}}. {{initiative.why}}")
    file.add_paragraph("{{table projects columns=code,title,claimed,status,plan_finish,finish_p80}}")
    file.add_paragraph("{{each project}}")
    file.add_paragraph("{{project.code}} {{project.title}}", "Heading 1")
    facts(file, (
        ("Measured", "{{project.status}}. {{project.why}}"), ("Claimed", "{{project.claimed}}. {{project.own_words}}"),
        ("Manager", "{{project.manager}}; sponsor {{project.sponsor}}"),
        ("Finish", "plan {{project.plan_finish}}, P50 {{project.finish_p50}}, P80 {{project.finish_p80}}, approved {{project.ends_on}}"),
        ("Money", "budget {{project.budget}}, cost P50 {{project.cost_p50}}, P80 {{project.cost_p80}}"),
    ))  # fmt: skip
    for title, columns in (("Milestones", MILESTONES), ("What moved and why", MOVED), ("Top risks", RISKS), ("Decisions asked", ASKED)):
        file.add_paragraph(title, "Heading 2")
        rows(file, columns)
    file.add_paragraph("{{end}}")
    return written(file)


def exception_report() -> bytes:
    file = document()
    file.add_paragraph("Exception report, {{snapshot}}", "Title")
    file.add_paragraph("{{initiative.code}} {{initiative.title}}: {{initiative.status}}. {{initiative.why}}")
    file.add_paragraph("Tolerances that are passed", "Heading 2")
    file.add_paragraph("{{each exception sort=needed_by top=6}}")
    paragraph = file.add_paragraph()
    paragraph.add_run("{{exception.project}} {{exception.ref}} {{exception.title}}").font.bold = True
    facts(file, (
        ("Deviation", "{{exception.deviation}}"), ("Cause", "{{exception.cause}}"), ("Consequences", "{{exception.consequences}}"),
        ("Options", "{{exception.options}}"), ("Recommended", "{{exception.recommendation}}"), ("Lessons", "{{exception.lessons}}"),
        ("Stands, needed by", "{{exception.state}}, {{exception.needed_by}}"),
        ("Decision", "{{exception.decision}}. {{exception.outcome}}"),
    ))  # fmt: skip
    file.add_paragraph("{{end}}")
    file.add_paragraph("What the board is asked", "Heading 2")
    file.add_paragraph("{{each decision where=state:asked sort=needed_by top=3}}")
    paragraph = file.add_paragraph()
    paragraph.add_run("{{decision.title}}").font.bold = True
    facts(file, (
        ("Because", "{{decision.because}}"), ("Options", "{{decision.options}}"), ("Cost", "{{decision.cost}}"),
        ("Who decides, by when", "{{decision.forum}}, {{decision.needed_by}}"), ("If not decided", "{{decision.if_not}}"),
    ))  # fmt: skip
    file.add_paragraph("{{end}}")
    file.add_paragraph("What is beyond its limits", "Heading 2")
    file.add_paragraph("{{table projects where=status:red columns=code,title,why,plan_finish,finish_p80,cost_p80}}")
    file.add_paragraph("{{each project where=status:red}}")
    file.add_paragraph("{{project.code}} {{project.title}}", "Heading 1")
    facts(file, (("Measured", "{{project.status}}. {{project.why}}"), ("Claimed", "{{project.claimed}}. {{project.own_words}}")))
    for title, columns in (("Milestones", MILESTONES), ("What moved and why", MOVED), ("Top risks", RISKS)):
        file.add_paragraph(title, "Heading 2")
        rows(file, columns)
    file.add_paragraph("Who else is touched", "Heading 2")
    file.add_paragraph("{{table dependencies columns=ref,giver,project,title,needed_by,forecast,buffer}}")
    file.add_paragraph("What was not known", "Heading 2")
    file.add_paragraph("{{table gaps columns=title,count}}")
    file.add_paragraph("{{end}}")
    return written(file)


def dashboard() -> bytes:
    """A workbook: lists as tables of Excel, and a first sheet that counts them by formulas, with a chart of its own."""
    held = BytesIO()
    file = Workbook(held, {"in_memory": True})
    file.set_properties({"created": WRITTEN.replace(tzinfo=None)})
    bold, head = (
        file.add_format({"bold": True, "font_size": 14}),
        file.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": f"#{HEAD}"}),
    )
    wrapped = file.add_format({"text_wrap": True, "valign": "top"})
    front = file.add_worksheet("Dashboard")
    front.set_column(0, 0, 26)
    front.set_column(1, 1, 22)
    front.write(0, 0, "{{initiative.title}}", bold)
    for at, (label, token) in enumerate(ABOUT, 1):
        front.write(at, 0, label)
        front.write(at, 1, token)
    front.write_row(11, 0, ("Projects measured", "Count"), head)
    for at, word in enumerate(("Red", "Amber", "Green", "Not measured"), 12):
        front.write(at, 0, word)
        front.write_formula(at, 1, f'=COUNTIF(Projects!$C$2:$C$501,"*"&SUBSTITUTE(A{at + 1}," ",CHAR(160)))')
    chart: Any = file.add_chart({"type": "bar"})
    chart.add_series(
        {"name": "Projects", "categories": "=Dashboard!$A$13:$A$16", "values": "=Dashboard!$B$13:$B$16", "fill": {"color": "#1F5F99"}}
    )
    chart.set_title({"name": "Projects by measured status"})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    front.insert_chart("D2", chart, {"description": "Projects by measured status, counted in the table beside it."})
    front.set_landscape()
    front.fit_to_pages(1, 1)
    for name, one, order, columns in LISTED:
        sheet = file.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        tokens = [f"{{{{{one}.{column}}}}}" for column, _head, _wide in columns]
        tokens[0], tokens[-1] = f"{{{{each {one}{order}}}}}{tokens[0]}", f"{tokens[-1]}{{{{end}}}}"
        heads = [{"header": title, "header_format": head} for _column, title, _wide in columns]
        sheet.add_table(0, 0, 1, len(columns) - 1, {"name": f"tbl{name}", "columns": heads, "data": [tokens]})
        for at, (token, (_column, _head, wide)) in enumerate(zip(tokens, columns, strict=True)):
            sheet.set_column(at, at, wide)
            sheet.write(1, at, token, wrapped)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    file.close()
    return repacked(held.getvalue(), WRITTEN)


ABOUT = (
    ("Measured", "{{initiative.status}}"), ("Snapshot", "{{snapshot}}"), ("As at", "{{as_at}}"), ("Marking", "{{marking}}"),
    ("Finish P50", "{{initiative.finish_p50}}"), ("Finish P80", "{{initiative.finish_p80}}"), ("Budget, £", "{{initiative.budget}}"),
    ("Cost P80, £", "{{initiative.cost_p80}}"), ("SHA-256", "{{digest_short}}"),
)  # fmt: skip
LISTED = (
    ("Projects", "project", "", (
        ("code", "Project", 12), ("title", "Title", 30), ("status", "Measured", 14), ("claimed", "Claimed", 16), ("why", "Why", 90),
        ("plan_finish", "Plan finishes", 14), ("finish_p50", "Finish P50", 14), ("finish_p80", "Finish P80", 14),
        ("budget", "Budget, £", 14),
        ("cost_p80", "Cost P80, £", 14), ("manager", "Manager", 20),
    )),
    ("Milestones", "milestone", " sort=expected", (
        ("project", "Project", 12), ("ref", "Ref.", 10), ("title", "Milestone", 40), ("baseline", "Baseline", 14),
        ("expected", "Expected", 14), ("slip", "Days late", 12), ("standing", "Standing", 14), ("owner", "Owner", 20),
    )),
    ("Risks", "risk", " sort=-expected_cost", (
        ("project", "Project", 12), ("ref", "Ref.", 10), ("title", "Risk", 50), ("nature", "Nature", 14), ("owner", "Owner", 20),
        ("probability", "Chance", 10), ("expected_cost", "Expected, £", 14), ("response_plan", "Plan", 40), ("state", "State", 12),
    )),
    ("Dependencies", "dependency", " sort=needed_by", (
        ("ref", "Ref.", 10), ("giver", "Giver", 12), ("project", "Receiver", 12), ("title", "What", 40), ("needed_by", "Needed by", 14),
        ("forecast", "Promised now", 14), ("buffer", "Days to spare", 14), ("standing", "Standing", 14),
    )),
)  # fmt: skip


def presentation(wide: float = 13.333, high: float = 7.5) -> tuple[Any, Any]:
    """Wide slides with one layout: a title, and the line of the marking on its master."""
    file: Any = Presentation()
    file.slide_width, file.slide_height = Inches(wide), Inches(high)
    layouts = file.slide_layouts
    kept = layouts[5]
    for layout in list(layouts):
        if layout is not kept:
            layouts.remove(layout)
    master = file.slide_master
    for part in (master, kept):
        for shape in list(part.placeholders):
            if shape.placeholder_format.type == 1:
                shape.left, shape.top, shape.width, shape.height = Inches(0.5), Inches(0.3), Inches(wide - 1), Inches(0.85)
            else:
                shape._element.getparent().remove(shape._element)
    style = master._element.find(f".//{{{NS_P}}}titleStyle/{{{NS_A}}}lvl1pPr")
    style.set("algn", "l")
    looks = style.find(f"{{{NS_A}}}defRPr")
    looks.set("sz", "2200")
    looks.set("b", "1")
    for scheme in master.part.package.iter_parts():
        if str(scheme.partname).startswith("/ppt/theme/"):
            scheme._blob = scheme.blob.replace(b'typeface="Calibri"', b'typeface="Arial"')
    return file, kept


NS_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
NS_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def words(shapes: Any, text: str, place: tuple[float, float, float, float], size: float, ink: str = INK) -> Any:
    box = shapes.add_textbox(*(Inches(one) for one in place))
    frame = box.text_frame
    frame.word_wrap = True
    for at, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.color.rgb = SlidePt(size), SlideColour.from_string(ink)
    return box


def board_slides() -> bytes:
    file, layout = presentation()
    slides: tuple[tuple[str, tuple[tuple[str, tuple[float, float, float, float], float], ...]], ...] = (
        ("{{initiative.title}}: {{initiative.status}}", (
            (("{{initiative.why}}\nFinish: plan {{initiative.plan_finish}}, P50 {{initiative.finish_p50}}, P80 {{initiative.finish_p80}}. "
             "Cost: budget {{initiative.budget}}, P80 {{initiative.cost_p80}}."), (0.5, 1.15, 12.33, 0.9), 14),
            ("{{table projects columns=code,title,claimed,status,why,finish_p50,finish_p80}}", (0.5, 2.15, 12.33, 4.8), 12),
        )),
        ("{{finding.decisions}}", (
            ("{{table decisions where=state:asked sort=needed_by columns=project,ref,title,because,forum,needed_by,cost,if_not}}",
             (0.5, 1.3, 12.33, 5.6), 12),
        )),
        ("{{finding.moves}}", (("{{table moves columns=project,title,item,before,after,reason}}", (0.5, 1.3, 12.33, 5.6), 12),)),
        ("{{finding.risks}}", (
            (("{{table risks top=10 sort=-expected_cost where=state:open "
              "columns=project,ref,title,owner,probability,expected_cost,response_plan}}"), (0.5, 1.3, 12.33, 5.6), 12),
        )),
        ("Finish and cost: what the simulation says", (
            ("{{chart finish}}", (0.5, 1.3, 6.0, 5.6), 12), ("{{chart cost}}", (6.8, 1.3, 6.0, 5.6), 12),
        )),
        ("{{project.code}} {{project.title}}: {{project.status}}", (
            ("{{each project}}", (0.5, 7.6, 3, 0.3), 9),
            (("{{project.why}}\nClaimed: {{project.claimed}}. {{project.own_words}}\n"
              "Manager {{project.manager}}. Finish: plan {{project.plan_finish}}, P80 {{project.finish_p80}}, "
              "approved {{project.ends_on}}."),
             (0.5, 1.15, 12.33, 1.2), 13),
            ("{{table milestones sort=expected columns=ref,title,baseline,expected,slip,standing}}", (0.5, 2.5, 6.6, 4.4), 12),
            ("{{table risks sort=-expected_cost where=state:open columns=ref,title,owner,expected_cost}}", (7.4, 2.5, 5.43, 4.4), 12),
        )),
    )  # fmt: skip
    for title, boxes in slides:
        add_slide(file, layout, title, boxes)
    return with_foot(file, 12.33, 7.13)


def one_page() -> bytes:
    """One sheet of A3: the same titles and rules, the most important rows of each list."""
    file, layout = presentation(16.54, 11.69)
    add_slide(file, layout, "{{initiative.title}}: {{initiative.status}}", (
        (("{{initiative.why}} Finish: plan {{initiative.plan_finish}}, P50 {{initiative.finish_p50}}, P80 {{initiative.finish_p80}}. "
          "Cost: budget {{initiative.budget}}, P80 {{initiative.cost_p80}}."), (0.5, 1.1, 15.54, 0.6), 13),
        ("{{table projects top=12 columns=code,claimed,status,why,finish_p80}}", (0.5, 1.8, 8.6, 4.4), 11),
        ("{{finding.decisions}}", (9.4, 1.75, 6.64, 0.4), 13),
        ("{{table decisions top=4 where=state:asked sort=needed_by columns=ref,title,forum,needed_by,cost}}", (9.4, 2.2, 6.64, 2.3), 11),
        ("{{finding.risks}}", (9.4, 4.55, 6.64, 0.4), 13),
        ("{{table risks top=5 sort=-expected_cost where=state:open columns=ref,title,owner,expected_cost}}", (9.4, 5.0, 6.64, 2.6), 11),
        ("{{finding.moves}}", (0.5, 6.3, 8.6, 0.4), 13),
        ("{{table moves top=8 columns=project,title,item,before,after}}", (0.5, 6.75, 8.6, 4.2), 11),
        ("{{chart finish}}", (9.4, 7.7, 3.3, 3.3), 11), ("{{chart cost}}", (12.75, 7.7, 3.3, 3.3), 11),
    ))  # fmt: skip
    return with_foot(file, 15.54, 11.3)


def add_slide(file: Any, layout: Any, title: str, boxes: tuple[tuple[str, tuple[float, float, float, float], float], ...]) -> None:
    slide = file.slides.add_slide(layout)
    slide.shapes.title.text = title
    for text, place, size in boxes:
        words(slide.shapes, text, place, size)


def with_foot(file: Any, wide: float, at: float) -> bytes:
    foot = words(file.slides[0].shapes, FOOT, (0.5, at, wide, 0.25), 9, MUTED)
    file.slide_master._element.cSld.spTree.append(foot._element)  # every slide shows it
    return written(file)


def written(file: Any) -> bytes:
    core = file.core_properties
    core.author = core.last_modified_by = "Mainstay"
    core.title, core.comments = "", ""
    held = BytesIO()
    file.save(held)
    return repacked(held.getvalue(), WRITTEN)


WRITERS = {
    "highlight-report.docx": highlight_report,
    "board-slides.pptx": board_slides,
    "exception-report.docx": exception_report,
    "portfolio-dashboard.xlsx": dashboard,
    "one-page-a3.pptx": one_page,
}

if __name__ == "__main__":
    PLACE.mkdir(exist_ok=True)
    for name, make in WRITERS.items():
        (PLACE / name).write_bytes(make())
        print(PLACE / name)
