"""Facts of a small board, built by hand, so that each rule of the pack can be asked alone."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from mainstay.reporting.board_pack.facts import (
    ActionFact,
    DecisionFact,
    DependencyFact,
    IssueFact,
    MilestoneFact,
    PackFacts,
    Place,
    PlanFact,
    RiskFact,
)
from mainstay.reporting.board_pack.limits import Thresholds

TODAY = date(2026, 10, 31)
NOON = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)


def place(pk: int, code: str, **values: Any) -> Place:
    told = {"title": f"Project {code}", "kind": "project", "state": "delivery", "path": f"/1/{pk}/", "marking": "OFFICIAL"}
    return Place(pk=pk, code=code, **{**told, **values})


def plan(pk: int, code: str, **values: Any) -> PlanFact:
    told: dict[str, Any] = {"ref": "PLAN-001", "part": code, "title": f"{code} plan, version 1", "number": 1, "file_name": "plan.xml"}
    told |= {"document_digest": "d" * 64, "received_on": TODAY, "marking": "OFFICIAL"}
    return PlanFact(pk=pk, code=code, **{**told, **values})


def milestone(pk: int, code: str, **values: Any) -> MilestoneFact:
    told: dict[str, Any] = {
        "ref": f"M-{pk:03d}",
        "part": code,
        "title": f"Milestone {pk}",
        "kind": "Key",
        "owner": "Edie Larch",
        "state": "planned",
    }
    told |= {"standing": "on track", "as_at": TODAY, "source": "entered", "marking": "OFFICIAL"}
    return MilestoneFact(pk=pk, code=code, **{**told, **values})


def dependency(pk: int, giver: str, getter: str, **values: Any) -> DependencyFact:
    told: dict[str, Any] = {"ref": f"D-{pk:03d}", "part": getter, "giver_part": giver, "title": f"Dependency {pk}", "owner": "Edie Larch"}
    told |= {"criticality": "medium", "state": "agreed", "standing": "on track", "as_at": TODAY, "marking": "OFFICIAL"}
    return DependencyFact(pk=pk, giver=giver, code=getter, **{**told, **values})


def risk(pk: int, code: str, **values: Any) -> RiskFact:
    told: dict[str, Any] = {
        "ref": f"R-{pk:03d}",
        "part": code,
        "title": f"Risk {pk}",
        "nature": "threat",
        "owner": "Edie Larch",
        "state": "open",
    }
    return RiskFact(pk=pk, code=code, **{**told, "as_at": TODAY, "marking": "OFFICIAL", **values})


def issue(pk: int, code: str, **values: Any) -> IssueFact:
    told: dict[str, Any] = {
        "ref": f"I-{pk:03d}",
        "part": code,
        "title": f"Issue {pk}",
        "kind": "Problem",
        "priority": "must",
        "severity": "board",
    }
    return IssueFact(pk=pk, code=code, **{**told, "raised_on": TODAY, "state": "open", "marking": "OFFICIAL", **values})


def decision(pk: int, code: str, **values: Any) -> DecisionFact:
    told: dict[str, Any] = {"ref": f"DEC-{pk:03d}", "part": code, "title": f"Decision {pk}", "state": "asked", "marking": "OFFICIAL"}
    return DecisionFact(pk=pk, code=code, **{**told, **values})


def action(pk: int, code: str, **values: Any) -> ActionFact:
    told: dict[str, Any] = {
        "ref": f"A-{pk:03d}",
        "part": code,
        "title": f"Action {pk}",
        "due_on": TODAY,
        "state": "open",
        "marking": "OFFICIAL",
    }
    return ActionFact(pk=pk, code=code, **{**told, **values})


def facts(**values: Any) -> PackFacts:
    """A programme NIT of two projects, on 31 October 2026."""
    programme = place(1, "NIT", title="Norvale Integrated Transport", kind="programme", path="/1/", contingency=Decimal(10_000_000))
    told: dict[str, Any] = {
        "name": "October 2026", "frozen_at": NOON, "frozen_on": TODAY, "sequence": 100, "chain": "c" * 64, "maker": "Edie Larch",
        "marking": "OFFICIAL", "initiative": programme, "thresholds": Thresholds(source="tests"),
        "projects": (place(2, "NIT-01", budget=Decimal(10_000_000)), place(3, "NIT-02", budget=Decimal(20_000_000))),
    }  # fmt: skip
    return PackFacts(**{**told, **values})


def later(earlier: PackFacts, **values: Any) -> PackFacts:
    return replace(earlier, name="November 2026", sequence=200, **values)
