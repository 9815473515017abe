"""Every address answers with the headers that keep pages apart, and refuses a write without its form token."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

import pytest
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.register.requests import ADMINISTRATOR
from tests.contract import addresses, telltales
from tests.contract.worlds import World

SignIn = Callable[[Account | None], Client]
POLICY = {"base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'"}


OF_SECRET_ADDRESSES = {"answer/<str:token>/": "strict-origin", "promise/<str:token>/": "strict-origin"}
"""Pages whose own address is told to nobody, not even to our other pages."""


def faults_of(headers: dict[str, str], referrer: str = "same-origin") -> list[str]:
    policy = {part.strip() for part in headers.get("Content-Security-Policy", "").split(";")}
    wrong = [] if policy >= POLICY or "sandbox" in policy else ["Content-Security-Policy"]
    wrong += ["unsafe"] if any("unsafe" in part for part in policy) else []
    expected = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": referrer}
    return wrong + [name for name, value in expected.items() if headers.get(name) != value]


@pytest.mark.parametrize("who", ["administrator", "nobody", "anonymous"])
def test_every_page_carries_the_headers(world: World, signed_in: SignIn, breadth: AbstractSet[str], who: str) -> None:
    client, wrong = signed_in(None if who == "anonymous" else getattr(world, who)), {}
    for address in addresses.pages(breadth):
        response = telltales.send(client, "GET", address.path())
        if found := faults_of(dict(response.headers), OF_SECRET_ADDRESSES.get(str(address), "same-origin")):
            wrong[str(address)] = found
    assert wrong == {}


def test_a_write_without_the_form_token_is_refused(world: World, breadth: AbstractSet[str]) -> None:
    client, wrong = Client(enforce_csrf_checks=True), {}
    client.force_login(world.administrator)
    before = telltales.stored()
    for address in addresses.pages(breadth):
        response = client.post(address.path())
        if response.status_code not in (403, 405):
            wrong[str(address)] = (address.permission == ADMINISTRATOR, response.status_code)
    assert wrong == {}
    assert telltales.stored() == before
