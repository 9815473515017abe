"""Imports of the worst that can be sent, and of people whose rights have ended meanwhile: a sentence, and nothing written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.exchange.models import Stage, Upload
from mainstay.initiatives.models import Appointment
from mainstay.jobs import work
from mainstay.jobs.models import Job
from mainstay.planning.models import Plan
from mainstay.risk.models import Risk
from tests.contract.worlds import World
from tests.exchange.samples import plan_file, risk_csv
from tests.exchange.test_pages import send
from tests.formats.spreadsheet.test_bad_files import changed, sheet_of, workbook

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Account | None], Client]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)


def test_each_bad_file_is_named_with_its_reason_and_none_of_the_good_ones_is_taken(world: World, signed_in: SignedIn) -> None:
    client, before = signed_in(world.owner), (Plan.objects.count(), Risk.objects.count())
    cut = plan_file("SCR-HB", "xer")
    upload = send(
        client,
        ("bomb.xlsx", changed(workbook([["Title"]]), added=b"\0" * 200_000_000)),
        ("sparse.xlsx", changed(workbook([["Title"]]), sheet=sheet_of("A1", "XFD1048576"))),
        ("cut.xer", cut[: len(cut) // 2]),
        ("letter.mpp", b"Dear colleague, the plan follows."),
        ("risks.csv", risk_csv()),
        ("SCR-HB.xml", plan_file("SCR-HB", "xml")),
    )
    assert upload.stage == Stage.READY, upload.job and upload.job.error
    assert set(upload.found["faults"]) == {"bomb.xlsx", "sparse.xlsx", "cut.xer", "letter.mpp"}
    page = client.get(reverse("exchange.import", args=[upload.pk])).content.decode()
    for words in ("unpacks to far more than its size", "reaches to cell XFD1048576", "its last line (%E) is missing", "is a text file"):
        assert words in page
    client.post(reverse("exchange.confirm", args=[upload.pk]), {})
    assert (Plan.objects.count(), Risk.objects.count()) == before


def test_a_table_with_semicolons_in_the_code_page_of_windows_is_taken_in_as_written(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    text = "Title;Initiative;Nature;Owner;Probability, %\r\nQuai de l’Étoile floods – again;SCR;threat;owner@example.org;25\r\n"
    upload = send(client, ("risks.csv", text.encode("cp1252")))
    assert client.post(reverse("exchange.confirm", args=[upload.pk]), {}).status_code == 302
    upload.refresh_from_db()
    assert upload.taken == {"risks": 1}
    assert Risk.objects.get(title="Quai de l’Étoile floods – again").probability == 25


def switched_off(world: World) -> None:
    Account.objects.filter(pk=world.owner.pk).update(is_active=False)


def out_of_office(world: World) -> None:
    Appointment.objects.filter(person__account=world.owner).update(is_withdrawn=True)


@pytest.mark.parametrize("end", [switched_off, out_of_office])
def test_an_import_that_waits_is_not_done_for_whoever_has_lost_the_right(
    end: Callable[[World], None], world: World, signed_in: SignedIn
) -> None:
    upload, before = send(signed_in(world.owner), ("risks.csv", risk_csv())), Risk.objects.count()
    end(world)
    job = work.start("exchange.take_in", {"upload": upload.pk}, by=world.owner, title="Taking in")
    assert job.state == "failed"
    assert job.error.endswith(".")
    assert "number J-" not in job.error, "a sentence of ours, not a fault that nobody foresaw"
    assert Risk.objects.count() == before
    assert Upload.objects.get(pk=upload.pk).stage == Stage.READY
    assert Job.objects.filter(pk=job.pk, is_applied=False).exists()
