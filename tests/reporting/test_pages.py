"""Pages of packs: who may see them, freezing through them, and what they say of bad input."""

from collections.abc import Callable

import pytest
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.register import store
from mainstay.register.models import Change
from mainstay.reporting.freezing import freeze
from mainstay.reporting.models import Snapshot
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]


@pytest.fixture
def made(world: World) -> Snapshot:
    return freeze(world.programme, "October 2026", actor(world.owner), audience="Programme board")


def addresses(world: World, made: Snapshot) -> list[str]:
    pack = f"/reporting/pack/{made.pk}/"
    return [f"/reporting/packs/{world.programme.pk}/", pack, f"{pack}compare/", f"{pack}file/xlsx/"]


def test_freeze_in_two_steps(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    address = f"/reporting/packs/{world.programme.pk}/freeze/"
    assert client.get(address).status_code == 200
    told = {"name": "October 2026", "audience": "Programme board", "once": "a"}
    asked = client.post(address, told)
    assert asked.status_code == 200
    assert "Freeze “October 2026” of SCR?" in asked.content.decode()
    assert not Snapshot.objects.exists()
    done = client.post(address, {**told, "confirmed": "yes"})
    made = Snapshot.objects.get()
    assert (done.status_code, done["Location"]) == (302, f"/reporting/pack/{made.pk}/")
    assert client.post(address, {**told, "confirmed": "yes"})["Location"] == done["Location"]


def test_the_owner_sees_and_takes_away(world: World, made: Snapshot, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    assert [client.get(address).status_code for address in ["/reporting/packs/", *addresses(world, made)]] == [200] * 5
    answer = client.get(f"/reporting/pack/{made.pk}/file/xlsx/")
    assert answer["Content-Disposition"].startswith('attachment; filename="SCR October 2026 board pack.xlsx"')
    assert answer.content[:2] == b"PK"
    last = Change.objects.order_by("-sequence")[0]
    assert (last.verb, last.record_id, last.actor_name) == ("export", made.pk, "Olive Ner")


def test_a_reader_sees_it_on_screen_only(world: World, made: Snapshot, signed_in: SignedIn) -> None:
    client = signed_in(world.member)
    assert [client.get(address).status_code for address in addresses(world, made)] == [200, 200, 200, 404]
    page = client.get(f"/reporting/pack/{made.pk}/").content.decode()
    assert "/file/xlsx/" not in page
    assert "corrects=" not in page
    address = f"/reporting/packs/{world.programme.pk}/freeze/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"name": "Mine", "confirmed": "yes"}).status_code == 404
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize("who", ["stranger", "nobody"])
def test_strangers_are_told_that_there_is_nothing(world: World, made: Snapshot, signed_in: SignedIn, who: str) -> None:
    client = signed_in(getattr(world, who))
    assert [client.get(address).status_code for address in addresses(world, made)] == [404] * 4
    assert client.post(f"/reporting/packs/{world.programme.pk}/freeze/", {"name": "Mine", "confirmed": "yes"}).status_code == 404
    assert b"October 2026" not in client.get("/reporting/packs/").content


def test_a_stranger_cannot_correct_by_a_second_id(world: World, made: Snapshot, signed_in: SignedIn) -> None:
    client = signed_in(world.stranger)
    told = {"name": "Mine", "confirmed": "yes", "corrects": str(made.pk), "correction": "Because."}
    assert client.post(f"/reporting/packs/{world.other.pk}/freeze/", told).status_code == 404
    assert client.get(f"/reporting/packs/{world.other.pk}/freeze/?corrects={made.pk}").status_code == 404


def test_comparison_takes_no_snapshot_of_another_initiative(world: World, made: Snapshot, signed_in: SignedIn) -> None:
    other = freeze(world.project, "October 2026", actor(world.owner))
    client = signed_in(world.owner)
    assert client.get(f"/reporting/pack/{made.pk}/compare/?with={other.pk}").status_code == 404
    assert client.get(f"/reporting/pack/{made.pk}/compare/?with=x").status_code == 404


def test_a_name_that_is_taken_comes_back_with_its_field(world: World, made: Snapshot, signed_in: SignedIn) -> None:
    answer = signed_in(world.owner).post(
        f"/reporting/packs/{world.programme.pk}/freeze/", {"name": "october 2026", "audience": "The “board” <b>"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#freeze-name"' in page
    assert "SCR has a snapshot called october 2026 already. Give this one another name." in page
    assert "The “board” &lt;b&gt;" in page


@pytest.mark.parametrize("form", ["exe", "html", "..", "DOCX"])
def test_a_format_that_there_is_not(world: World, made: Snapshot, signed_in: SignedIn, form: str) -> None:
    assert signed_in(world.owner).get(f"/reporting/pack/{made.pk}/file/{form}/").status_code == 404


def test_a_document_that_is_gone_is_one_clear_sentence(world: World, made: Snapshot, signed_in: SignedIn) -> None:
    store.place(made.digest).unlink()
    client = signed_in(world.owner)
    for address in (f"/reporting/pack/{made.pk}/", f"/reporting/pack/{made.pk}/file/pdf/"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "is missing from the store. Restore it from a backup." in answer.content.decode()


def test_nothing_is_frozen_from_the_past(world: World, made: Snapshot, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    page = client.get(f"/reporting/packs/{world.programme.pk}/?as_at=SCR+October+2026").content.decode()
    assert "Freeze a snapshot" not in page
    told = {"name": "Past", "confirmed": "yes"}
    assert client.post(f"/reporting/packs/{world.programme.pk}/freeze/?as_at=SCR+October+2026", told).status_code == 409
