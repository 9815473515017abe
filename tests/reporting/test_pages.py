"""Pages of packs: who may see them, freezing through them, and what they say of bad input."""

from collections.abc import Callable

from django.test import Client

from mainstay.accounts.models import Account
from mainstay.reporting.models import Snapshot
from tests.contract.worlds import World

SignedIn = Callable[[Account | None], Client]


def test_freeze_in_two_steps(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    address = f"/reporting/packs/{world.programme.pk}/freeze/"
    assert client.get(address).status_code == 200
    asked = client.post(address, {"name": "October 2026", "audience": "Programme board", "once": "a"})
    assert asked.status_code == 200
    assert "October 2026" in asked.content.decode()
    assert not Snapshot.objects.filter(title="October 2026").exists()
    done = client.post(address, {"name": "October 2026", "audience": "Programme board", "once": "a", "confirmed": "yes"})
    made = Snapshot.objects.get(title="October 2026")
    assert (done.status_code, done["Location"]) == (302, f"/reporting/pack/{made.pk}/")
    for page in (done["Location"], "/reporting/packs/", f"/reporting/packs/{world.programme.pk}/", f"/reporting/pack/{made.pk}/compare/"):
        assert (page, client.get(page).status_code) == (page, 200)
