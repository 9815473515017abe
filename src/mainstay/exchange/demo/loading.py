"""Loads the demonstration through the same actions and imports as anyone's data: all of it or nothing.

Two monthly returns one after the other, each frozen as the board's pack of its month: so that there are versions and something moved."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.exchange import plans, tables
from mainstay.exchange.demo import assurance, files, outside, people, records, risks, transitions, workspace
from mainstay.exchange.demo.files import Sent
from mainstay.exchange.demo.records import Setting
from mainstay.exchange.demo.schedules import MONTH, status_day
from mainstay.exchange.plans import Read
from mainstay.forecasts import running
from mainstay.forecasts.options import Options
from mainstay.formats.spreadsheet import Workbook
from mainstay.initiatives.models import Initiative
from mainstay.jobs.progress import Progress
from mainstay.planning.models import Plan
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor
from mainstay.render import typography
from mainstay.risk.risk.register import RiskRegister

STEPS = 9
ITERATIONS = 2_000
SIGN_IN = "Edie Larch"
"""The person whose account a visitor is shown: head of the programme office, who sees and may do most."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded, and as whom to sign in."""

    email: str
    plans: int
    activities: int
    risks: int


class Freeze(Protocol):
    """Freezes a snapshot of an initiative: the work of a package beside this one, so that the caller hands it in."""

    def __call__(self, initiative: Initiative, name: str, actor: Actor, *, audience: str) -> object: ...


class Collect(Protocol):
    """Asks the programme's projects for their returns and fills some of them; handed in like `Freeze`."""

    def __call__(self, place: Initiative, today: date, actor_of: Callable[[str], Actor]) -> object: ...


@dataclass(frozen=True, slots=True)
class Month:
    """What the programme sent in one month, read and not yet taken in."""

    plans: list[Read]
    risks: Workbook


def is_empty() -> bool:
    return not Initiative.objects.exists()


def read(then: Sent, now: Sent) -> tuple[Month, Month]:
    """Both months' files, the plans in one go."""
    found = plans.read_files([(path, path.name) for path in (*then.plans, *now.plans)])
    count = len(then.plans)
    return Month(found[:count], tables.read_file(then.risks)), Month(found[count:], tables.read_file(now.risks))


def load(administrator: Account, password: str, progress: Progress, freeze: Freeze, collect: Collect, today: date | None = None) -> Loaded:
    """The whole demonstration in one transaction; the files are read before it begins."""
    day = today or timezone.localdate()
    actor = Actor(administrator, "command")
    with tempfile.TemporaryDirectory(prefix="mainstay-demo-") as name:
        progress(0, STEPS, "writing the programme's files")
        made = files.write_all(Path(name), day)
        progress(1, STEPS, "reading plans")
        then, now = read(made.then, made.now)
    with transaction.atomic():
        progress(2, STEPS, "people and initiatives")
        people.offices(actor)
        accounts = people.people(actor, password)
        people.initiatives(actor, day)
        people.appointments(actor, day)
        people.standards(actor, day)
        setting = Setting(actor, accounts, day)
        progress(3, STEPS, "the returns of a month ago")
        records.causes(setting)
        take_in(then, actor)
        records.settled_dependencies(setting)
        records.dependencies(setting, since=False)
        records.milestones(setting)
        assurance.tied(setting)
        records.questions(setting, since=False)
        progress(4, STEPS, "the pack of a month ago")
        forecast_and_freeze(setting, freeze, "then", status_day(day) - MONTH)
        progress(5, STEPS, "the returns of now")
        taken = take_in(now, actor)
        records.dependencies(setting, since=True)
        records.questions(setting, since=True)
        records.decided(setting)
        outside.promises(setting)
        transitions.transitions(setting)
        assurance.assurance(setting)
        workspace.workspace(setting)
        risks.beside(setting)
        progress(6, STEPS, "actions and comments")
        records.actions_and_comments(setting)
        progress(7, STEPS, "this month's returns")
        collect(records.programme_row(), day, setting.as_person)
        progress(8, STEPS, "a forecast of the programme and its pack")
        forecast_and_freeze(setting, freeze, "now", status_day(day))
    progress(STEPS, STEPS, "done")
    return Loaded(people.address(SIGN_IN), len(taken), sum(plan.activity_count for plan in taken), RiskRegister.model.objects.count())


def take_in(month: Month, actor: Actor) -> list[Plan]:
    """The plans become live, the rows of the risk register new or changed risks."""
    taken = plans.take_in(plans.place_all(month.plans, records.programme_row()), actor)
    found = tables.preview(RiskRegister, month.risks, actor, unversioned=True)
    tables.take_in(found, actor, reason=f"Loaded from {files.RISK_FILE}.")
    return taken


def forecast_and_freeze(setting: Setting, freeze: Freeze, month: str, status: date) -> None:
    """What the plans and risks of this month imply, and all of it frozen under the name by which the board knows it."""
    place, office = records.programme_row(), setting.as_person(SIGN_IN)
    running.forecast(place, office, Options(iterations=ITERATIONS), Progress())
    audience = f"Programme board; plans of {typography.day(status)}, frozen when the demonstration was loaded"
    freeze(place, files.programme()["packs"][month], office, audience=audience)


__all__ = ["Invalid", "Loaded", "is_empty", "load"]
