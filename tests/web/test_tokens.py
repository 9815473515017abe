"""The page of one's own tokens: made, shown once, used, revoked; nobody else's."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts import tokens
from mainstay.accounts.models import Account, Token
from tests.contract.worlds import World

SignedIn = Callable[[Account | None], Client]


def test_a_token_is_shown_once_works_and_is_revoked(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    answer = client.post(reverse("web.tokens"), {"name": "Nightly <b>figures</b>", "days": "30"})
    page = answer.content.decode()
    found = re.search(r"mainstay_[a-z0-9]{12}_[A-Za-z0-9_-]{43}", page)
    assert found and "no-store" in answer.headers["Cache-Control"]
    assert "<b>figures" not in page
    assert found[0] not in client.get(reverse("web.tokens")).content.decode()
    asked = {"Authorization": f"Bearer {found[0]}"}
    assert Client().get("/api/v1/me", headers=asked).status_code == 200
    client.post(reverse("web.revoke_token", args=[Token.objects.get().pk]))
    assert Client().get("/api/v1/me", headers=asked).status_code == 401


def test_nobody_revokes_the_token_of_another(world: World, signed_in: SignedIn) -> None:
    held, _text = tokens.make(world.owner, "Mine", may_write=False, days=30)
    assert signed_in(world.member).post(reverse("web.revoke_token", args=[held.pk])).status_code == 404
    held.refresh_from_db()
    assert held.is_live
    assert "Mine" not in signed_in(world.member).get(reverse("web.tokens")).content.decode()


@pytest.mark.parametrize("sent", [{}, {"name": " "}, {"name": "x", "days": "100000"}, {"name": "x", "days": "-1"}])
def test_what_cannot_be_used_makes_no_token(sent: dict[str, str], world: World, signed_in: SignedIn) -> None:
    assert signed_in(world.owner).post(reverse("web.tokens"), sent).status_code == 422
    assert not Token.objects.exists()
