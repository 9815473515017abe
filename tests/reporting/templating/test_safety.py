"""What a template may not bring is refused with its place: code, fields that fetch, links that load, embedded objects."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from mainstay.reporting.template import shipped
from mainstay.reporting.templating.filling import TemplateFault
from tests.reporting import board
from tests.reporting.templating.files import checked, deck, made, part, saved, with_part, word

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "word/_rels/document.xml.rels"


def with_relation(content: bytes, kind: str, target: str, mode: str = "", name: str = RELS) -> bytes:
    external = f' TargetMode="{mode}"' if mode else ""
    made = f'<Relationship Id="rId99" Type="{RELATIONS}/{kind}" Target="{target}"{external}/></Relationships>'
    return with_part(content, name, part(content, name).replace(b"</Relationships>", made.encode()))


def with_field(code: str, *, is_split: bool = False) -> bytes:
    file = Document()
    paragraph = file.add_paragraph("{{marking}}")
    for kind in ("begin", "instr", "end"):
        run = paragraph.add_run()
        if kind != "instr":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
            continue
        for text in (code[:3], code[3:]) if is_split else (code,):
            told = OxmlElement("w:instrText")
            told.text = text
            run._r.append(told)
    return saved(file)


@pytest.mark.parametrize("token", [
    "{{ __class__ }}", "{{initiative.__class__.__mro__}}", "{{initiative.pk}}", "{{initiative.path}}", "{{facts.chain}}",
    "{{settings.secret}}",
    "{{cycler.__init__.__globals__.os.popen('id').read()}}", "{{9**9999999}}", "{% for x in range(9) %}{{x}}{% endfor %}",
    "{{risk.user.password}}",
    "{{ ''.join(['a']*10**9) }}", "{{request.user}}", "{{config}}", "{{self._TemplateReference__context}}",
])  # fmt: skip
def test_what_is_no_name_of_the_catalogue_is_refused(token: str, tmp_path: Path) -> None:
    assert checked(word(token), tmp_path).faults


@pytest.mark.parametrize("code", [
    "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe", "DDE excel", "INCLUDETEXT c:\\\\a.docx", "INCLUDEPICTURE http://example.org/a.png",
    "IMPORT a", "LINK Excel.Sheet", "MACROBUTTON Run", "DATABASE", "HYPERLINK http://example.org", "QUOTE 1", "ASK a", "FILLIN",
])  # fmt: skip
@pytest.mark.parametrize("is_split", [False, True])
def test_fields_that_fetch_or_run_are_refused(code: str, is_split: bool, tmp_path: Path) -> None:
    faults = checked(with_field(code, is_split=is_split), tmp_path).faults
    assert any("It has the field" in fault.text and fault.place == "word/document.xml" for fault in faults)


@pytest.mark.parametrize("code", [" PAGE ", "NUMPAGES", 'TOC \\o "1-3"', "HYPERLINK \\l here", "STYLEREF Title"])
def test_fields_that_number_and_point_inside_stay(code: str, tmp_path: Path) -> None:
    assert not checked(with_field(code), tmp_path).faults


@pytest.mark.parametrize(("kind", "target", "mode"), [
    ("image", "http://example.org/pixel.png", "External"), ("oleObject", "embeddings/a.bin", ""), ("oleObject", "file:///c:/a", "External"),
    ("package", "embeddings/a.docx", ""), ("frame", "http://example.org", "External"), ("subDocument", "file:///a.docx", "External"),
    ("hyperlink", "file:///c:/windows", "External"), ("hyperlink", "javascript:alert(1)", "External"),
    ("hyperlink", "\\\\host\\share", "External"),
    ("control", "activeX/a.xml", ""), ("aFChunk", "a.html", ""), ("attachedTemplate", "a.dotx", ""), ("vbaProject", "a", ""),
])  # fmt: skip
def test_relations_out_of_the_file_are_refused(kind: str, target: str, mode: str, tmp_path: Path) -> None:
    assert [fault.place for fault in checked(with_relation(word("{{marking}}"), kind, target, mode), tmp_path).faults] == [RELS]


def test_a_link_that_a_reader_chooses_to_follow_stays(tmp_path: Path) -> None:
    assert not checked(with_relation(word("{{marking}}"), "hyperlink", "https://example.org/", "External"), tmp_path).faults


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/activeX/activeX1.xml", "word/embeddings/oleObject1.bin"])
def test_macros_and_objects_do_not_pass_the_gate(name: str, tmp_path: Path) -> None:
    assert "macros or embedded programs" in checked(with_part(word("{{marking}}"), name, b"x"), tmp_path).faults[0].text


def test_entities_are_refused_wherever_they_begin(tmp_path: Path) -> None:
    held = part(word("{{marking}}"), "word/styles.xml")
    late = b"<?xml version='1.0'?>" + b" " * 70_000 + b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    assert checked(with_part(word("{{marking}}"), "word/styles.xml", late), tmp_path).faults
    assert held


def test_an_action_on_a_slide_is_refused(tmp_path: Path) -> None:
    template = deck(["{{marking}}"])
    name = "ppt/slides/slide1.xml"
    held = part(template, name).replace(b'<p:cNvPr id="2"', b'<p:cNvPr id="2" title="x"')
    click = b'<a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" action="ppaction://program"/></p:cNvPr>'
    at = held.index(b'<p:cNvPr id="2"')
    end = held.index(b"/>", at)
    assert (
        "A click would run"
        in checked(with_part(template, name, held[:end] + b">" + click + held[end + 2 :]), tmp_path, "own.pptx").faults[0].text
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"%PDF-1.7", b"text"])
def test_other_files_are_told_what_they_are(content: bytes, tmp_path: Path) -> None:
    faults = checked(content, tmp_path).faults
    assert len(faults) == 1
    assert faults[0].place == "The file"


@pytest.mark.parametrize("lost", ["word/styles.xml", "word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml"])
def test_a_file_that_is_not_whole_is_told(lost: str, tmp_path: Path) -> None:
    assert checked(with_part(word("{{markin}}"), lost, b"<a/>"), tmp_path).faults


def test_a_token_where_none_is_filled_is_told(tmp_path: Path) -> None:
    faults = checked(with_part(word("{{marking}}"), "word/footnotes.xml", b"<a><b>{</b><b>{marking}}</b></a>"), tmp_path).faults
    assert [fault.place for fault in faults] == ["word/footnotes.xml"]


def test_more_copies_than_any_report_needs_are_refused() -> None:
    facts = board.facts(risks=tuple(board.risk(n, "NIT-01") for n in range(1, 61)))
    template = word("{{each risk}}", "{{each project}}", "{{each risk}}", "x", "{{end}}", "{{end}}", "{{end}}")
    with pytest.raises(TemplateFault, match="more than 2000 copies"):
        made(template, facts=facts)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["highlight-report.docx", "board-slides.pptx", "portfolio-dashboard.xlsx"])
def test_a_package_with_a_part_lost_is_told_or_works(name: str, tmp_path: Path) -> None:
    """Whatever is missing, the check ends in a verdict, and what passed it can be filled."""
    content = (Path(shipped.__file__).parent / name).read_bytes()
    kind = name[-4:]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        lost = package.namelist()
    for one in lost:
        broken = with_part(content, one, b"<a/>")
        if not checked(broken, tmp_path, name).faults:
            made(broken, kind)
