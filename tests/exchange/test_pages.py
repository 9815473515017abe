"""Pages of imports: files are sent, checked and taken in, all or none, by those who may."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.exchange import uploads
from mainstay.exchange.demo import files
from mainstay.exchange.models import Stage, Upload
from mainstay.jobs.models import Job
from mainstay.planning.models import Activity, Plan
from mainstay.risk.models import Risk
from tests.contract.worlds import World
from tests.exchange.samples import TODAY, plan_file, risk_csv

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Account | None], Client]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client: Client, *given: tuple[str, bytes], **fields: str) -> Upload:
    answer = client.post(reverse("exchange.imports"), {"files": [sent(*one) for one in given], **fields})
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.latest("pk")


def test_files_are_read_checked_and_taken_in(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    before = Plan.objects.count(), Risk.objects.count()
    upload = send(client, ("SCR-HB plan.xer", plan_file("SCR-HB", "xer")), ("risks.csv", risk_csv()))
    assert upload.stage == Stage.READY, upload.job and upload.job.error
    assert (Plan.objects.count(), Risk.objects.count()) == before
    page = client.get(reverse("exchange.import", args=[upload.pk])).content.decode()
    assert "28 activities, 28 links" in page
    assert "Take these in" in page
    answer = client.post(reverse("exchange.confirm", args=[upload.pk]), {"place-0": "SCR-HB"})
    assert answer.status_code == 302
    upload.refresh_from_db()
    assert (upload.stage, upload.taken) == (Stage.TAKEN, {"plans": 1, "activities": 28, "risks": 2})
    plan = Plan.objects.get(initiative=world.project, is_live=True)
    assert (plan.activity_count, Activity.objects.filter(plan=plan).count(), plan.file_name) == (28, 28, "SCR-HB plan.xer")
    assert Risk.objects.count() == before[1] + 2
    assert not uploads.folder(upload).exists()


@pytest.mark.slow
def test_confirming_twice_is_done_once(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    upload = send(client, ("SCR-HB.xml", plan_file("SCR-HB", "xml")))
    for _ in range(2):
        client.post(reverse("exchange.confirm", args=[upload.pk]), {"place-0": "SCR-HB"})
    assert Plan.objects.filter(initiative=world.project, file_name="SCR-HB.xml").count() == 1


def test_a_bad_file_is_named_and_keeps_all_from_being_taken(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    upload = send(client, ("SCR-HB.xml", plan_file("SCR-HB", "xml")), ("broken.xer", b"ERMHDR\t19.12\r\n%T\tPROJECT\r\n"))
    page = client.get(reverse("exchange.import", args=[upload.pk])).content.decode()
    assert "its last line (%E) is missing" in page
    assert "Take these in" not in page
    client.post(reverse("exchange.confirm", args=[upload.pk]), {"place-0": "SCR-HB"})
    upload.refresh_from_db()
    assert upload.stage == Stage.READY
    assert not Plan.objects.filter(file_name="SCR-HB.xml").exists()
    assert not Job.objects.filter(kind="exchange.take_in").exists(), "what cannot be taken starts no work"


def test_a_faulty_row_is_named_by_its_cell_and_nothing_is_written(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    before = Risk.objects.count()
    upload = send(client, ("risks.csv", risk_csv().replace(b"25", b"250")))
    page = client.get(reverse("exchange.import", args=[upload.pk])).content.decode()
    assert "row 2" in page or "cell" in page
    assert "Take these in" not in page
    assert Risk.objects.count() == before


@pytest.mark.slow
def test_a_plan_may_be_put_elsewhere_or_left_out(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    upload = send(client, ("a.xml", plan_file("SCR-HB", "xml")), ("b.xml", plan_file("SCR-SW", "xml")))
    answer = client.post(reverse("exchange.confirm", args=[upload.pk]), {"place-0": world.programme.code, "place-1": ""})
    assert answer.status_code == 302
    assert Plan.objects.filter(file_name="a.xml").get().initiative == world.programme
    assert not Plan.objects.filter(file_name="b.xml").exists()


@pytest.mark.parametrize(("places", "sentence"), [(("SCR", "SCR"), "more than one plan"), (("OTT", "SCR"), "no initiative OTT")])
def test_a_wrong_place_is_told_and_nothing_taken(places: tuple[str, str], sentence: str, world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    upload = send(client, ("a.xml", plan_file("SCR-HB", "xml")), ("b.xml", plan_file("SCR-SW", "xml")))
    answer = client.post(reverse("exchange.confirm", args=[upload.pk]), {"place-0": places[0], "place-1": places[1]})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    upload.refresh_from_db()
    assert upload.stage == Stage.READY


@pytest.mark.slow
def test_discarding_clears_the_files(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    upload = send(client, ("SCR-HB.xml", plan_file("SCR-HB", "xml")))
    assert len(list(uploads.folder(upload).iterdir())) == 1
    client.post(reverse("exchange.discard", args=[upload.pk]))
    upload.refresh_from_db()
    assert upload.stage == Stage.DISCARDED
    assert not uploads.folder(upload).exists()
    assert Plan.objects.filter(file_name="SCR-HB.xml").count() == 0


def test_only_who_may_import_comes_in_and_only_the_sender_sees_it(world: World, signed_in: SignedIn) -> None:
    upload = send(signed_in(world.owner), ("SCR-HB.xml", plan_file("SCR-HB", "xml")))
    for account in (world.member, world.nobody):
        assert signed_in(account).get(reverse("exchange.imports")).status_code == 404
    for name in ("import", "confirm", "discard", "again"):
        url = reverse(f"exchange.{name}", args=[upload.pk])
        assert signed_in(world.stranger).get(url).status_code == 404
        assert signed_in(world.stranger).post(url, {"place-0": "OTT"}).status_code == 404
    upload.refresh_from_db()
    assert upload.stage == Stage.READY


def test_a_stranger_is_offered_no_initiative_of_mine(world: World, signed_in: SignedIn) -> None:
    page = signed_in(world.stranger).get(reverse("exchange.imports")).content.decode()
    assert 'value="SCR"' not in page
    assert 'value="OTT"' in page
    answer = signed_in(world.stranger).post(reverse("exchange.imports"), {"files": [sent("a.xml", b"x")], "into": "SCR"})
    assert answer.status_code == 422
    assert "not yours to see" in answer.content.decode()


def test_sending_nothing_or_too_much_is_told(world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(world.owner)
    answer = client.post(reverse("exchange.imports"), {})
    assert answer.status_code == 422
    assert "Choose at least one file." in answer.content.decode()
    monkeypatch.setattr(uploads, "MOST_FILES", 1)
    answer = client.post(reverse("exchange.imports"), {"files": [sent("a.csv", b"x"), sent("b.csv", b"x")]})
    assert "These are 2 files." in answer.content.decode()


def test_the_workbook_of_the_demonstration_can_be_sent_again(world: World, signed_in: SignedIn) -> None:
    """Owners that are not there are offered to be added; read again, the rows are new."""
    client = signed_in(world.administrator)
    upload = send(client, (files.RISK_FILE, files.risk_register()))
    found = upload.found["tables"][0]
    assert found["register"] == "risk.risk"
    assert "Ines Marlowe" in found["unknown"]


def test_old_uploads_are_cleared(world: World, signed_in: SignedIn) -> None:
    upload = send(signed_in(world.owner), ("SCR-HB.xml", plan_file("SCR-HB", "xml")))
    assert uploads.clear_old() == 0
    Upload.objects.filter(pk=upload.pk).update(at=upload.at - uploads.KEEP * 2)
    assert uploads.clear_old() == 1
    assert not uploads.folder(upload).exists()


@pytest.mark.parametrize(
    ("name", "tidy"), [("../../etc/passwd", "passwd"), ("C:\\plans\\a.mpp", "a.mpp"), ("a\x00\n.xer", "a.xer"), ("", "unnamed")]
)
def test_names_lose_their_folders(name: str, tidy: str) -> None:
    assert uploads.tidy(name) == tidy


def test_the_sample_day_is_fixed() -> None:
    assert TODAY.isoformat() == "2026-11-25"
