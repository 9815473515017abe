"""A large plan on its way in, in an installation that tests reach only through processes."""

from datetime import datetime, timedelta
from itertools import pairwise

from django.core.files.uploadedfile import SimpleUploadedFile

from mainstay.accounts.models import Account
from mainstay.exchange import uploads
from mainstay.exchange.models import Upload
from mainstay.formats.plans.writing import to_mspdi
from mainstay.formats.schedule import Activity, Calendar, Link, Schedule, Shift
from mainstay.initiatives.models import Initiative
from mainstay.jobs.models import Job
from mainstay.planning import models as planning
from mainstay.register import actions
from mainstay.register.history import Actor, faults
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS

ACTIVITIES = 1_500
DAY = (Shift(480, 720), Shift(780, 1020))
BEGINS = datetime(2026, 1, 5, 8)  # noqa: DTZ001  # a plan's clock has no zone


def large_plan() -> bytes:
    """Chains of twenty activities each, a day long."""
    rows = tuple(
        Activity(
            uid=number,
            activity_id=f"A{number:05}",
            name=f"Reach {number // 20}, step {number % 20}",
            duration_minutes=480,
            start=BEGINS + timedelta(weeks=number % 20),
            finish=BEGINS + timedelta(weeks=number % 20, hours=9),
        )
        for number in range(1, ACTIVITIES + 1)
    )
    links = tuple(Link(before.uid, after.uid) for before, after in pairwise(rows) if after.uid % 20)
    office = Calendar(1, "Office", (DAY,) * 5 + ((), ()))
    schedule = Schedule(name="Long wall", start=BEGINS, calendars=(office,), default_calendar_uid=1, activities=rows, links=links)
    return to_mspdi(schedule)


def begin() -> int:
    """Send the plan; the id of the import."""
    account = Account.objects.filter(email="chief@example.org").first()
    if account is None:
        account = Account.objects.create_user("chief@example.org", "Ada Chief", is_administrator=True)
    actor = Actor(account, "page")
    if not Initiative.objects.exists():
        for key in ("organisation.office", "organisation.person", "initiatives.initiative"):
            for values in REGISTERS[key].samples()[:1]:
                actions.create(REGISTERS[key], values, actor)
    return uploads.receive([SimpleUploadedFile("wall.xml", large_plan())], actor, Initiative.objects.get()).pk


def confirm(pk: int) -> int:
    """Have it taken in; the id of the job."""
    upload = Upload.objects.get(pk=pk)
    return uploads.confirm(upload, {}, Actor(upload.by, "page")).pk


def reading_job(pk: int) -> int:
    job = Upload.objects.get(pk=pk).job
    assert job is not None
    return job.pk


def standing(pk: int) -> dict[str, object]:
    """What is there of the import, all tables looked at."""
    upload = Upload.objects.get(pk=pk)
    return {
        "plans": planning.Plan.objects.count(),
        "activities": planning.Activity.objects.count(),
        "told": Change.objects.filter(register="planning.plan").count(),
        "faults": [str(fault) for fault in faults()],
        "stage": upload.stage,
        "are_files_kept": uploads.folder(upload).exists(),
        "jobs": Job.objects.filter(kind="exchange.take_in").count(),
    }
