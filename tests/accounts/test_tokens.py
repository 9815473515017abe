"""Tokens of programs: what they open, what ends them, and that wrong ones are counted."""

import json
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from mainstay.accounts import rates, tokens
from mainstay.accounts.models import Account, Token
from mainstay.register.spec import REGISTERS
from tests.contract import telltales
from tests.contract.worlds import World

WRONG = f"mainstay_{'0' * 12}_{'A' * 43}"


def ask(text: str, path: str = "/api/v1/me", client: Client | None = None) -> HttpResponse:
    return (client or Client()).get(path, headers={"Authorization": f"Bearer {text}"})  # type: ignore[return-value]  # the test's response is one


@pytest.fixture
def made(world: World) -> tuple[Token, str]:
    return tokens.make(world.owner, "Nightly figures", may_write=False, days=30)


def test_it_acts_for_its_account(world: World, made: tuple[Token, str]) -> None:
    answer = ask(made[1], f"/api/v1/risk/risk/{world.mine['risk.risk'][0]}")
    assert answer.status_code == 200
    assert ask(made[1], f"/api/v1/risk/risk/{world.theirs['risk.risk'][0]}").status_code == 404


def test_only_its_digest_is_kept(made: tuple[Token, str]) -> None:
    held, text = made
    secret = text.removeprefix(f"mainstay_{held.name_part}_")
    kept = " ".join(str(value) for value in Token.objects.filter(pk=held.pk).values_list().get())
    assert len(secret) == 43
    assert secret not in kept


def test_a_revoked_one_opens_nothing_from_the_next_request_on(made: tuple[Token, str]) -> None:
    assert ask(made[1]).status_code == 200
    tokens.revoke(made[0])
    answer = ask(made[1])
    assert answer.status_code == 401
    assert "was revoked" in answer.content.decode()


def test_an_expired_one_opens_nothing(made: tuple[Token, str]) -> None:
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ask(made[1]).status_code == 401


def test_one_of_an_account_that_is_switched_off_opens_nothing(world: World, made: tuple[Token, str]) -> None:
    Account.objects.filter(pk=world.owner.pk).update(is_active=False)
    assert ask(made[1]).status_code == 401


def test_one_that_only_reads_writes_nothing(world: World, made: tuple[Token, str]) -> None:
    client, pk = Client(), world.mine["risk.risk"][0]
    version = world.record(REGISTERS["risk.risk"]).version
    body, before = json.dumps({"version": version, "title": "Written"}), telltales.stored()
    for text, status in ((made[1], 403), (tokens.make(world.owner, "Writer", may_write=True, days=1)[1], 200)):
        answer = client.generic(
            "PATCH", f"/api/v1/risk/risk/{pk}", body, content_type="application/json", headers={"Authorization": f"Bearer {text}"}
        )
        assert answer.status_code == status, answer.content
        assert (telltales.stored() == before) is (status == 403)


def test_no_session_stands_in_for_a_wrong_token(world: World) -> None:
    client = Client()
    client.force_login(world.owner)
    assert ask(WRONG, client=client).status_code == 401
    assert ask("", client=client).status_code == 401


def test_a_browser_writes_only_with_its_forms_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.owner)
    before = telltales.stored()
    path = f"/api/v1/risk/risk/{world.mine['risk.risk'][0]}"
    assert client.generic("PATCH", path, '{"version": 1, "title": "x"}', content_type="application/json").status_code == 403
    assert telltales.stored() == before


def test_after_ten_wrong_ones_from_an_address_a_right_one_waits(made: tuple[Token, str]) -> None:
    assert {ask(WRONG).status_code for _ in range(10)} == {401}
    answer = ask(made[1])
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert Client(REMOTE_ADDR="198.51.100.7").get("/api/v1/me", headers={"Authorization": f"Bearer {made[1]}"}).status_code == 200


@pytest.mark.parametrize("text", ["mainstay_", "x" * 9000, "mainstay_' OR 1=1 --_" + "A" * 43, "mainstay_é" + "A" * 43])
@pytest.mark.django_db
def test_what_is_no_token_is_refused_without_a_trace(text: str) -> None:
    answer = ask(text)
    assert answer.status_code == 401
    assert "Traceback" not in answer.content.decode()


def test_the_name_of_one_and_the_secret_of_another_are_none(world: World, made: tuple[Token, str]) -> None:
    other = tokens.make(world.stranger, "Theirs", may_write=True, days=1)[1]
    mixed = made[1][: len("mainstay_") + 13] + other[len("mainstay_") + 13 :]
    assert ask(mixed).status_code == 401


@pytest.mark.parametrize("days", [0, -1, 367])
def test_it_holds_for_a_day_to_a_year(world: World, days: int) -> None:
    with pytest.raises(ValueError, match="1 to 366 days"):
        tokens.make(world.owner, "For ever", may_write=False, days=days)


def test_nobody_has_more_than_twenty(world: World) -> None:
    made = [tokens.make(world.owner, f"Number {number}", may_write=False, days=1)[0] for number in range(tokens.MOST_LIVE)]
    with pytest.raises(tokens.TooManyTokens):
        tokens.make(world.owner, "One more", may_write=False, days=1)
    tokens.revoke(made[0])
    tokens.make(world.owner, "Instead", may_write=False, days=1)


def test_a_bucket_of_requests_empties_and_refills() -> None:
    now = 1000.0
    bucket = rates.Rates(clock=lambda: now)
    assert [bucket.wait(1, per_second=2, burst=3) for _ in range(4)] == [0, 0, 0, 0.5]
    assert bucket.wait(2, per_second=2, burst=3) == 0
    now += 0.5
    assert [bucket.wait(1, per_second=2, burst=3) for _ in range(2)] == [0, 0.5]
