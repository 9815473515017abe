"""The demonstration's dependencies, milestones, issues, decisions, actions and comments, dated by the plans and from today.

What is told as `since` in `data/programme.yaml` came up after the returns of a month ago."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mainstay.accounts.models import Account
from mainstay.communications.action.register import ActionRegister
from mainstay.communications.decision.register import DecisionRegister
from mainstay.communications.meeting.register import MeetingRegister
from mainstay.communications.models import Decision
from mainstay.exchange.demo.files import programme
from mainstay.exchange.demo.people import address
from mainstay.initiatives.models import Initiative
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Activity
from mainstay.register import about, actions
from mainstay.register.history import Actor
from mainstay.register.spec import REGISTERS, Register
from mainstay.risk.cause.register import CauseRegister
from mainstay.risk.issue.register import IssueRegister

TOLERANCE_DAYS = 10


@dataclass(frozen=True, slots=True)
class Setting:
    """By whom and from which day the records are dated."""

    actor: Actor
    accounts: Mapping[str, Account]
    today: date

    def as_person(self, name: str) -> Actor:
        return Actor(self.accounts[name], self.actor.channel)

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def create(self, register: type[Register], values: Mapping[str, Any]) -> Any:
        """Write a record; people are named by their addresses, since names may occur twice."""
        named = {name: address(value) if name in {"owner", "giver_owner"} else value for name, value in values.items() if name != "ref"}
        return actions.create(register, named, self.actor, ref=values.get("ref", ""))


def causes(setting: Setting) -> None:
    for told in programme()["causes"]:
        setting.create(CauseRegister, {**told, "initiative": programme()["programme"]["code"]})


def activity(initiative: str, code: str) -> Activity:
    return Activity.objects.get(plan__is_live=True, plan__initiative__code=initiative, code=code)


def told_of(kind: str, *, since: bool) -> Iterator[dict[str, Any]]:
    """The rows that were known a month ago, or those that came up since, without the word for it."""
    for told in programme()[kind]:
        if told.get("since", False) is since:
            yield {name: value for name, value in told.items() if name != "since"}


def dependencies(setting: Setting, *, since: bool) -> None:
    """Needed when the getter's activity starts, promised at the giver's baseline; agreed by the people of both sides."""
    for told in told_of("dependencies", since=since):
        give, get = activity(told["giver"], told["give_activity"]), activity(told["initiative"], told["get_activity"])
        values = {name: value for name, value in told.items() if name != "agreed"}
        dates = {"needed_by": get.start and get.start.date(), "promised_by": give.baseline_finish and give.baseline_finish.date()}
        record = setting.create(DependencyRegister, {**values, **dates})
        giver, getter = setting.as_person(told["giver_owner"]), setting.as_person(told["owner"])
        record = actions.move(DependencyRegister, record.pk, record.version, "offer", giver)
        if told["agreed"]:
            actions.move(DependencyRegister, record.pk, record.version, "agree", getter)


def settled_dependencies(setting: Setting) -> None:
    """Promises of the past: agreed, some agreed anew for a later day, handed over and accepted, or failed."""
    for told in programme()["settled_dependencies"]:
        giver, getter = setting.as_person(told["giver_owner"]), setting.as_person(told["owner"])
        plain = {name: value for name, value in told.items() if name not in {"promised", "moved", "given", "ends", "why"}}
        first = setting.day(told["promised"])
        record = setting.create(DependencyRegister, {**plain, "promised_by": first, "needed_by": first + timedelta(days=7)})
        record = agreed(record, giver, getter)
        if "moved" in told:
            record = moved(record, getter, "reopen", reason="Both sides can wait.")
            record = actions.change(DependencyRegister, record.pk, record.version, {"promised_by": setting.day(told["moved"])}, giver)
            record = agreed(record, giver, getter)
        if "given" in told:
            record = actions.change(DependencyRegister, record.pk, record.version, {"delivered_on": setting.day(told["given"])}, giver)
            record = moved(record, giver, "deliver")
        moved(record, getter, told["ends"], reason=told.get("why", ""))


def agreed(record: Any, giver: Actor, getter: Actor) -> Any:
    return moved(moved(record, giver, "offer"), getter, "agree")


def moved(record: Any, actor: Actor, step: str, *, reason: str = "") -> Any:
    return actions.move(DependencyRegister, record.pk, record.version, step, actor, reason=reason)


def milestones(setting: Setting) -> None:
    for told in programme()["milestones"]:
        fed = [feeder(name, told["initiative"]) for name in told["activity"].split("; ")]
        planned = max((one.baseline_finish.date() for one in fed if one.baseline_finish), default=None)
        expected = max((one.finish.date() for one in fed if one.finish), default=None)
        dates = {"baseline_original": planned, "baseline_current": planned, "forecast": expected}
        setting.create(MilestoneRegister, {**told, **dates, "tolerance_days": TOLERANCE_DAYS})


def feeder(name: str, initiative: str) -> Activity:
    """The activity that a milestone names; with its project's code before a colon where that is another than the milestone's own."""
    project, _colon, code = name.rpartition(":")
    return activity(project or initiative, code)


def days_for(setting: Setting, told: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The values with day offsets turned into dates under the register's own field names."""
    return {names.get(name, name): setting.day(value) if name in names else value for name, value in told.items()}


def questions(setting: Setting, *, since: bool) -> None:
    """Issues and decisions."""
    for told in told_of("issues", since=since):
        setting.create(IssueRegister, days_for(setting, told, {"raised": "raised_on", "due": "due_on"}))
    for told in told_of("decisions", since=since):
        values = {name: value for name, value in told.items() if name != "decided"}
        setting.create(DecisionRegister, days_for(setting, values, {"due": "needed_by"}))


def decided(setting: Setting) -> None:
    """What the board has resolved since a month ago."""
    for told in programme()["decisions"]:
        if outcome := told.get("decided"):
            record = Decision.objects.get(title=told["title"])
            values = {"outcome": outcome["outcome"], "decided_on": setting.day(outcome["on"])}
            record = actions.change(DecisionRegister, record.pk, record.version, values, setting.actor)
            actions.move(DecisionRegister, record.pk, record.version, "decide", setting.as_person(outcome["by"]))


def meetings(setting: Setting) -> None:
    """The last board and the next one; actions that arise from a meeting name it."""
    for told in programme()["meetings"]:
        values = {name: value for name, value in told.items() if name != "approved"}
        record = setting.create(MeetingRegister, days_for(setting, values, {"held": "held_on", "papers": "papers_by"}))
        if told.get("approved"):
            record = actions.move(MeetingRegister, record.pk, record.version, "hold", setting.actor)
            actions.move(MeetingRegister, record.pk, record.version, "approve", setting.actor)


def actions_and_comments(setting: Setting) -> None:
    """What people have to do, and what they said about some of the records."""
    meetings(setting)
    held = dict(MeetingRegister.model._default_manager.values_list("title", "pk"))
    for told in programme()["actions"]:
        values = {**told, "done": None, "meeting": held.get(told.get("origin", ""))}
        record = setting.create(ActionRegister, days_for(setting, values, {"due": "due_on"}) | done(setting, told))
        if "done" in told:
            actions.move(ActionRegister, record.pk, record.version, "finish", setting.actor)
    for told in programme()["comments"]:
        register = REGISTERS[told["register"]]
        record = register.model._default_manager.get(title=told["on"])
        about.comment(register, record.pk, told["text"], setting.as_person(told["by"]))


def done(setting: Setting, told: Mapping[str, Any]) -> dict[str, Any]:
    return {"done_on": setting.day(told["done"]), "evidence": told.get("evidence", "")} if "done" in told else {}


def programme_row() -> Initiative:
    return Initiative.objects.get(code=programme()["programme"]["code"])
