"""The demonstration's work on single reviews: documents, a timetable, gates, what owners said afterwards, what is carried on."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mainstay.assurance.document import asking
from mainstay.assurance.document.register import DocumentRegister
from mainstay.assurance.gate.register import GateRegister
from mainstay.assurance.interview import accepting, meetings, proposing
from mainstay.assurance.interview.register import InterviewRegister
from mainstay.assurance.models import Document, Review
from mainstay.assurance.recommendation import carrying
from mainstay.assurance.review.register import ReviewRegister
from mainstay.exchange.demo.assurance import COORDINATOR, OFFICE, OWNER, fresh, place, step_to
from mainstay.exchange.demo.people import address
from mainstay.exchange.demo.records import Setting
from mainstay.register import actions
from mainstay.register.record import Source

DATA = Path(__file__).parent / "data" / "workspace.yaml"


@cache
def told() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return found


def workspace(setting: Setting) -> None:
    for one in told()["documents"]:
        documents(setting, one)
    interviews(setting, told()["interviews"])
    for one in told()["gates"]:
        gate(setting, one)
    for one in told()["afterwards"]:
        afterwards(setting, one)
    for one in Review.objects.filter(kind="aap", state="proposed", source=Source.DERIVED):
        step_to(setting, ReviewRegister, one, "cancel", COORDINATOR, told()["planned_already"])
    for title in told()["carried"]:
        carrying.carry(Review.objects.get(title=title), fresh(setting, OWNER))


def documents(setting: Setting, one: Mapping[str, Any]) -> None:
    """The checklist asked for; some given and accepted, one not to be had."""
    review = Review.objects.get(title=one["review"])
    asking.ask(review, fresh(setting, COORDINATOR))
    rows = {row.item: row for row in Document.objects.filter(review=review.pk)}
    for each in one.get("given", ()):
        row = rows[each["item"]]
        row = actions.change(
            DocumentRegister, row.pk, row.version, {name: each[name] for name in ("location", "edition")}, fresh(setting, OFFICE)
        )
        step_to(setting, DocumentRegister, row, "give", OFFICE)
        if each.get("accepted"):
            step_to(setting, DocumentRegister, row, "accept", COORDINATOR)
    for each in one.get("missing", ()):
        step_to(setting, DocumentRegister, rows[each["item"]], "miss", OFFICE, each["why"])


def interviews(setting: Setting, one: Mapping[str, Any]) -> None:
    """Briefings, a timetable that is accepted, and one who comes too late for it."""
    review = Review.objects.get(title=one["review"])
    review = actions.change(ReviewRegister, review.pk, review.version, {"planning_on": setting.day(one["planning_in"])}, setting.actor)
    coordinator = fresh(setting, COORDINATOR)
    meetings.add(review, coordinator)
    for each in one["wanted"]:
        wanted(setting, review, each)
    proposing.propose(review, coordinator)
    accepting.accept(review, coordinator)
    for each in one["later"]:
        wanted(setting, review, each)


def wanted(setting: Setting, review: Any, one: Mapping[str, Any]) -> None:
    values = {name: value for name, value in one.items() if name != "only_in"} | {"initiative": review.initiative_id, "review": review.pk}
    if "interviewee" in one:
        values["interviewee"] = address(one["interviewee"])
    if "only_in" in one:
        values["available"] = setting.day(one["only_in"]).isoformat()
    setting.create(InterviewRegister, {**values, "owner": COORDINATOR})


def gate(setting: Setting, one: Mapping[str, Any]) -> None:
    values = {"title": one["title"], "initiative": place(one["at"]), "authority": one["authority"], "owner": OWNER}
    made = setting.create(GateRegister, {**values, "review": Review.objects.get(title=one["review"]).pk})
    if one.get("open"):
        step_to(setting, GateRegister, made, "open", OWNER)
    if "waived" in one:
        made = actions.change(GateRegister, made.pk, made.version, {"waived_why": one["waived"]}, fresh(setting, OWNER))
        step_to(setting, GateRegister, made, "waive", OWNER)


def afterwards(setting: Setting, one: Mapping[str, Any]) -> None:
    review = Review.objects.get(title=one["review"])
    values = {name: value for name, value in one.items() if name not in ("review", "judged")}
    if "judged" in one:
        values["outcome_on"] = setting.day(one["judged"])
    actions.change(ReviewRegister, review.pk, review.version, values, setting.actor)
