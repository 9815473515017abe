"""Presentations as templates: a slide per project, tables that go on, marking on every slide, structure that stays whole."""

import io
from pathlib import Path

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from tests.reporting import board
from tests.reporting.templating.files import DIGEST, FACTS, checked, deck, made, said, saved

MANY = board.facts(risks=tuple(board.risk(n, "NIT-01", title=f"Risk with a title {n}") for n in range(1, 41)))


def test_fields_and_a_slide_per_project(tmp_path: Path) -> None:
    template = deck(
        ["{{initiative.title}}"], ["{{project.code}}: {{project.title}}", "{{each project sort=-code}}", "{{risks.count}} risks"], ["End"]
    )
    assert not checked(template, tmp_path, "own.pptx").faults
    assert said(made(template, "pptx")) == [
        ["Norvale Integrated Transport"], ["NIT-02: Project NIT-02", "2 risks"], ["NIT-01: Project NIT-01", "1 risks"], ["End"],
    ]  # fmt: skip


def test_a_table_goes_on_over_further_slides_with_its_head() -> None:
    template = deck(["Risks", "{{table risks columns=ref,title}}"], ["End"])
    slides = said(made(template, "pptx", MANY))
    count = len(slides) - 1
    assert count > 2
    assert [slide[0] for slide in slides] == [*(f"Risks ({number} of {count})" for number in range(1, count + 1)), "End"]
    assert all(slide[1] == "Ref. | Title" for slide in slides[:-1])
    rows = [line for slide in slides[:-1] for line in slide[2:]]
    assert rows == [f"R-{n:03d} | Risk with a title {n}" for n in range(1, 41)]


def test_overflow_stays_with_its_project() -> None:
    facts = board.facts(risks=tuple(board.risk(n, f"NIT-0{1 + n % 2}", title=f"Risk {n}") for n in range(1, 31)))
    template = deck(["{{project.code}}", "{{each project sort=code}}", "{{table risks columns=ref,title}}"])
    titles = [slide[0][:6] for slide in said(made(template, "pptx", facts))]
    assert titles == sorted(titles)
    assert titles.count("NIT-01") > 1


def test_no_shape_leaves_the_slide() -> None:
    file = Presentation(io.BytesIO(made(deck(["Risks", "{{table risks}}", "{{table milestones top=4}}"]), "pptx", MANY)))
    for slide in file.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= file.slide_width
            assert shape.top + shape.height <= file.slide_height


def test_rows_of_the_template_s_own_table() -> None:
    file = Presentation()
    slide = file.slides.add_slide(file.slide_layouts[6])
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(6), Inches(1)).table
    for column, (head, text) in enumerate((("Ref.", "{{each risk where=project:nit-02}}{{risk.ref}}"), ("Risk", "{{risk.title}}{{end}}"))):
        table.cell(0, column).text, table.cell(1, column).text = head, text
    assert said(made(saved(file), "pptx"))[0] == ["Ref. | Risk", "R-002 | Ground", "R-003 | Cheap steel"]
    assert said(made(saved(file), "pptx", board.facts()))[0] == ["Ref. | Risk", "None. | "]


def test_a_project_without_rows_and_no_project_at_all() -> None:
    template = deck(["Issues", "{{table issues columns=ref,title}}"], ["Red", "{{each project where=status:red}}"], ["End"])
    assert said(made(template, "pptx")) == [["Issues", "Ref. | Title", "None. | —"], ["End"]]


def test_every_slide_carries_the_marking_also_where_the_template_forgot_it() -> None:
    file = Presentation(io.BytesIO(made(deck(["{{project.code}}", "{{each project}}"], ["Risks", "{{table risks}}"]), "pptx", MANY)))
    lines = [[shape.text_frame.text for shape in slide.shapes if shape.name == "Marking"] for slide in file.slides]
    assert len(lines) > 3
    assert {tuple(one) for one in lines} == {(f"OFFICIAL · NIT October 2026 · as at 31 Oct 2026 · SHA-256 {DIGEST[:16]}",)}
    assert DIGEST in file.core_properties.keywords


def test_a_template_that_shows_them_itself_gets_no_second_line() -> None:
    file = Presentation(io.BytesIO(made(deck(["{{initiative.code}}", "{{marking}} {{digest_short}}"]), "pptx")))
    assert [shape.name for shape in file.slides[0].shapes if shape.name == "Marking"] == []


def test_same_facts_same_bytes_and_whole_structure() -> None:
    template = deck(["{{project.code}}", "{{each project}}", "{{table risks}}"])
    first = made(template, "pptx", MANY)
    assert first == made(template, "pptx", MANY)
    file = Presentation(io.BytesIO(first))
    assert len({slide.slide_id for slide in file.slides}) == len(file.slides)
    assert len({slide.part.partname for slide in file.slides}) == len(file.slides)


def test_unknown_names_are_told_with_their_slide(tmp_path: Path) -> None:
    faults = checked(deck(["{{initative.title}}"], ["x", "{{table risks columns=owner,chance}}"]), tmp_path, "own.pptx").faults
    assert [fault.place for fault in faults] == ["Slide 1, at “{{initative.title}}”", "Slide 2, at “{{table risks columns=owner,chance}}”"]
    assert "Did you mean initiative.title?" in faults[0].text


def test_a_value_of_several_lines() -> None:
    facts = board.facts(decisions=(board.decision(1, "NIT-01", question="One\nTwo {{marking}}"),))
    template = deck(["Decisions", "{{each decision}}\n{{decision.question}}\n{{end}}"])
    assert said(made(template, "pptx", facts))[0][0] == "Decisions"
    assert "Two {{marking}}" in "".join(said(made(template, "pptx", facts))[0])


def test_the_tables_of_the_demonstration_are_told_once() -> None:
    assert said(made(deck(["R", "{{table risks top=1 sort=-expected_cost columns=ref,expected_cost}}"]), "pptx", FACTS))[0] == [
        "R", "Ref. | Expected £m", "R-002 | 0.90", "1 of 3 shown.",
    ]  # fmt: skip


def test_a_chart_stays_on_the_first_of_the_slides_that_a_table_needs() -> None:
    file = Presentation(io.BytesIO(deck(["Risks", "{{table risks columns=ref,title}}"])))
    data = CategoryChartData()
    data.categories = ["One"]
    data.add_series("Count", [1])
    file.slides[0].shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(6), Inches(5), Inches(3), Inches(2), data)
    done = Presentation(io.BytesIO(made(saved(file), "pptx", MANY)))
    assert len(done.slides) > 2
    assert [sum(shape.has_chart for shape in slide.shapes) for slide in done.slides] == [1, *[0] * (len(done.slides) - 1)]


def test_a_slide_with_a_chart_of_its_own_is_not_repeated(tmp_path: Path) -> None:
    file = Presentation(io.BytesIO(deck(["{{project.code}}", "{{each project}}"])))
    data = CategoryChartData()
    data.categories = ["One"]
    data.add_series("Count", [1])
    file.slides[0].shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(6), Inches(5), Inches(3), Inches(2), data)
    assert "cannot be repeated" in checked(saved(file), tmp_path, "own.pptx").faults[0].text
