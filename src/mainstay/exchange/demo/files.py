"""The demonstration's files as a programme would send them: plans in two formats and the risk register, of now and of a month ago."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mainstay.exchange.demo import workbooks
from mainstay.exchange.demo.notation import DATA
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.formats.plans.writing import to_mspdi, to_xer

RISK_FILE = "SCR risk register.xlsx"
SET_UP, THEN, NOW = "set-up", "last-month", "this-month"
"""The folders."""


@cache
def programme() -> dict[str, Any]:
    """Who and what the demonstration consists of."""
    found: dict[str, Any] = yaml.safe_load((DATA / "programme.yaml").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class Sent:
    """What the programme sends once a month."""

    plans: tuple[Path, ...]
    risks: Path


@dataclass(frozen=True, slots=True)
class Written:
    """All files: the workbooks that the monthly ones rest on, in the order in which they are taken in, and the returns of two months."""

    set_up: tuple[Path, ...]
    then: Sent
    now: Sent

    @property
    def paths(self) -> tuple[Path, ...]:
        return (*self.set_up, *self.then.plans, self.then.risks, *self.now.plans, self.now.risks)


def manager_of(code: str) -> str:
    return next(
        str(person["title"]) for person in programme()["people"] if person["role"] == "project_manager" and person.get("at") == code
    )


def plan(project: dict[str, Any], today: date, *, month_ago: bool = False) -> bytes:
    """The plan of one project in the format that its file's name says."""
    schedule = schedule_of(project["code"], project["title"], manager_of(project["code"]), today, month_ago=month_ago)
    return to_xer(schedule) if project["file"].endswith(".xer") else to_mspdi(schedule)


def risk_register(*, month_ago: bool = False) -> bytes:
    return workbooks.risk_register(month_ago=month_ago)


def write_all(folder: Path, today: date) -> Written:
    """All files of the demonstration, written into `folder`; the same day gives the same bytes."""
    return Written(set_up(folder / SET_UP), sent(folder / THEN, today, month_ago=True), sent(folder / NOW, today, month_ago=False))


def sent(folder: Path, today: date, *, month_ago: bool) -> Sent:
    plans = {project["file"]: plan(project, today, month_ago=month_ago) for project in programme()["projects"]}
    made = write(folder, plans | {RISK_FILE: risk_register(month_ago=month_ago)})
    return Sent(made[:-1], made[-1])


def set_up(folder: Path) -> tuple[Path, ...]:
    """The tree of initiatives, a workbook a level since a parent must be there before its children, and the shared causes."""
    told = programme()
    head = told["programme"]
    projects = [{**project, "kind": "project", "parent": head["code"], "price_base": head["price_base"]} for project in told["projects"]]
    causes = [{**cause, "initiative": head["code"]} for cause in told["causes"]]
    found = {
        "1 Portfolio.xlsx": workbooks.initiatives([told["portfolio"]], "Portfolio"),
        "2 Programme.xlsx": workbooks.initiatives([head], "Programme"),
        "3 Projects.xlsx": workbooks.initiatives(projects, "Projects"),
        "4 Shared causes.xlsx": workbooks.causes(causes),
    }
    return write(folder, found)


def write(folder: Path, contents: dict[str, bytes]) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in contents)
