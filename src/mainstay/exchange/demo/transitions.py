"""The demonstration's transitions: one that hangs on a milestone of the plan, one that has cut over and settles."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from mainstay.exchange.demo.people import address
from mainstay.exchange.demo.records import Setting, programme_row
from mainstay.planning.models import Milestone
from mainstay.register import actions
from mainstay.register.derived import derive
from mainstay.register.spec import Register
from mainstay.transition import dates
from mainstay.transition.criterion.register import ReadinessCriterionRegister
from mainstay.transition.measure.register import StabilityMeasureRegister
from mainstay.transition.plan.register import TransitionPlanRegister
from mainstay.transition.reading.register import StabilityReadingRegister
from mainstay.transition.step.register import CutOverStepRegister

APART = ("milestone", "cut_over", "agreed", "state", "criteria", "steps", "measures")
DATA = Path(__file__).parent / "data" / "transitions.yaml"


def transitions(setting: Setting) -> None:
    for told in yaml.safe_load(DATA.read_text(encoding="utf-8"))["transitions"]:
        transition(setting, told)


def transition(setting: Setting, told: Mapping[str, Any]) -> None:
    """Written, agreed by the one who may, and as far along as it is told to be."""
    values = {name: value for name, value in told.items() if name not in APART}
    values["fallback_owner"] = address(told["fallback_owner"])
    if "milestone" in told:
        values["milestone"] = Milestone.objects.get(title=told["milestone"]).pk
    else:
        values["cut_over_on"] = setting.day(told["cut_over"])
    plan = setting.create(TransitionPlanRegister, {**values, "initiative": programme_row().pk})
    for one in told["criteria"]:
        criterion(setting, plan, one)
    plan = step_to(setting, TransitionPlanRegister, plan, "agree", "Tomas Adeyemi")
    if told.get("state") == "settling":
        plan = step_to(setting, TransitionPlanRegister, plan, "declare", told["owner"])
        plan = step_to(setting, TransitionPlanRegister, plan, "go", "Tomas Adeyemi")
    steps(setting, plan, told["steps"])
    for one in told["measures"]:
        measure(setting, plan, one)
    if told.get("state") == "settling":
        step_to(setting, TransitionPlanRegister, plan, "settle", told["owner"])


def step_to(setting: Setting, register: type[Register], record: Any, name: str, person: str, reason: str = "") -> Any:
    return actions.move(register, record.pk, record.version, name, setting.as_person(person), reason=reason)


def place(plan: Any) -> dict[str, Any]:
    return {"initiative": plan.initiative_id, "plan": plan.pk}


def criterion(setting: Setting, plan: Any, told: Mapping[str, Any]) -> None:
    waived = told.get("waived", {})
    values = {name: value for name, value in told.items() if name not in ("due", "claimed", "confirmed", "waived")}
    given = {**values, **place(plan), "due_on": setting.day(told["due"]), "authority": waived.get("authority", "")}
    record = setting.create(ReadinessCriterionRegister, given)
    if told.get("claimed") or told.get("confirmed"):
        record = step_to(setting, ReadinessCriterionRegister, record, "claim", "Maud Ferrier")
    if confirmer := told.get("confirmed"):
        step_to(setting, ReadinessCriterionRegister, record, "confirm", confirmer)
    if waived:
        step_to(setting, ReadinessCriterionRegister, record, "waive", waived["by"], waived["reason"])


def steps(setting: Setting, plan: Any, told: list[dict[str, Any]]) -> None:
    made: dict[int, Any] = {}
    for one in told:
        values = {name: value for name, value in one.items() if name not in ("done", "late", "waits_for")}
        before = made[one["waits_for"]].pk if "waits_for" in one else None
        record = setting.create(CutOverStepRegister, {**values, **place(plan), "waits_for": before})
        if one.get("done"):
            record = step_to(setting, CutOverStepRegister, record, "start", "Maud Ferrier")
            record = step_to(setting, CutOverStepRegister, record, "finish", "Maud Ferrier")
            stamp(setting, plan, record, one["late"])
        made[one["place"]] = record


def stamp(setting: Setting, plan: Any, record: Any, late: int) -> None:
    """The step was taken on the day of the cut-over, so many minutes late, and not when the demonstration was loaded."""
    if begin := dates.begins(plan):
        start = begin + timedelta(minutes=record.starts_minutes)
        times = {"started_at": start, "ended_at": start + timedelta(minutes=record.minutes + late)}
        derive(CutOverStepRegister, record, times, setting.actor, reason="Times from the log of the watch.")


def measure(setting: Setting, plan: Any, told: Mapping[str, Any]) -> None:
    record = setting.create(StabilityMeasureRegister, {name: value for name, value in told.items() if name != "readings"} | place(plan))
    for days, value in told.get("readings", []):
        given = {"initiative": plan.initiative_id, "measure": record.pk, "title": f"Week {days // 7 + 1} after the cut-over"}
        day = plan.after_cut_over(days)
        setting.create(StabilityReadingRegister, {**given, "read_on": day, "value": value, "taken_from": "Log of the watch"})
