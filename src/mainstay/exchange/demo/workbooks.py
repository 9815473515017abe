"""The demonstration's workbooks: the risk register as the programme office keeps it, now and a month ago, and its initiatives by level."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
import yaml

from mainstay.exchange.demo.notation import DATA

HEADINGS = (
    *("Reference", "Initiative", "Title", "Nature", "Category", "Owner", "Probability, %", "Shared cause"),
    *("Cost, low, £", "Cost, likely, £", "Cost, high, £", "Delay, low, wd", "Delay, likely, wd", "Delay, high, wd", "Activities"),
    *("Cause", "Event", "Effect", "Response", "Response plan", "Probability after, %", "Likelihood score", "Impact score"),
)
COSTS = slice(8, 11)
STEPS_OF_PROBABILITY = (5, 20, 50, 80)
STEPS_OF_COST = (200_000, 750_000, 2_000_000, 5_000_000)
LEVEL = {
    "code": "Code", "title": "Title", "kind": "Kind", "parent": "Parent", "governance": "Governance", "objectives": "Objectives",
    "budget": "Budget, £", "contingency": "Contingency, £", "price_base": "Price base",
}  # fmt: skip
CAUSE = {
    "ref": "Reference", "initiative": "Initiative", "title": "Title", "probability": "Probability, %", "owner": "Owner",
    "description": "Description", "indicators": "Indicators",
}  # fmt: skip
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""The day that stands in every workbook, so that the same rows give the same bytes."""


def step(value: Decimal, steps: tuple[int, ...]) -> int:
    return 1 + sum(value > limit for limit in steps)


def told_risks(*, month_ago: bool) -> list[list[Any]]:
    """The rows of the notation, each as long as the headings before the scores."""
    rows: list[list[Any]] = yaml.safe_load((DATA / "risks.yaml").read_text(encoding="utf-8"))
    rows = [[None if value == "" else value for value in [*told, *[None] * (len(HEADINGS) - 2 - len(told))]] for told in rows]
    if not month_ago:
        return rows
    then = yaml.safe_load((DATA / "risks_month_before.yaml").read_text(encoding="utf-8"))
    for row in rows:
        for heading, value in then["risks"].get(row[0], {}).items():
            row[HEADINGS.index(heading)] = value
    return [row for row in rows if row[0] not in then["since"]]


def risk_rows(*, month_ago: bool = False) -> list[list[Any]]:
    """The rows of the workbook; money in pounds, with the scores that the office's scale gives."""
    rows = []
    for row in told_risks(month_ago=month_ago):
        row[COSTS] = [None if value is None else round(Decimal(str(value)) * 1_000_000) for value in row[COSTS]]
        row[3], row[18] = str(row[3]).capitalize(), row[18] and str(row[18]).capitalize()
        rows.append([*row, step(Decimal(row[6]), STEPS_OF_PROBABILITY), step(Decimal(row[9] or 0), STEPS_OF_COST)])
    return rows


def risk_register(*, month_ago: bool = False) -> bytes:
    """The workbook as the programme office keeps it: a title, a row of headings, the rows."""
    rows = risk_rows(month_ago=month_ago)
    return workbook("Risks", "Saltmere Coastal Resilience: risk register", HEADINGS, rows, money=range(8, 11))


def initiatives(rows: Sequence[dict[str, Any]], name: str) -> bytes:
    """The initiatives of one level. Their parents stand in the workbook of the level above."""
    title = f"Department for Coast and Rivers: {name.lower()}"
    return workbook(name, title, list(LEVEL.values()), [[row.get(field) for field in LEVEL] for row in rows], money=range(6, 8))


def causes(rows: Sequence[dict[str, Any]]) -> bytes:
    title = "Saltmere Coastal Resilience: causes that several risks share"
    return workbook("Shared causes", title, list(CAUSE.values()), [[row.get(field) for field in CAUSE] for row in rows])


def workbook(sheet_name: str, title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], money: range = range(0)) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": title, "created": WRITTEN})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EDF2"})
    body = book.add_format({"valign": "top", "text_wrap": True})
    amount = book.add_format({"valign": "top", "num_format": "#,##0"})
    sheet = book.add_worksheet(sheet_name)
    sheet.write(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for column, text in enumerate(headings):
        sheet.write(2, column, text, head)
        sheet.set_column(column, column, 12 + 22 * (text in {"Title", "Objectives", "Cause", "Event", "Effect", "Response plan"}))
    for number, row in enumerate(rows, 3):
        for column, value in enumerate(row):
            sheet.write(number, column, value, amount if column in money else body)
    sheet.freeze_panes(3, 3)
    sheet.autofilter(2, 0, 2 + len(rows), len(headings) - 1)
    book.close()
    return target.getvalue()
