"""Word templates: fields, split runs, repeated blocks and rows, tables, and nothing of a value read as a token."""

import io
from pathlib import Path

from docx import Document
from docx.shared import Pt

from tests.reporting.templating.files import DIGEST, FACTS, checked, made, rows_of, saved, texts, word, word_table


def test_fields(tmp_path: Path) -> None:
    template = word("{{initiative.code}}: {{initiative.title}}, as at {{as_at}}", "{{initiative.budget}} {{risks.count}}")
    assert not checked(template, tmp_path).faults
    assert texts(made(template)) == ["NIT: Norvale Integrated Transport, as at 31\u00a0Oct\u00a02026", "none 3"]


def test_a_token_split_over_runs_keeps_the_looks_of_its_first() -> None:
    file = Document()
    paragraph = file.add_paragraph("Of ")
    for text, is_bold in (("{", True), ("{initia", False), ("tive.co", False), ("de}", False), ("} it is", False)):
        paragraph.add_run(text).bold = is_bold
    done = Document(io.BytesIO(made(saved(file)))).paragraphs[0]
    assert done.text == "Of NIT it is"
    assert [(run.text, run.bold) for run in done.runs if run.text] == [("Of ", None), ("NIT", True), (" it is", False)]


def test_a_value_is_never_read_as_a_token() -> None:
    assert texts(made(word("{{each risk where=ref:r-001}}", "{{risk.title}}", "{{end}}"))) == ["Gate {{marking}} slips"]


def test_a_block_for_each_project_narrows_its_lists() -> None:
    template = word(
        "{{each project sort=code}}",
        "{{project.code}} has {{risks.count}}",
        "{{each risk}}",
        "- {{risk.ref}}",
        "{{end}}",
        "{{end}}",
        "Last",
    )
    assert texts(made(template)) == ["NIT-01 has 1", "- R-001", "NIT-02 has 2", "- R-002", "- R-003", "Last"]


def test_a_row_for_each_with_sort_filter_and_top() -> None:
    template = word_table(
        [
            ["Ref.", "Risk", "Expected"],
            ["{{each risk sort=-expected_cost where=nature:threat top=1}}{{risk.ref}}", "{{risk.title}}", "{{risk.expected_cost}}{{end}}"],
        ]
    )
    assert rows_of(made(template)) == [["Ref.", "Risk", "Expected"], ["R-002", "Ground", "£0.90m"]]


def test_rows_of_an_empty_list_say_so() -> None:
    template = word_table([["{{each issue}}{{issue.ref}}", "{{issue.title}}{{end}}"]])
    assert rows_of(made(template)) == [["None.", ""]]


def test_a_table_with_what_is_left_out() -> None:
    done = made(word("{{table risks top=2 sort=-expected_cost columns=ref,expected_cost}}"))
    assert rows_of(done) == [["Ref.", "Expected £m"], ["R-002", "0.90"], ["R-001", "0.50"]]
    assert texts(done) == ["2 of 3 shown."]


def test_an_empty_table_says_so() -> None:
    assert rows_of(made(word("{{table issues columns=ref,title}}")))[1] == ["None.", ""]


def test_header_and_text_box_and_lines() -> None:
    file = Document()
    file.sections[0].header.paragraphs[0].text = "{{marking}} {{digest}}"
    file.add_paragraph("x")
    done = Document(io.BytesIO(made(saved(file))))
    assert done.sections[0].header.paragraphs[0].text == f"OFFICIAL {DIGEST}"
    assert "".join(paragraph.text for paragraph in done.sections[0].footer.paragraphs) == ""


def test_a_template_without_marking_gets_it_in_footer_and_properties() -> None:
    done = Document(io.BytesIO(made(word("{{initiative.code}}"))))
    footer = "".join(paragraph.text for paragraph in done.sections[0].footer.paragraphs)
    assert footer == f"OFFICIAL · NIT October 2026 · as at 31 Oct 2026 · SHA-256 {DIGEST[:16]}"
    assert DIGEST in done.core_properties.keywords
    assert "OFFICIAL" in done.core_properties.keywords


def test_the_same_facts_and_template_give_the_same_bytes() -> None:
    template = word("{{initiative.code}}", "{{table risks}}")
    assert made(template) == made(template, facts=FACTS)


def test_unknown_names_are_told_with_place_and_near_names(tmp_path: Path) -> None:
    faults = checked(
        word(
            "Of {{intiative.title}}",
            "{{table risk columns=ref,tilte}}",
            "{{project.code}}",
            "{{each project}}",
            "{{project.cod}}",
            "{{chart finsh}}",
        ),
        tmp_path,
    ).faults
    said = {fault.text: fault.place for fault in faults}
    assert said["{{intiative.title}} is not known. Did you mean initiative.title?"] == "Text, at “Of {{intiative.title}}”"
    assert "risks have no column tilte. Did you mean title?" in said
    assert "{{project.code}} is known only between {{each project}} and {{end}}." in said
    assert "{{chart finsh}} is not known. Did you mean chart finish?" in said
    assert any(text.startswith("{{each project}} has no {{end}}") for text in said)


def test_tokens_in_the_wrong_place_are_told(tmp_path: Path) -> None:
    faults = checked(word("See {{table risks}} here", "{{end}}"), tmp_path).faults
    assert [fault.text for fault in faults] == [
        "{{table risks}} needs a paragraph of its own.", "This {{end}} has no {{each …}} before it.",
    ]  # fmt: skip


def test_a_template_without_tokens_is_told(tmp_path: Path) -> None:
    assert "holds no token" in checked(word("Nothing"), tmp_path).faults[0].text


def test_a_size_in_the_house_style_stays() -> None:
    file = Document()
    file.add_paragraph().add_run("{{initiative.code}}").font.size = Pt(31)
    assert Document(io.BytesIO(made(saved(file)))).paragraphs[0].runs[0].font.size == Pt(31)
