"""The templates that are shipped: without fault, written by their script, filled, in use in the demonstration's way."""

import importlib.util
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mainstay.reporting.models import Snapshot
from mainstay.reporting.template import shipped
from mainstay.reporting.template.packing import pack_of
from mainstay.reporting.templating import making
from tests.contract.worlds import World, actor
from tests.reporting.templating.files import made, said, texts

PLACE = Path(shipped.__file__).parent
SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "write_templates.py"


@pytest.mark.parametrize("name", shipped.SHIPPED)
def test_has_no_fault(name: str) -> None:
    checked = making.check(PLACE / name, name)
    assert not checked.faults
    assert {"marking", "digest_short"} <= set(checked.used)


def test_they_are_what_the_script_writes() -> None:
    spec = importlib.util.spec_from_file_location("write_templates", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert set(script.WRITERS) == set(shipped.SHIPPED)
    assert [name for name, write in script.WRITERS.items() if write() != (PLACE / name).read_bytes()] == []


def test_the_structure_of_the_highlight_report() -> None:
    told = texts(made((PLACE / "highlight-report.docx").read_bytes()))
    parts = ["Milestones", "What moved and why", "Top risks", "Decisions asked"]
    assert told[0] == "Highlight report, October 2026"
    assert [line for line in told if line in parts or line.startswith("NIT-0")] == [
        "NIT-01 Project NIT-01", *parts, "NIT-02 Project NIT-02", *parts,
    ]  # fmt: skip


def test_the_structure_of_the_board_slides() -> None:
    assert [slide[0] for slide in said(made((PLACE / "board-slides.pptx").read_bytes(), "pptx"))] == [
        "Norvale Integrated Transport: ○\u00a0Not\u00a0measured",
        "No decision is asked of the board",
        "This is the first pack: nothing to compare it with",
        "Three open risks: threats of £1.4m expected, opportunities of £0.10m",
        "Finish and cost: what the simulation says",
        "NIT-01 Project NIT-01: ○\u00a0Not\u00a0measured",
        "NIT-02 Project NIT-02: ○\u00a0Not\u00a0measured",
    ]


def test_one_page_stays_one_page() -> None:
    assert len(said(made((PLACE / "one-page-a3.pptx").read_bytes(), "pptx"))) == 1


def test_the_dashboard_counts_its_own_lists() -> None:
    done = load_workbook(io.BytesIO(made((PLACE / "portfolio-dashboard.xlsx").read_bytes(), "xlsx")))
    assert done.sheetnames == ["Dashboard", "Projects", "Milestones", "Risks", "Dependencies"]
    assert done["Risks"].tables["tblRisks"].ref == "A1:I4"
    assert str(done["Dashboard"]["B13"].value).startswith("=COUNTIF(Projects!")
    assert [row[1].value for row in done["Risks"].iter_rows(min_row=2)] == ["R-002", "R-001", "R-003"]
    assert len(done["Dashboard"]._charts) == 1


def test_taken_into_use_and_packs_made(world: World, snapshot: Snapshot) -> None:
    rows = shipped.take(world.programme, actor(world.owner))
    assert {(row.state, row.edition) for row in rows} == {("in_use", 1)}
    assert [pack_of(snapshot, row)[0] for row in rows] == [
        "SCR October 2026 Highlight report.docx", "SCR October 2026 Board slides.pptx", "SCR October 2026 Exception report.docx",
        "SCR October 2026 Portfolio dashboard.xlsx", "SCR October 2026 One page, A3.pptx",
    ]  # fmt: skip
