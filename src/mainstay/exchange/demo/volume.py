"""A portfolio as large as wished, for trying and for measuring: made-up rows with a seed, written through the same actions."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.communications.action.register import ActionRegister
from mainstay.communications.decision.register import DecisionRegister
from mainstay.initiatives.appointment.register import AppointmentRegister
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.jobs.progress import Progress
from mainstay.organisation.person.register import PersonRegister
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.register import actions
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor
from mainstay.register.spec import Register
from mainstay.risk.issue.register import IssueRegister
from mainstay.risk.risk.register import RiskRegister

PROJECTS_A_PROGRAMME = 100
PEOPLE_A_PROGRAMME = 10
APPOINTED_BEFORE = timedelta(days=200)
WHAT = (
    "Bridge",
    "Signalling",
    "Data centre",
    "Clinic",
    "School",
    "Pumping main",
    "Depot",
    "Ward",
    "Records",
    "Payroll",
    "Harbour",
    "Network",
)
WORK = ("renewal", "extension", "migration", "refurbishment", "replacement", "consolidation", "roll-out", "upgrade")
THREATS = (
    "Ground conditions worse than surveyed",
    "Supplier fails to deliver",
    "Consent comes late",
    "Key staff leave",
    "Prices rise",
    "Interface unclear",
)
GOOD = ("Shared contract lowers the price", "Early access to the site", "Design used again")
TROUBLES = ("Test failed", "Contractor claims for delay", "Defect found at handover", "Access refused", "Drawing out of date")
DEEDS = ("Confirm the date", "Send the drawings", "Agree the budget", "Invite the supplier", "Close the finding", "Renew the permit")
MARKS = ("Design complete", "Contract placed", "Site open", "Half built", "Tests passed", "Handed over", "Benefit begins", "Final account")
CHOICES = ("Approve the next stage", "Draw on contingency")
RESPONSES = ("avoid", "reduce", "transfer", "accept")


class Collect(Protocol):
    """Asks all projects for some months of returns and fills most of them: the work of a package beside this one, handed in."""

    def __call__(self, place: Initiative, today: date, actor: Actor, dice: random.Random, progress: Progress) -> int: ...


@dataclass(frozen=True, slots=True)
class Place:
    """What rows of one programme refer to, with the dice that make them."""

    dice: random.Random
    today: date
    projects: list[Initiative]
    people: list[int]

    def each(self, count: int) -> Iterator[dict[str, Any]]:
        """`count` rows for each project, with their owner."""
        for project in self.projects:
            for _ in range(count):
                yield {"initiative": project.pk, "owner": self.dice.choice(self.people)}

    def day(self, first: int, last: int) -> date:
        return self.today + timedelta(days=self.dice.randint(first, last))


def risks(place: Place) -> Iterator[dict[str, Any]]:
    dice = place.dice
    for row in place.each(20):
        is_threat = dice.random() < 0.85
        likely = dice.randint(5, 500) * 1000
        days = dice.randint(2, 60)
        yield row | {
            "title": f"{dice.choice(THREATS if is_threat else GOOD)}, lot {dice.randint(1, 99)}",
            "nature": "threat" if is_threat else "opportunity",
            "probability": dice.choice((5, 10, 15, 20, 25, 30, 40, 50, 60)),
            "cost_low": likely // 2,
            "cost_likely": likely,
            "cost_high": likely * 2,
            "days_low": days // 2,
            "days_likely": days,
            "days_high": days * 2,
            "likelihood": dice.randint(1, 5),
            "impact": dice.randint(1, 5),
            "response": dice.choice(RESPONSES) if is_threat else "enhance",
            "review_on": place.day(-20, 90),
        }


def issues(place: Place) -> Iterator[dict[str, Any]]:
    for row in place.each(8):
        dice = place.dice
        yield row | {
            "title": f"{dice.choice(TROUBLES)}, lot {dice.randint(1, 99)}",
            "kind": dice.choice(("request", "off-specification", "problem")),
            "priority": dice.choice(("must", "should", "could")),
            "severity": dice.choice(("team", "project", "board", "programme")),
            "raised_on": place.day(-120, 0),
            "due_on": place.day(-30, 90),
        }


def deeds(place: Place) -> Iterator[dict[str, Any]]:
    for row in place.each(10):
        yield row | {
            "title": f"{place.dice.choice(DEEDS)} of lot {place.dice.randint(1, 99)}",
            "due_on": place.day(-30, 120),
            "origin": "Project board",
        }


def milestones(place: Place) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(place.each(len(MARKS))):
        planned = place.day(-100, 900)
        forecast = planned + timedelta(days=place.dice.choice((-7, 0, 0, 0, 7, 14, 30, 60)))
        yield row | {
            "title": MARKS[number % len(MARKS)],
            "kind": "key",
            "baseline_current": planned,
            "forecast": forecast,
            "tolerance_days": 10,
        }


def decisions(place: Place) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(place.each(len(CHOICES))):
        yield row | {"title": CHOICES[number % len(CHOICES)], "forum": "Project board", "needed_by": place.day(5, 120)}


def dependencies(place: Place) -> Iterator[dict[str, Any]]:
    for row in place.each(2):
        giver = place.dice.choice([project.pk for project in place.projects if project.pk != row["initiative"]] or [None])
        if giver is not None:
            yield row | {
                "title": f"Handover of lot {place.dice.randint(1, 99)}",
                "giver": giver,
                "needed_by": place.day(0, 400),
                "promised_by": place.day(0, 400),
            }


ROWS: tuple[tuple[type[Register], Callable[[Place], Iterator[dict[str, Any]]]], ...] = (
    (RiskRegister, risks),
    (IssueRegister, issues),
    (ActionRegister, deeds),
    (MilestoneRegister, milestones),
    (DecisionRegister, decisions),
    (DependencyRegister, dependencies),
)


def fill(count: int, seed: int, administrator: Account, progress: Progress, collect: Collect) -> dict[str, Any]:
    """`count` projects in programmes of a hundred, about fifty rows each; a programme's rows of one register are one transaction."""
    if Initiative.objects.filter(code="VOL").exists():
        raise Invalid({"projects": ["There is such a portfolio already. Fill another home; see MAINSTAY_HOME."]})
    dice = random.Random(seed)  # noqa: S311 (made-up figures, no secret)
    actor = Actor(administrator, "command")
    portfolio = actions.create(InitiativeRegister, {"code": "VOL", "title": "Large portfolio", "kind": "portfolio"}, actor)
    programmes = -(-count // PROJECTS_A_PROGRAMME)
    steps, step = programmes * (len(ROWS) + 1), 0
    written = {"projects": 0, "rows": 0}
    for number in range(1, programmes + 1):
        progress(step, steps, f"programme {number} of {programmes}")
        place = programme(number, min(PROJECTS_A_PROGRAMME, count - written["projects"]), portfolio, dice, actor)
        written["projects"] += len(place.projects)
        step += 1
        for register, rows in ROWS:
            progress(step, steps, f"programme {number} of {programmes}: {register.title().lower()}")
            written["rows"] += len(actions.create_many(register, list(rows(place)), actor))
            step += 1
    written["returns"] = collect(portfolio, timezone.localdate(), actor, dice, progress)
    progress(steps, steps, "done")
    return written


def appoint(place: Place, programme: Initiative, number: int, actor: Actor) -> None:
    """A sponsor for the programme, and for each project one of its people, so that somebody supplies and somebody confirms."""
    sponsor = {"title": f"Sponsor {number}", "email": f"sponsor.{number}@example.org"}
    told = {"since": place.today - APPOINTED_BEFORE}
    rows = [{**told, "person": actions.create(PersonRegister, sponsor, actor).pk, "role": "sro", "initiative": programme.pk}]
    for turn, project in enumerate(place.projects):
        person = place.people[turn % len(place.people)]
        rows.append({**told, "person": person, "role": "project_manager", "initiative": project.pk})
    actions.create_many(AppointmentRegister, rows, actor)


def programme(number: int, size: int, portfolio: Initiative, dice: random.Random, actor: Actor) -> Place:
    """One programme with its projects and the people who own their rows."""
    code = f"V{number:03d}"
    head = {
        "code": code,
        "title": f"Programme {number}",
        "kind": "programme",
        "parent": portfolio.pk,
        "budget": dice.randint(50, 900) * 1_000_000,
    }
    above = actions.create(InitiativeRegister, head, actor)
    projects = [
        {
            "code": f"{code}-{place:03d}",
            "title": f"{dice.choice(WHAT)} {dice.choice(WORK)} {number}.{place}",
            "kind": "project",
            "parent": above.pk,
            "budget": dice.randint(1, 90) * 100_000,
        }
        for place in range(1, size + 1)
    ]
    people = [
        {"title": f"Owner {number}.{place}", "email": f"owner.{number}.{place}@example.org"} for place in range(1, PEOPLE_A_PROGRAMME + 1)
    ]
    made = actions.create_many(InitiativeRegister, projects, actor)
    owners = actions.create_many(PersonRegister, people, actor)
    place = Place(dice, timezone.localdate(), made, [owner.pk for owner in owners])
    appoint(place, above, number, actor)
    return place
