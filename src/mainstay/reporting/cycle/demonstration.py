"""The demonstration's reporting cycle: some months of returns, and this month's while it is collected."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mainstay.initiatives.models import Initiative
from mainstay.initiatives.working_days import working_day
from mainstay.register import actions, derived
from mainstay.register.history import Actor
from mainstay.reporting.burden import reading
from mainstay.reporting.challenge.register import ChallengeRegister
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.commission.register import CommissionRegister
from mainstay.reporting.cycle import answering, asking, calendar, chase, commissioning, measured, shipped
from mainstay.reporting.definition.model import Definition
from mainstay.reporting.definition.register import DefinitionRegister
from mainstay.reporting.distribution import delivering
from mainstay.reporting.distribution.register import DistributionRegister
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.project_return.register import ReturnRegister
from mainstay.reporting.snapshot.model import Snapshot
from mainstay.reporting.template import shipped as shipped_templates
from mainstay.reporting.tolerance.measuring import positions
from mainstay.reporting.tolerance.reports import prefilled
from mainstay.risk.exception_report.register import ExceptionReportRegister

ActorOf = Callable[[str], Actor]
OFFICE, ANALYST = "Edie Larch", "Jonah Pike"
STEPS = ("start", "send", "check", "confirm", "accept")
NOW = {"opens_on": -8, "due_on": -2, "checked_by": -1, "confirmed_by": 1, "freezes_on": 3}
"""This month's days, in working days from today: the last returns are two days late."""


@cache
def told() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return found


@transaction.atomic
def load(place: Initiative, today: date, actor_of: ActorOf) -> Commission:
    """A definition in use, the months before as they were kept, and the commission that is being collected."""
    office = actor_of(OFFICE)
    definition = shipped.take("highlight", str(place.pk), office)
    shipped_templates.take(place, office)
    definition = on_scale(definition, told()["before"]["scale"], office)
    definition = actions.move(DefinitionRegister, definition.pk, definition.version, "use", office)
    months = len(next(iter(told()["earlier"].values())))
    this_month = calendar.month_before(today, 1)
    for number in range(months):
        if number == told()["before"]["months"]:
            definition = on_scale(definition, "local-rag", office)
        earlier(definition, calendar.month_before(this_month, months - number), number, office)
    days = {name: working_day(place, today, count) for name, count in NOW.items()}
    made = commissioning.commission(definition, asked(definition, office), period(this_month), office, days=days)
    for row in made.returns.select_related("initiative"):
        answer(row, told()["now"].get(row.initiative.code), actor_of)
    challenge(made, actor_of)
    exception(place, actor_of)
    recipients(place, office)
    chase.run(today)
    return made


def on_scale(definition: Definition, scale: str, office: Actor) -> Definition:
    """The definition with its rating on another scale; what was commissioned before stays on its own."""
    text = re.sub(r"^scale: .*$", f"scale: {scale}", definition.content, flags=re.MULTILINE)
    made: Definition = actions.change(DefinitionRegister, definition.pk, definition.version, {"content": text}, office)
    return made


def period(first: date) -> tuple[date, date]:
    following = calendar.month_before(first, -1)
    return first, date.fromordinal(following.toordinal() - 1)


def asked(definition: Definition, actor: Actor) -> list[int]:
    return [one.initiative.pk for one in commissioning.candidates(definition, actor.account)]


def earlier(definition: Definition, first: date, number: int, office: Actor) -> None:
    """A month that was kept on paper, taken over with the days on which its returns were sent."""
    made = commissioning.commission(definition, asked(definition, office), period(first), office)
    for row in made.returns.select_related("initiative"):
        rating = told()["earlier"][row.initiative.code][number]
        values: dict[str, Any] = {"state": "waived"}
        if rating:
            given = answers(row.initiative.code, rating)
            late = timedelta(days=told()["late"].get(row.initiative.code, {}).get(number, 0))
            values = {"state": "accepted", "rating": rating, "answers": given, "sent_at": on(made.due_on + late)}
            values["seconds"] = told()["minutes"][row.initiative.code] * 60
            values["confirmed_on"] = made.confirmed_by + late if row.confirmer_id else None
        derived.derive(ReturnRegister, row, values, office, verb="import", reason="Taken over from the returns kept on paper.")
    actions.move(CommissionRegister, made.pk, made.version, "close", office)


def answers(code: str, rating: str) -> dict[str, str]:
    words = {
        "green": "On programme.",
        "amber-green": "On programme with constant attention.",
        "amber": "Behind, with the means to recover.",
        "red": "A decision is needed.",
    }
    return {"rating": rating, "summary": words[rating], "forecast_cost": str(told()["costs"][code]), "spent": str(told()["spent"][code])}


def answer(row: Return, given: Mapping[str, str] | None, actor_of: ActorOf) -> None:
    """Fill a return through its form's own door and take it as far as it has come; without answers it has not been begun."""
    if given is None:
        return
    supplier, office = actor_of(given["by"]), actor_of(OFFICE)
    saved = answering.save(row.pk, {"q.rating": given["rating"], "q.summary": given["summary"]}, {}, supplier)
    record = saved.record
    for step in STEPS[1 : STEPS.index(given["until"]) + 1]:
        actor = supplier if step == "send" else actor_of(row.confirmer.title) if step == "confirm" and row.confirmer else office
        record = actions.move(ReturnRegister, record.pk, record.version, step, actor)
    if record.sent_at and given["until"] != "send":
        if office.account is not None:
            reading.note(record, office.account)
        seconds = told()["minutes"][row.initiative.code] * 60
        values: dict[str, Any] = {"sent_at": on(row.due_on), "seconds": seconds}
        if record.confirmed_on:
            values["confirmed_on"] = min(row.commission.confirmed_by, timezone.localdate())
        derived.derive(ReturnRegister, record, values, office, reason="Came in time.")


def on(day: date) -> datetime:
    return datetime.combine(day, time(11, 20), ZoneInfo(settings.LOCAL_TIME_ZONE))


def challenge(made: Commission, actor_of: ActorOf) -> None:
    """What the office asked about a rating that is better than what was measured."""
    asked_about = told()["challenge"]
    found = made.returns.get(initiative__code=asked_about["about"])
    record = asking.return_of(found.pk, actor_of(OFFICE).account)
    if record is None:
        return
    evidence = "\n".join(text for text, _url in measured.of(record.initiative, actor_of(OFFICE).account).evidence())
    values = {"title": asked_about["title"], "question": asked_about["question"], "evidence": evidence, "answer_by": made.confirmed_by}
    owner = record.owner.pk if record.owner else None
    actions.create(ChallengeRegister, {**values, "initiative": record.initiative_id, "about": record.pk, "owner": owner}, actor_of(ANALYST))


def recipients(place: Initiative, office: Actor) -> None:
    """The programme's distribution list, and what it was sent of its last pack."""
    for name, days in told()["recipients"].items():
        values = {"initiative": place.pk, "title": "Board pack", "person": name, "after_days": days}
        actions.create(DistributionRegister, values, office)
    last = Snapshot.objects.filter(initiative=place).order_by("-sequence").first()
    if last is not None:
        delivering.send_to_list(last, office)


def exception(place: Initiative, actor_of: ActorOf) -> None:
    """A tolerance that is forecast to be passed, put to the programme board by its project."""
    given = told()["exception"]
    project = Initiative.objects.get(code=given["about"], path__startswith=place.path)
    breach = next((one for one in positions(project, actor_of(OFFICE).account) if one.is_breached), None)
    if breach is None:
        return
    values = prefilled(project, breach) | {name: given[name] for name in ("cause", "consequences", "options", "recommendation", "owner")}
    made = actions.create(ExceptionReportRegister, values, actor_of(given["owner"]))
    actions.move(ExceptionReportRegister, made.pk, made.version, "escalate", actor_of(given["owner"]))
