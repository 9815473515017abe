"""Rows of a list as HTML: whatever a record says is text, pounds are whole, and a cell can be edited only where its row may be."""

from decimal import Decimal
from typing import Any, cast

from django.http import QueryDict

from mainstay.register.filters import Selection
from mainstay.register.pages.addresses import Address
from mainstay.register.pages.rows import MOST_TOLD, Writer
from mainstay.register.pages.shown import Row, Shown
from mainstay.register.spec import REGISTERS
from mainstay.register.tables import Cells, chosen

NASTY = """<b title='x'>"&amp;</b>"""


def row(names: str, *, may_change: bool = True, was: str | None = None, has_bulk: bool = False, **values: Any) -> str:
    """One risk with these values, written as a row with these columns."""
    register = REGISTERS["risk.risk"]
    columns, model = chosen(register, names.split(",")), cast("Any", register.model)
    record = model(pk=7, ref="R-007", state="open", **values)
    cells = Cells(register, None, [], columns).of(record)
    cells[-1].was = was
    found = Shown(register, Address(register, register.url("list"), QueryDict()), Selection(), columns, None, None)
    return Writer(found, register.inline, has_bulk=has_bulk).row(Row(record, cells, may_change=may_change))


def test_what_a_record_says_is_text() -> None:
    html = row("ref,title,cause,category", title=NASTY, cause=NASTY, category=NASTY, was=NASTY, has_bulk=True)
    assert "<b " not in html
    assert "</b>" not in html
    assert html.count("&lt;b title=&#x27;x&#x27;&gt;&quot;&amp;amp;&lt;/b&gt;") == 7


def test_pounds_are_whole_and_stand_to_the_right() -> None:
    html = row("title,expected_cost", title="A", probability=Decimal("12.5"), cost_likely=Decimal("4321.00"))
    assert '<td class="ms-n">540</td>' in html
    assert '<td class="ms-n" data-cell="/risk/risk/7/cell/probability/?columns=title,probability"' in row(
        "title,probability", title="A", probability=Decimal("12.5")
    )


def test_a_cell_can_be_edited_only_where_the_row_may_be_changed() -> None:
    assert "data-cell" in row("title,probability", title="A")
    assert "data-cell" not in row("title,probability", title="A", may_change=False)
    assert 'name="row"' not in row("title,probability", title="A", may_change=False, has_bulk=True)


def test_an_owner_that_is_missing_is_named_and_other_gaps_are_a_dash() -> None:
    html = row("title,owner,category", title="A")
    assert "ms-missing" in html
    assert html.count('<span class="ms-nil">–</span>') == 1


def test_a_long_text_is_told_up_to_a_limit() -> None:
    html = row("title,cause", title="A", cause="x" * 5000)
    assert f'title="{"x" * (MOST_TOLD - 1)}…"' in html
