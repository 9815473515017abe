"""The rail is written once and kept: whoever counts otherwise, is elsewhere or sees less gets their own."""

from collections.abc import Callable

from django.test import Client

from mainstay.accounts.models import Account
from mainstay.register import actions
from mainstay.register.spec import REGISTERS
from tests import page_forms
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]


def rail(client: Client, path: str = "/") -> dict[str, str]:
    """Address → what its line says, the line of this page with a star."""
    lines = page_forms.tree(client.get(path)).xpath('//*[@id="rail"]//a')
    return {line.get("href"): line.text_content() + "*" * (line.get("aria-current") == "page") for line in lines}


def test_the_rail_follows_its_reader_its_place_and_what_waits(world: World, signed_in: SignedIn) -> None:
    owner, register = signed_in(world.owner), REGISTERS["communications.action"]
    before = rail(owner)
    assert before == rail(owner) and before["/"].endswith("*")
    values = {"title": "Call them", "initiative": world.project.pk, "owner": "Olive Ner", "due_on": "2027-01-29"}
    made = actions.create(register, values, actor(world.owner))
    more = rail(owner)
    assert {address for address in more if more[address] != before[address]} == {register.url()}
    assert rail(owner, register.url())[register.url()] == more[register.url()] + "*"
    actions.withdraw(register, made.pk, made.version, actor(world.owner), reason="Entered twice.")
    assert rail(owner) == before
    assert register.url() not in rail(signed_in(world.nobody))
    assert rail(signed_in(None), "/sign-in/") == {}
