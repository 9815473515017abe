"""Sessions: their limits of time, what ends them, and the cookie that carries them."""

import pytest
from django.conf import settings
from django.test import Client

from mainstay.accounts.models import Account, SignIn

pytestmark = pytest.mark.django_db
PASSWORD, ANOTHER = "seven herons over the estuary", "nine lanterns by the slipway"
MINUTE, HOUR = 60, 60 * 60


@pytest.fixture
def account() -> Account:
    return Account.objects.create_user("keeper@example.org", "Kit Eeper", PASSWORD)


def signed_in(account: Account, address: str = "192.0.2.1") -> Client:
    """A browser that came in through the page."""
    client = Client(REMOTE_ADDR=address)
    answer = client.post("/sign-in/", {"username": account.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    status = client.get("/settings/").status_code
    assert status in (200, 302)
    return status == 200


def let_pass(client: Client, seconds: int, *, idle: bool) -> None:
    """Move what the session remembers into the past."""
    session = client.session
    session["started"] -= seconds
    if idle:
        session["seen"] -= seconds
    session.save()


@pytest.mark.parametrize(("minutes", "still"), [(29, True), (31, False)])
def test_a_session_ends_after_thirty_idle_minutes(account: Account, minutes: int, still: bool) -> None:
    client = signed_in(account)
    let_pass(client, minutes * MINUTE, idle=True)
    assert is_in(client) is still


@pytest.mark.parametrize(("minutes", "still"), [(12 * 60 - 1, True), (12 * 60 + 1, False)])
def test_a_session_ends_after_twelve_hours_however_busy(account: Account, minutes: int, still: bool) -> None:
    client = signed_in(account)
    let_pass(client, minutes * MINUTE, idle=False)
    assert is_in(client) is still


def test_work_keeps_a_session_alive(account: Account) -> None:
    client = signed_in(account)
    for _ in range(5):
        let_pass(client, 20 * MINUTE, idle=True)
        assert is_in(client)


def test_an_ended_session_does_not_come_back(account: Account) -> None:
    client = signed_in(account)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    let_pass(client, HOUR, idle=True)
    assert not is_in(client)
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_in(client)


def test_signing_out_ends_the_session_on_the_server_and_clears_the_browser(account: Account) -> None:
    client = signed_in(account)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get("/sign-out/").status_code == 405
    assert is_in(client)
    answer = client.post("/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_in(client)


def test_a_session_that_somebody_else_has_begun_is_not_taken_over(account: Account) -> None:
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    client.post("/sign-in/", {"username": account.email, "password": PASSWORD})
    assert is_in(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    other = Client()
    other.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert not is_in(other)


def test_a_new_password_ends_every_other_session(account: Account) -> None:
    here, elsewhere = signed_in(account), signed_in(account)
    answer = here.post("/settings/password/", {"old_password": PASSWORD, "new_password1": ANOTHER, "new_password2": ANOTHER})
    assert answer.status_code == 302
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_an_account_that_is_switched_off_is_out_at_the_next_page(account: Account) -> None:
    client = signed_in(account)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert not is_in(client)


def test_no_script_reads_the_cookies_and_no_other_site_sends_them(account: Account) -> None:
    client = Client()
    client.get("/sign-in/")
    client.post("/sign-in/", {"username": account.email, "password": PASSWORD})
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


@pytest.mark.parametrize("there", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere.example"])
def test_after_signing_in_nobody_is_led_to_another_site(account: Account, there: str) -> None:
    answer = Client().post(f"/sign-in/?next={there}", {"username": account.email, "password": PASSWORD, "next": there})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_no_page_takes_a_write_without_the_forms_token(account: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/sign-in/", {"username": account.email, "password": PASSWORD}).status_code == 403
    client.force_login(account)
    assert client.post("/sign-out/").status_code == 403
    assert client.post("/sign-out/", {"csrfmiddlewaretoken": "a" * 64}).status_code == 403
    assert is_in(client)
    page = client.get("/settings/password/")
    token = page.context["csrf_token"]
    assert client.post("/sign-out/", {"csrfmiddlewaretoken": str(token)}).status_code == 302
    assert not is_in(client)


def test_the_forms_token_of_another_browser_is_none(account: Account) -> None:
    theirs = Client(enforce_csrf_checks=True).get("/sign-in/").context["csrf_token"]
    client = Client(enforce_csrf_checks=True)
    client.get("/sign-in/")
    sent = {"username": account.email, "password": PASSWORD, "csrfmiddlewaretoken": str(theirs)}
    assert client.post("/sign-in/", sent).status_code == 403


# Where one is signed in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0"


def listed(client: Client) -> str:
    answer = client.get("/settings/sign-ins/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_open_sessions_are_listed_and_one_elsewhere_is_ended(account: Account) -> None:
    here, elsewhere = signed_in(account), Client(REMOTE_ADDR="192.0.2.77", headers={"user-agent": FIREFOX})
    elsewhere.post("/sign-in/", {"username": account.email, "password": PASSWORD})
    page = listed(here)
    assert "192.0.2.77" in page and "Firefox, Linux" in page and "this one" in page
    row = SignIn.objects.get(address="192.0.2.77")
    assert here.post(f"/settings/sign-ins/{row.pk}/end/").status_code == 302
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert "192.0.2.77" not in listed(here)
    assert here.post(f"/settings/sign-ins/{row.pk}/end/").status_code == 404


def test_all_others_end_at_once(account: Account) -> None:
    here, *others = [signed_in(account) for _ in range(3)]
    here.post("/settings/sign-ins/end-others/")
    assert [is_in(each) for each in (here, *others)] == [True, False, False]


def test_nobody_sees_or_ends_the_session_of_another(account: Account) -> None:
    theirs = signed_in(account, "192.0.2.99")
    other = Account.objects.create_user("other@example.org", "Ona Ther", PASSWORD)
    mine = signed_in(other)
    assert "192.0.2.99" not in listed(mine)
    assert mine.post(f"/settings/sign-ins/{SignIn.objects.get(account=account).pk}/end/").status_code == 404
    mine.post("/settings/sign-ins/end-others/")
    assert is_in(theirs)
    assert Client().get("/settings/sign-ins/").status_code == 302


def test_a_session_that_is_over_is_not_listed_and_its_row_goes(account: Account) -> None:
    idle, here = signed_in(account, "192.0.2.50"), signed_in(account)
    let_pass(idle, 31 * MINUTE, idle=True)
    assert "192.0.2.50" not in listed(here)
    assert not is_in(idle)
    signed_in(account)
    assert not SignIn.objects.filter(address="192.0.2.50").exists()


def test_a_new_password_keeps_this_session_in_the_list_and_no_other(account: Account) -> None:
    here, _elsewhere = signed_in(account), signed_in(account, "192.0.2.60")
    here.post("/settings/password/", {"old_password": PASSWORD, "new_password1": ANOTHER, "new_password2": ANOTHER})
    assert "this one" in listed(here)
    assert SignIn.objects.filter(account=account).count() == 1
