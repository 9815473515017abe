"""What stands beside the demonstration's risks: lists and appetite, windows, responses, early warnings, assumptions, one risk escalated."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import yaml

from mainstay.exchange.demo.notation import DATA
from mainstay.exchange.demo.people import APPOINTED_BEFORE
from mainstay.exchange.demo.records import Setting
from mainstay.initiatives.standard.register import StandardRegister
from mainstay.register import actions
from mainstay.register.spec import Register
from mainstay.risk import scoring, turning
from mainstay.risk.assumption.register import AssumptionRegister
from mainstay.risk.budget.register import RiskBudgetRegister
from mainstay.risk.drawdown.register import DrawdownRegister
from mainstay.risk.indicator.register import IndicatorRegister
from mainstay.risk.models import Cause, Risk
from mainstay.risk.reading.register import IndicatorReadingRegister
from mainstay.risk.response.register import RiskResponseRegister
from mainstay.risk.risk.register import RiskRegister
from mainstay.risk.workshop.register import WorkshopRegister

DAYS = {
    "from": "window_from", "to": "window_to", "review": "review_on", "due": "due_on", "next": "read_next", "agreed": "agreed_on",
    "needed": "needed_by", "decided": "decided_on", "held": "held_on",
}  # fmt: skip
"""Offsets of days → fields."""


def beside(setting: Setting) -> None:
    told = yaml.safe_load((DATA / "risks_beside.yaml").read_text(encoding="utf-8"))
    for one in told["standards"]:
        setting.create(StandardRegister, {**one, "valid_from": setting.today - APPOINTED_BEFORE})
    for one in told["windows"]:
        changed(setting, RiskRegister, risk(one["risk"]), dated(setting, without(one, "risk")))
    for one in told["responses"]:
        response(setting, one)
    for one in told["indicators"]:
        indicator(setting, one)
    # Before an assumption becomes a risk: its project then has a reference that the workbook has too.
    budgets_and_workshops(setting, told)
    for one in told["assumptions"]:
        assumption(setting, one)
    for one in told["escalated"]:
        held = risk(one["risk"])
        actions.move(RiskRegister, held.pk, held.version, "escalate", setting.as_person(one["by"]), reason=one["reason"])


def risk(ref: str) -> Any:
    return Risk.objects.get(ref=ref, escalated_from=None)


def without(told: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in names}


def dated(setting: Setting, told: Mapping[str, Any]) -> dict[str, Any]:
    return {DAYS.get(name, name): setting.day(value) if name in DAYS else value for name, value in told.items()}


def changed(setting: Setting, register: type[Register], record: Any, values: Mapping[str, Any]) -> Any:
    return actions.change(register, record.pk, record.version, values, setting.actor)


def response(setting: Setting, told: Mapping[str, Any]) -> None:
    held = risk(told["risk"])
    values = dated(setting, without(told, "done", "initiative"))
    if told.get("done"):
        values["done_on"] = values["due_on"]
    record = setting.create(RiskResponseRegister, {**values, "risk": held.pk, "initiative": held.initiative_id})
    if told.get("done"):
        actions.move(RiskResponseRegister, record.pk, record.version, "finish", setting.actor)


def indicator(setting: Setting, told: Mapping[str, Any]) -> None:
    """With its readings, the oldest first, so that the last ones pass the thresholds as they would have."""
    values = dated(setting, without(told, "readings", "cause", "risk"))
    if "cause" in told:
        cause = Cause.objects.get(ref=told["cause"])
        values |= {"shared_cause": cause.pk, "initiative": cause.initiative_id}
    else:
        held = risk(told["risk"])
        values |= {"risk": held.pk, "initiative": held.initiative_id}
    record = setting.create(IndicatorRegister, values)
    for offset, value in told["readings"]:
        day = setting.today + timedelta(days=offset)
        given = {"indicator": record.pk, "initiative": record.initiative_id, "title": f"{day:%d %B %Y}", "read_on": day, "value": value}
        setting.create(IndicatorReadingRegister, given | {"taken_from": told.get("taken_from", "")})


def assumption(setting: Setting, told: Mapping[str, Any]) -> None:
    values = without(told, "confirmed", "failed", "risk") | {"test_by": setting.day(told["test_by"])}
    if told.get("confirmed") or told.get("failed"):
        values["tested_on"] = values["test_by"]
    record = setting.create(AssumptionRegister, values)
    actor = setting.as_person(told["owner"])
    if told.get("confirmed"):
        actions.move(AssumptionRegister, record.pk, record.version, "confirm", actor)
    if reason := told.get("failed"):
        record = actions.move(AssumptionRegister, record.pk, record.version, "fail", actor, reason=reason)
        made = turning.risk_of(record.pk, record.version, actor)
        changed(setting, RiskRegister, made, dated(setting, told["risk"]))


def budgets_and_workshops(setting: Setting, told: Mapping[str, Any]) -> None:
    for one in told["budgets"]:
        budget(setting, one)
    for one in told["workshops"]:
        workshop(setting, one)


def budget(setting: Setting, told: Mapping[str, Any]) -> None:
    record = setting.create(RiskBudgetRegister, dated(setting, without(told, "drawdowns")))
    record = actions.move(RiskBudgetRegister, record.pk, record.version, "agree", setting.actor)
    for one in told["drawdowns"]:
        given = {"budget": record.pk, "initiative": record.initiative_id, "risk": risk(one["risk"]).pk}
        made = setting.create(DrawdownRegister, dated(setting, without(one, "risk")) | given)
        if "decided" in one:
            actions.move(DrawdownRegister, made.pk, made.version, "approve", setting.actor)


def workshop(setting: Setting, told: Mapping[str, Any]) -> None:
    """Open, with its first risk scored by some and not yet revealed."""
    record = setting.create(WorkshopRegister, dated(setting, without(told, "risks", "scores")))
    scoring.choose(record, [risk(ref).pk for ref in told["risks"]], setting.actor.account)
    item = record.items.order_by("pk").first()
    names = scoring.fields_of(record)
    for person, values in told["scores"].items():
        scoring.score(item.pk, dict(zip(names, values, strict=True)), setting.accounts[person])
