"""The demonstration's files as a programme would send them: six plans in two formats and the risk register as a workbook."""

from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from mainstay.exchange.demo.schedules import DATA, schedule_of
from mainstay.formats.plans.writing import to_mspdi, to_xer

RISK_FILE = "SCR risk register.xlsx"
HEADINGS = (
    *("Reference", "Initiative", "Title", "Nature", "Category", "Owner", "Probability, %", "Shared cause"),
    *("Cost, low, £", "Cost, likely, £", "Cost, high, £", "Delay, low, wd", "Delay, likely, wd", "Delay, high, wd", "Activities"),
    *("Cause", "Event", "Effect", "Response", "Response plan", "Probability after, %", "Likelihood score", "Impact score"),
)
COSTS = slice(8, 11)
STEPS_OF_PROBABILITY = (5, 20, 50, 80)
STEPS_OF_COST = (200_000, 750_000, 2_000_000, 5_000_000)


@cache
def programme() -> dict[str, Any]:
    """Who and what the demonstration consists of."""
    found: dict[str, Any] = yaml.safe_load((DATA / "programme.yaml").read_text(encoding="utf-8"))
    return found


def manager_of(code: str) -> str:
    return next(
        str(person["title"]) for person in programme()["people"] if person["role"] == "project_manager" and person.get("at") == code
    )


def plan(project: dict[str, Any], today: date) -> bytes:
    """The plan of one project in the format that its file's name says."""
    schedule = schedule_of(project["code"], project["title"], manager_of(project["code"]), today)
    return to_xer(schedule) if project["file"].endswith(".xer") else to_mspdi(schedule)


def step(value: Decimal, steps: tuple[int, ...]) -> int:
    return 1 + sum(value > limit for limit in steps)


def risk_rows() -> list[list[Any]]:
    """The rows of the workbook; money in pounds, with the scores that the office's scale gives."""
    rows = []
    for told in yaml.safe_load((DATA / "risks.yaml").read_text(encoding="utf-8")):
        row: list[Any] = [None if value == "" else value for value in [*told, *[None] * (21 - len(told))]]
        row[COSTS] = [None if value is None else round(Decimal(str(value)) * 1_000_000) for value in row[COSTS]]
        row[3], row[18] = str(row[3]).capitalize(), row[18] and str(row[18]).capitalize()
        rows.append([*row, step(Decimal(row[6]), STEPS_OF_PROBABILITY), step(Decimal(row[9] or 0), STEPS_OF_COST)])
    return rows


def risk_register() -> bytes:
    """The workbook as the programme office keeps it: a title, a row of headings, the rows."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": "Risk register", "subject": "Saltmere Coastal Resilience"})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EDF2"})
    body = book.add_format({"valign": "top", "text_wrap": True})
    money = book.add_format({"valign": "top", "num_format": "#,##0"})
    sheet = book.add_worksheet("Risks")
    sheet.write(0, 0, "Saltmere Coastal Resilience: risk register", book.add_format({"bold": True, "font_size": 14}))
    for column, text in enumerate(HEADINGS):
        sheet.write(2, column, text, head)
    for number, row in enumerate(risk_rows(), 3):
        for column, value in enumerate(row):
            sheet.write(number, column, value, money if column in range(8, 11) else body)
    sheet.set_column(0, 1, 10)
    sheet.set_column(2, 2, 44)
    sheet.set_column(3, 14, 12)
    sheet.set_column(15, 19, 30)
    sheet.freeze_panes(3, 3)
    sheet.autofilter(2, 0, 2 + len(risk_rows()), len(HEADINGS) - 1)
    book.close()
    return target.getvalue()


def write_all(folder: Path, today: date) -> list[Path]:
    """All files of the demonstration, written into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for project in programme()["projects"]:
        made.append(folder / project["file"])
        made[-1].write_bytes(plan(project, today))
    made.append(folder / RISK_FILE)
    made[-1].write_bytes(risk_register())
    return made
