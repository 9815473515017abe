"""Loads the demonstration through the same actions and imports as anyone's data: all of it or nothing."""

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.exchange import plans, tables
from mainstay.exchange.demo import files, people, records
from mainstay.exchange.demo.records import Setting
from mainstay.forecasts import running
from mainstay.forecasts.running import Options
from mainstay.initiatives.models import Initiative
from mainstay.jobs.progress import Progress
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor
from mainstay.risk.risk.register import RiskRegister

STEPS = 7
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


def is_empty() -> bool:
    return not Initiative.objects.exists()


def load(administrator: Account, password: str, progress: Progress, today: date | None = None) -> Loaded:
    """The whole demonstration in one transaction; the files are read before it begins."""
    day = today or timezone.localdate()
    actor = Actor(administrator, "command")
    with tempfile.TemporaryDirectory(prefix="mainstay-demo-") as name:
        progress(0, STEPS, "writing the programme's files")
        made = files.write_all(Path(name), day)
        plan_files, register_file = made[:-1], made[-1]
        progress(1, STEPS, "reading plans")
        read = plans.read_files([(path, path.name) for path in plan_files])
        book = tables.read_file(register_file)
        with transaction.atomic():
            progress(2, STEPS, "people and initiatives")
            people.offices(actor)
            accounts = people.people(actor, password)
            people.initiatives(actor, day)
            people.appointments(actor, day)
            people.standards(actor, day)
            setting = Setting(actor, accounts, day)
            progress(3, STEPS, "plans")
            records.causes(setting)
            taken = plans.take_in(plans.place_all(read, records.programme_row()), actor)
            progress(4, STEPS, "risks")
            applied = tables.take_in(tables.preview(RiskRegister, book, actor), actor, reason=f"Loaded from {files.RISK_FILE}.")
            progress(5, STEPS, "dependencies, milestones and papers")
            records.dependencies(setting)
            records.milestones(setting)
            records.papers(setting)
            progress(6, STEPS, "a forecast of the programme")
            running.forecast(records.programme_row(), setting.as_person(SIGN_IN), Options(iterations=ITERATIONS), Progress())
    progress(STEPS, STEPS, "done")
    return Loaded(people.address(SIGN_IN), len(taken), sum(plan.activity_count for plan in taken), len(applied.created))


__all__ = ["Invalid", "Loaded", "is_empty", "load"]
