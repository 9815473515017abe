"""A plan sent by a program: the next version, or every reason why not, and only from whoever may load it there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.formats.plans.writing import to_mspdi
from mainstay.initiatives.models import Initiative
from mainstay.planning.models import Plan
from tests.contract.worlds import TODAY, World

SignedIn = Callable[[Account | None], Client]
API = "/api/v1/planning/plan"


def send(client: Client, place: Initiative, *, month_ago: bool = False, content: bytes = b"", **told: str) -> Any:
    whole = content or to_mspdi(schedule_of("SCR-HB", "Barrier", "Somebody", TODAY - timedelta(days=1), month_ago=month_ago))
    return client.post(API, {"file": SimpleUploadedFile("barrier.xml", whole), "initiative": place.pk, **told})


def test_a_plan_becomes_the_next_version_or_is_told_why_not(world: World, signed_in: SignedIn) -> None:
    Plan.objects.all().delete()
    client = signed_in(world.owner)
    first = send(client, world.project)
    assert first.status_code == 201, first.content
    assert first.json()["number"] == 1
    assert send(client, world.project).json()["id"] == first.json()["id"], "the same file is the same version"
    older = send(client, world.project, month_ago=True)
    assert older.status_code == 422
    assert "is before that of the live version" in older.content.decode()
    assert Plan.objects.count() == 1
    taken = send(client, world.project, month_ago=True, all_the_same="yes")
    assert taken.status_code == 201
    assert Plan.objects.get(is_live=True).warnings[-1].startswith("Taken in all the same: Its status date")
    assert send(client, world.project, content=b"Title,Owner\nYard closes,Olive Ner\n").status_code == 422
    assert send(client, world.project, content=b"\x00\x01" * 300).status_code == 422
    assert client.post(API, {"initiative": world.project.pk}).status_code == 422


def test_readers_and_strangers_send_none(world: World, signed_in: SignedIn) -> None:
    count = Plan.objects.count()
    assert send(signed_in(world.member), world.project).status_code in (403, 422)
    assert send(signed_in(world.stranger), world.project).status_code == 422
    assert send(signed_in(None), world.project).status_code == 401
    assert Plan.objects.count() == count
