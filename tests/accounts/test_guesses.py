"""Guessing a password is slowed, for one account and from one address; no answer tells more than that it was wrong."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.http import HttpResponse
from django.test import Client

from mainstay.accounts import guesses
from mainstay.accounts.models import Account, Guess
from mainstay.register.models import Change

pytestmark = pytest.mark.django_db
PASSWORD = "seven herons over the estuary"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture(autouse=True)
def account() -> Account:
    return Account.objects.create_user("keeper@example.org", "Kit Eeper", PASSWORD)


def sign_in(email: str = "keeper@example.org", password: str = PASSWORD, address: str = HERE) -> HttpResponse:
    return Client().post("/sign-in/", {"username": email, "password": password}, REMOTE_ADDR=address)  # type: ignore[return-value]  # the test's response is one


def guess(times: int, email: str = "keeper@example.org", address: str = HERE) -> list[int]:
    return [sign_in(email, f"wrong answer number {number}", address).status_code for number in range(times)]


def test_a_right_password_comes_in_and_a_wrong_one_does_not() -> None:
    assert sign_in().status_code == 302
    assert guess(1) == [422]


def test_after_ten_wrong_answers_a_right_one_waits_too() -> None:
    assert guess(11) == [422] * 10 + [429]
    refused = sign_in(address=ELSEWHERE)
    assert refused.status_code == 429
    assert "Too many attempts. Wait five minutes" in refused.content.decode()
    assert "_auth_user_id" not in refused.wsgi_request.session  # type: ignore[attr-defined]  # the test client adds it


def test_the_wait_is_five_minutes_and_no_longer() -> None:
    guess(10)
    Guess.objects.update(at=F("at") - guesses.WINDOW + timedelta(seconds=20))
    assert sign_in().status_code == 429
    Guess.objects.update(at=F("at") - timedelta(seconds=25))
    assert sign_in().status_code == 302


def test_many_accounts_tried_from_one_address_are_slowed() -> None:
    assert {*guess(5, "one@example.org"), *guess(5, "two@example.org")} == {422}
    assert sign_in().status_code == 429
    assert sign_in(address=ELSEWHERE).status_code == 302


def test_one_account_tried_from_many_addresses_is_slowed() -> None:
    for number in range(10):
        assert guess(1, "KEEPER@example.org ", f"203.0.113.{number}") == [422]
    assert sign_in(address=ELSEWHERE).status_code == 429


def test_others_elsewhere_are_not_held_up() -> None:
    Account.objects.create_user("other@example.org", "Ona Ther", PASSWORD)
    guess(12)
    assert sign_in("other@example.org", address=ELSEWHERE).status_code == 302


def test_one_right_answer_does_not_clear_the_guesses_of_its_address() -> None:
    """Otherwise whoever has one account could guess at all others for ever."""
    Account.objects.create_user("other@example.org", "Ona Ther", PASSWORD)
    guess(9)
    assert sign_in("other@example.org").status_code == 302
    assert guess(2) == [422, 429]


def test_no_answer_tells_whether_there_is_such_an_account(account: Account) -> None:
    Account.objects.create_user("gone@example.org", "Gus One", PASSWORD, is_administrator=True)
    Account.objects.filter(email="gone@example.org").update(is_active=False)
    answers = {
        bare(sign_in("keeper@example.org", "wrong answer")),
        bare(sign_in("nobody@example.org", "wrong answer")),
        bare(sign_in("gone@example.org", PASSWORD)),
    }
    assert len(answers) == 1
    assert "do not belong together" in answers.pop()


def bare(response: HttpResponse) -> str:
    """The page without what differs by design: the form's token and the address that was typed."""
    assert response.status_code == 422
    return re.sub(r'csrf\S*" (value|content)="[^"]+"|[a-z]+@example\.org|\d\d:\d\d', "", response.content.decode())


def test_the_history_tells_that_somebody_was_refused_and_nothing_of_what_was_typed() -> None:
    sign_in("keeper@example.org", "a secret of another system")
    event = Change.objects.get(register="accounts.account")
    assert event.verb == "sign-in refused"
    assert not re.search("secret|keeper", " ".join(str(value) for value in vars(event).values()))


def test_the_present_password_cannot_be_guessed_on_the_page_that_changes_it(account: Account) -> None:
    client = Client()
    client.force_login(account)
    sent = {"new_password1": "nine lanterns by the slipway", "new_password2": "nine lanterns by the slipway"}
    for _ in range(10):
        answer = client.post("/settings/password/", {**sent, "old_password": "wrong answer"})
        assert (answer.status_code, "not your present password" in answer.content.decode()) == (422, True)
    answer = client.post("/settings/password/", {**sent, "old_password": PASSWORD})
    assert "Too many attempts" in answer.content.decode()
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
