"""Packs and templates for programs: frozen, made, sent, uploaded and taken away, each by whoever may and nobody else."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from mainstay.accounts.models import Account
from mainstay.post.models import Message
from mainstay.register import actions
from mainstay.register.models import Change
from mainstay.reporting import freezing
from mainstay.reporting.distribution.model import Distribution
from mainstay.reporting.distribution.register import DistributionRegister
from mainstay.reporting.models import Snapshot, Template
from tests.contract.worlds import World, actor
from tests.reporting.templating.files import word

SignedIn = Callable[[Account | None], Client]
API = "/api/v1/reporting"


def file(*paragraphs: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("own.docx", word(*(paragraphs or ("{{initiative.title}}",))))


def sent(client: Client, world: World, *paragraphs: str, once: str = "") -> Any:
    values = {"file": file(*paragraphs), "initiative": world.programme.pk, "title": "Ours", "purpose": "The board"}
    return client.post(f"{API}/template", values, headers={"Idempotency-Key": once} if once else {})


@pytest.fixture
def frozen(world: World) -> Snapshot:
    return freezing.freeze(world.programme, "October 2026", actor(world.owner))


def test_a_template_is_sent_used_and_made_into_a_pack(world: World, frozen: Snapshot, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    answer = sent(client, world, once="first")
    made = answer.json()
    assert answer.status_code == 201 and answer.headers["ETag"] and sent(client, world, once="first").json()["id"] == made["id"]
    assert Template.objects.filter(title="Ours").count() == 1
    used = client.post(f"{API}/template/{made['id']}/moves/use", {"version": made["version"]}, content_type="application/json")
    assert used.status_code == 200
    pack = client.get(f"{API}/snapshot/{frozen.pk}/template/{made['id']}")
    assert pack.status_code == 200 and "attachment" in pack.headers["Content-Disposition"]
    assert world.programme.title in [paragraph.text for paragraph in Document(io.BytesIO(pack.content)).paragraphs]
    assert Document(io.BytesIO(client.get(f"{API}/template/{made['id']}/file").content)).paragraphs[0].text == "{{initiative.title}}"
    again = client.post(f"{API}/template/{made['id']}/edition", {"file": file("{{marking}}")}, headers={"If-Match": used.headers["ETag"]})
    assert again.status_code == 200 and Template.objects.get(pk=made["id"]).edition == 2
    stale = client.post(f"{API}/template/{made['id']}/edition", {"file": file("{{marking}}")}, headers={"If-Match": used.headers["ETag"]})
    assert stale.status_code == 409


def test_every_fault_of_a_template_is_told_and_nothing_is_kept(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    before = Template.objects.count()
    answer = sent(client, world, "{{initiative.titel}}")
    assert answer.status_code == 422 and "initiative.titel" in answer.json()["errors"]["file"][0]
    none = client.post(f"{API}/template", {"initiative": world.programme.pk, "title": "Ours"})
    assert none.status_code == 422 and "file" in none.json()["errors"]
    for told in ("x", "", "9" * 40, str(world.other.pk)):
        answer = client.post(f"{API}/template", {"file": file(), "initiative": told, "title": "Ours"})
        assert answer.status_code == 422 and "initiative" in answer.json()["errors"]
    assert Template.objects.count() == before


def test_a_pack_is_frozen_made_and_sent(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    told = {"initiative": world.programme.pk, "title": "November 2026", "audience": "Programme board"}
    made = client.post(f"{API}/snapshot", told, content_type="application/json")
    assert made.status_code == 201
    pk = made.json()["id"]
    taken = client.get(f"{API}/snapshot/{pk}/pack/xlsx")
    assert taken.status_code == 200 and taken.content[:2] == b"PK" and taken.content == client.get(f"{API}/snapshot/{pk}/pack/xlsx").content
    assert Change.objects.filter(register="reporting.snapshot", record_id=pk, verb="export").count() == 2
    assert client.get(f"{API}/snapshot/{pk}/pack/exe").status_code == 404
    Distribution.objects.update(state="paused")
    values = {"initiative": world.programme.pk, "person": world.member.person.pk, "title": "Reads it"}
    actions.create(DistributionRegister, values, actor(world.administrator))
    for sent_now in (1, 0):
        answer = client.post(f"{API}/distribution/send/{pk}")
        assert (answer.status_code, answer.json()) == (200, {"sent": sent_now, "refused": 0})
    assert Message.objects.count() == 1


def test_readers_and_strangers_do_none_of_it(world: World, frozen: Snapshot, signed_in: SignedIn) -> None:
    template = Template.objects.filter(initiative=world.programme).first()
    assert template is not None
    told = {"initiative": world.programme.pk, "title": "November 2026"}
    count = Snapshot.objects.count()
    for account, expected in ((world.member, {403, 404}), (world.stranger, {404, 422})):
        client = signed_in(account)
        answers = [
            sent(client, world),
            client.post(f"{API}/snapshot", told, content_type="application/json"),
            client.get(f"{API}/snapshot/{frozen.pk}/pack/pdf"),
            client.get(f"{API}/snapshot/{frozen.pk}/template/{template.pk}"),
            client.get(f"{API}/template/{template.pk}/file"),
            client.post(f"{API}/template/{template.pk}/edition", {"file": file()}),
            client.post(f"{API}/distribution/send/{frozen.pk}"),
        ]
        assert {answer.status_code for answer in answers} <= expected
    assert Snapshot.objects.count() == count and not Message.objects.exists()
    assert signed_in(None).get(f"{API}/snapshot/{frozen.pk}/pack/pdf").status_code == 401
