"""Reads the plans of tests/cases/*.yaml: a short way of writing activities (`2d by night in S after A FS+1d and B`) → the engine's plan."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from mainstay.engine import plan as engine
from mainstay.engine.worktime import Calendar, CalendarException, Day, minute_of

CASES = Path(__file__).resolve().parents[1] / "cases"
OFFICE: Day = ((480, 720), (780, 1020))
UNITS = {"h": 60, "d": 480, "eh": 60, "ed": 1440}
DATES = {
    *("actual_start", "actual_finish", "expected_finish", "deadline", "fixed_start", "fixed_finish", "resumes"),
    *("external_start", "external_finish"),
}
LENGTHS = {"remaining", "pause"}


def cases() -> list[tuple[str, dict[str, Any]]]:
    # The base loader makes texts only: a date or a yes stays what the case says.
    texts = [(path.stem, yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)) for path in sorted(CASES.glob("*.yaml"))]
    return [(f"{stem}: {case['name']}", case) for stem, found in texts for case in found]


def instant(text: str) -> int:
    """`7 08:00` → the minute of the 7th of January 2026."""
    day, clock = text.split()
    hour, minute = clock.split(":")
    return minute_of(datetime(2026, 1, int(day), int(hour), int(minute)))  # noqa: DTZ001 - a plan's clock has no zone


def minutes(text: str) -> int:
    number, unit = re.fullmatch(r"([+-]?\d+)(e?[hd])", text).groups()  # type: ignore[union-attr]  # a case that does not match shall fail
    return int(number) * UNITS[unit]


def plan_of(case: dict[str, Any]) -> engine.PlanData:
    calendars = [calendar(name, given) for name, given in {"office": {}, **case.get("calendars", {})}.items()]
    activities, links = [], []
    for name, given in case["activities"].items():
        made, found = activity(name, given if isinstance(given, dict) else {"is": given})
        activities.append(made)
        links += found
    for text in case.get("links", ()):
        predecessor, kind, successor = text.split()
        links.append(engine.Link(predecessor, successor, engine.LinkType[kind]))
    return engine.PlanData(tuple(projects(case)), tuple(calendars), tuple(activities), tuple(links))


def projects(case: dict[str, Any]) -> list[engine.Project]:
    given = dict(case.get("options", {}))
    tool = given.pop("tool", "microsoft")
    status = given.pop("status_date", None)
    usual = engine.Options.primavera() if tool == "primavera" else engine.Options.microsoft_project()
    settings = {name: getattr(usual, name) for name in usual.__slots__}
    for name, text in given.items():
        settings[name] = (
            engine.ProgressLogic[text]
            if name == "progress"
            else engine.SlackBasis[text]
            if name == "slack"
            else {"true": True, "false": False}.get(text)
            if text in ("true", "false")
            else int(text)
        )
    start = instant(case.get("start", "5 08:00"))
    return [
        engine.Project(
            id=name,
            calendar="office",
            start=start,
            finish=instant(facts["finish"]) if "finish" in facts else None,
            status_date=instant(status) if status else None,
            options=engine.Options(**settings),
        )
        for name, facts in case.get("projects", {"": {}}).items()
    ]


def calendar(name: str, given: dict[str, Any]) -> Calendar:
    week: list[Day] = [OFFICE] * 5 + [(), ()]
    if "week" in given:
        worked = int(given.get("days", 0))
        week = [(shift(given["week"]),) if day < worked else () for day in range(7)]
    days = [(int(day), ()) for day in given.get("off", ())] + [(int(day), (shift(text),)) for day, text in given.get("extra", {}).items()]
    return Calendar(name, tuple(week), tuple(CalendarException(date(2026, 1, day), date(2026, 1, day), shifts) for day, shifts in days))


def shift(text: str) -> tuple[int, int]:
    start, finish = (int(part[:2]) * 60 + int(part[3:]) for part in text.split("-"))
    return start, finish


def activity(name: str, given: dict[str, Any]) -> tuple[engine.Activity, list[engine.Link]]:
    given = dict(given)
    text = given.pop("is")
    what, _, after = text.partition(" after ") if " after " in text else (text, "", "")
    facts: dict[str, Any] = {"id": name}
    for word, key in ((" by ", "calendar"), (" in ", "parent"), (" of ", "project")):
        if found := re.search(rf"{word}(\w+)", what):
            facts[key] = found[1]
            what = what.replace(found[0], "", 1)
    facts |= kind_of(what.strip())
    constraints = [key for key in given if key.isupper()]
    for place, key in zip(("constraint", "second_constraint"), constraints, strict=False):
        moment = given.pop(key)
        facts[place] = engine.ConstraintType[key]
        facts[f"{place}_date"] = instant(moment) if " " in moment else None
    facts |= {"base_calendar": given.pop("base_calendar")} if "base_calendar" in given else {}
    for key, value in given.items():
        facts[key] = (
            instant(value) if key in DATES else minutes(value) if key in LENGTHS else value == "true" if key == "manual" else float(value)
        )
    return engine.Activity(**facts), [link(part, name) for part in after.split(" and ")] if after else []


def kind_of(what: str) -> dict[str, Any]:
    if what == "summary":
        return {"kind": engine.ActivityKind.SUMMARY}
    if what == "wbs summary":
        return {"kind": engine.ActivityKind.WBS_SUMMARY}
    if what.endswith("milestone"):
        return {"kind": engine.ActivityKind.MILESTONE, "starts_work": what.startswith("start")}
    effort, _, length = what.rpartition(" ")
    kind = engine.ActivityKind.LEVEL_OF_EFFORT if effort == "effort" else engine.ActivityKind.TASK
    return {"kind": kind, "duration": minutes(length), "elapsed": "e" in length}


def link(text: str, successor: str) -> engine.Link:
    predecessor, _, how = text.strip().partition(" ")
    kind, lag = how[:2] or "FS", how[2:]
    if lag.endswith("%"):
        return engine.Link(predecessor, successor, engine.LinkType[kind], float(lag[:-1]), engine.LagKind.PERCENT)
    by_clock = engine.LagKind.ELAPSED if "e" in lag else engine.LagKind.WORKING
    return engine.Link(predecessor, successor, engine.LinkType[kind], minutes(lag) if lag else 0, by_clock)
