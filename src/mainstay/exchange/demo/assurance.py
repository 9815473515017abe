"""The demonstration's assurance: a year of reviews, one Red, one that slipped with its milestone, one report that is not released."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mainstay.accounts.models import Account
from mainstay.assurance.approval.register import ApprovalRegister
from mainstay.assurance.assessment.register import AssessmentRegister
from mainstay.assurance.bank.register import BankRegister
from mainstay.assurance.coverage.register import CoverageRegister
from mainstay.assurance.member.register import MemberRegister
from mainstay.assurance.models import Review, Reviewer
from mainstay.assurance.proposal import proposing
from mainstay.assurance.proposal.options import Options
from mainstay.assurance.recommendation.register import RecommendationRegister
from mainstay.assurance.report.register import ReportRegister
from mainstay.assurance.review.register import ReviewRegister
from mainstay.assurance.reviewer.register import ReviewerRegister
from mainstay.assurance.triage import scoring, shipped
from mainstay.exchange.demo.people import address
from mainstay.exchange.demo.records import Setting, programme_row
from mainstay.initiatives.models import Initiative
from mainstay.organisation.person.register import PersonRegister
from mainstay.planning.models import Milestone
from mainstay.register import actions
from mainstay.register.history import Actor
from mainstay.register.spec import Register

DATA = Path(__file__).parent / "data" / "assurance.yaml"
OWNER, OFFICE, COORDINATOR = "Tomas Adeyemi", "Edie Larch", "Asha Venn"
WHY = "As the board saw it at the outline case."
ROOMS = "North: 1"
AS_TOLD = ("title", "kind", "line", "provider", "decision", "covers", "level", "days", "members", "skills", "region", "cost", "effort_days")
"""What a review has as the file of the demonstration says it."""
SECONDS = 1
TO_THE_END = ("assess", "plan", "begin", "draft", "check", "issue", "close")


@cache
def told() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return found


def step_to(setting: Setting, register: type[Register], record: Any, name: str, person: str = "", reason: str = "") -> Any:
    """Taken by the person, as the account stands now: what it may read has changed since."""
    record.refresh_from_db()
    actor = fresh(setting, person) if person else setting.actor
    return actions.move(register, record.pk, record.version, name, actor, reason=reason)


def fresh(setting: Setting, person: str) -> Actor:
    return Actor(Account.objects.get(pk=setting.accounts[person].pk), setting.actor.channel)


def place(code: str) -> int:
    return Initiative.objects.get(code=code).pk


def tied(setting: Setting) -> None:
    """Reviews that hang on milestones, agreed on the plans of a month ago."""
    reviewers(setting)
    for one in told()["tied"]:
        values = {name: value for name, value in one.items() if name not in ("at", "milestone", "agreed", "leader", "team")}
        milestone = Milestone.objects.get(title=one["milestone"])
        review = setting.create(ReviewRegister, {**values, "initiative": place(one["at"]), "milestone": milestone.pk})
        if one.get("agreed"):
            step_to(setting, ReviewRegister, review, "agree", COORDINATOR)
        if "leader" in one:
            early_in_its_window(setting, review)
            team(setting, review, one)


def early_in_its_window(setting: Setting, review: Any) -> None:
    """Dated on the plan of a month ago: the slip since leaves its days outside the window."""
    review.refresh_from_db()
    first = weekday(review.window_from + timedelta(days=6))
    actions.change(ReviewRegister, review.pk, review.version, {"starts_on": first, "ends_on": first + timedelta(days=3)}, setting.actor)


def reviewers(setting: Setting) -> None:
    for one in told()["reviewers"]:
        person = {"title": one["title"], "post": one["post"], "body": one["body"], "email": address(one["title"])}
        made = setting.create(PersonRegister, person)
        values = {name: value for name, value in one.items() if name not in ("post", "body", "away")}
        away = "; ".join(f"{setting.day(first)}..{setting.day(last)}" for first, last in one.get("away", ()))
        setting.create(ReviewerRegister, {**values, "person": made.pk, "away": away})


def assurance(setting: Setting) -> None:
    for one in told()["held"]:
        held(setting, one)
    for one in told()["planned"]:
        planned(setting, one)
    for one in told()["approvals"]:
        approval(setting, one)
    for one in told()["map"]:
        values = {name: value for name, value in one.items() if name != "judged"}
        setting.create(CoverageRegister, {**values, "initiative": programme_row().pk, "judged_on": setting.day(one["judged"])})
    triage(setting)
    calendar(setting)


def calendar(setting: Setting) -> None:
    """A calendar for the next year, proposed and not accepted yet: it costs a second or two."""
    coordinator = fresh(setting, COORDINATOR)
    options = Options(seconds=SECONDS, rooms=ROOMS)
    proposing.keep(proposing.work_out(programme_row(), options, coordinator.account, today=setting.day(0)), coordinator)


def proposed(setting: Setting, one: Mapping[str, Any]) -> Any:
    values = {name: one[name] for name in AS_TOLD if name in one} | {"initiative": place(one["at"]), "owner": COORDINATOR}
    if "starts" in one:
        values["starts_on"] = weekday(setting.day(one["starts"]))
        values["ends_on"] = values["starts_on"] + timedelta(days=one.get("days", 4) - 1)
    if "window" in one:
        values["window_from"], values["window_to"] = (setting.day(day) for day in one["window"])
    else:
        values["window_from"], values["window_to"] = values["starts_on"] - timedelta(days=7), values["ends_on"] + timedelta(days=14)
    if "unavailable" in one:
        values["unavailable"] = "..".join(setting.day(day).isoformat() for day in one["unavailable"])
    if "decision_in" in one:
        values["decision_on"] = setting.day(one["decision_in"])
    if "meeting" in one:
        values["meeting_on"] = setting.day(one["meeting"])
    if "follows" in one:
        values["follows"] = Review.objects.get(title=one["follows"]).pk
    return setting.create(ReviewRegister, values)


def weekday(day: Any) -> Any:
    """The Monday of that week: reviews take consecutive days of one week."""
    return day - timedelta(days=day.weekday())


def team(setting: Setting, review: Any, one: Mapping[str, Any]) -> None:
    parts = [(one["leader"], "leader")] if "leader" in one else []
    for name, part in (*parts, *((name, "member") for name in one.get("team", ()))):
        reviewer = Reviewer.objects.get(title=name)
        values = {"title": f"{name}, {review.title}", "initiative": review.initiative_id, "review": review.pk, "reviewer": reviewer.pk}
        made = setting.create(MemberRegister, {**values, "part": part})
        step_to(setting, MemberRegister, made, "book", COORDINATOR)


def planned(setting: Setting, one: Mapping[str, Any]) -> None:
    review = proposed(setting, one)
    if one.get("agreed"):
        step_to(setting, ReviewRegister, review, "agree", COORDINATOR)
    team(setting, review, one)


def held(setting: Setting, one: Mapping[str, Any]) -> None:
    """Proposed, staffed, held and reported; released by the senior responsible owner where it is."""
    review = proposed(setting, one)
    begin = review.starts_on
    meetings = {"meeting_on": begin - timedelta(weeks=13), "planning_on": begin - timedelta(weeks=4)}
    review = actions.change(ReviewRegister, review.pk, review.version, meetings, setting.actor)
    team(setting, review, one)
    step_to(setting, ReviewRegister, review, "agree", COORDINATOR)
    report(setting, review, one["report"])
    for number, advice in enumerate(one["recommendations"], 1):
        recommendation(setting, review, number, advice)
    is_done = one["report"]["released"]
    for name in TO_THE_END if is_done else TO_THE_END[:5]:
        if name != "assess" or review.type.has_meeting:
            step_to(setting, ReviewRegister, review, name, COORDINATOR)


def report(setting: Setting, review: Any, one: Mapping[str, Any]) -> None:
    values = {name: value for name, value in one.items() if name not in ("released", "escalated", "reassess")}
    values |= {"title": f"Report of {review.title}", "initiative": review.initiative_id, "review": review.pk, "owner": OWNER}
    if "escalated" in one:
        values |= {"escalated_on": setting.day(one["escalated"]), "reassess_on": setting.day(one["reassess"])}
    made = setting.create(ReportRegister, values)
    step_to(setting, ReportRegister, made, "check")
    if one["released"]:
        made = step_to(setting, ReportRegister, made, "issue")
        actions.change(ReportRegister, made.pk, made.version, {"is_released": True}, fresh(setting, OWNER))


def recommendation(setting: Setting, review: Any, number: int, one: Mapping[str, Any]) -> None:
    values = {name: value for name, value in one.items() if name not in ("due", "closed_by", "released")}
    values |= {"initiative": review.initiative_id, "review": review.pk, "number": number}
    if "due" in one:
        values["due_on"] = setting.day(one["due"])
    made = setting.create(RecommendationRegister, values)
    if one.get("released", True):
        made = actions.change(RecommendationRegister, made.pk, made.version, {"is_released": True}, fresh(setting, OWNER))
    if "closed_by" in one:
        step_to(setting, RecommendationRegister, made, "claim", one["owner"])
        step_to(setting, RecommendationRegister, made, "verify", one["closed_by"])


def approval(setting: Setting, one: Mapping[str, Any]) -> None:
    values = {name: value for name, value in one.items() if name not in ("at", "in", "milestone")} | {"initiative": place(one["at"])}
    if "in" in one:
        values["planned_on"] = setting.day(one["in"])
    if "milestone" in one:
        values["milestone"] = Milestone.objects.get(title=one["milestone"]).pk
    setting.create(ApprovalRegister, values)


def triage(setting: Setting) -> None:
    """The form of Northern Ireland put into use, and three projects assessed by it."""
    bank = step_to(setting, BankRegister, shipped.take("rpa-ni", programme_row().pk, setting.actor), "use", OFFICE)
    for one in told()["assessments"]:
        answers = {code: scoring.Answer(code, scoring.rating_of(bank.form, text) or 1, WHY) for code, text in one["ratings"].items()}
        values = {"title": "Risk potential at the outline case", "initiative": place(one["at"]), "bank": bank.pk, "owner": OWNER}
        made = setting.create(
            AssessmentRegister, {**values, "whole_life_cost": one["cost"], "content": scoring.written(bank.form, answers)}
        )
        made = step_to(setting, AssessmentRegister, made, "complete", "Bea Sorrel")
        if one.get("accepted"):
            made = step_to(setting, AssessmentRegister, made, "approve", OWNER)
            step_to(setting, AssessmentRegister, made, "validate", OFFICE)
