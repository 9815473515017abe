"""The link of a promise is made, shown and withdrawn by the office, dies with each reason for it, and tells a guesser nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mainstay.accounts.models import Account, Guess
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency, PromiseLink
from mainstay.planning.promises import linking
from mainstay.post.models import Message
from mainstay.register import actions
from mainstay.register.errors import Refused
from mainstay.register.models import Change
from mainstay.web.logs import without_secrets
from tests.contract import telltales
from tests.contract.worlds import World, actor
from tests.planning.outside.conftest import CALLED, link_of, live, promised, say, step

SignedIn = Callable[[Account | None], Client]


def wrong(url: str) -> list[str]:
    """Links that were never made: another signature, none, another handle, nothing of the kind."""
    head, _slash, token = url.rstrip("/").rpartition("/")
    handle, _dot, sign = token.partition(".")
    other = "A" if sign[5] != "A" else "B"
    return [f"{head}/{text}/" for text in (f"{handle}.{sign[:5]}{other}{sign[6:]}", handle, f"{'0' * 24}.{sign}", "nothing")]


def end_expired(row: Dependency, world: World) -> None:
    PromiseLink.objects.update(expires_on=timezone.localdate() - timedelta(days=1))


def end_longer(row: Dependency, world: World) -> None:
    """Its last day is signed with it."""
    PromiseLink.objects.update(expires_on=timezone.localdate() + timedelta(days=300))


def end_withdrawn(row: Dependency, world: World) -> None:
    linking.withdraw(PromiseLink.objects.select_related("of__initiative").get(), actor(world.owner))


def end_promise(row: Dependency, world: World) -> None:
    actions.withdraw(DependencyRegister, row.pk, row.version, actor(world.owner), reason="Entered twice.")


def end_marked(row: Dependency, world: World) -> None:
    actions.change(DependencyRegister, row.pk, row.version, {"marking": "OFFICIAL-SENSITIVE"}, actor(world.owner))


def end_other_party(row: Dependency, world: World) -> None:
    actions.change(DependencyRegister, row.pk, row.version, {"outside_email": "new@tern.example.org"}, actor(world.owner))


def end_another_made(row: Dependency, world: World) -> None:
    link_of(row, world)


ENDS = [end_expired, end_longer, end_withdrawn, end_promise, end_marked, end_other_party, end_another_made]


@pytest.mark.parametrize("end", ENDS)
def test_it_dies_with_each_reason_for_it_and_the_page_is_that_of_a_link_never_made(
    gets: Dependency, world: World, end: Callable[[Dependency, World], None]
) -> None:
    url = link_of(gets, world)
    assert Client().get(url).status_code == 200
    end(gets, world)
    told = {(answer.status_code, "This link opens nothing" in answer.content.decode()) for answer in map(Client().get, [url, *wrong(url)])}
    assert told == {(404, True)}
    before = telltales.stored()
    answer = say(url, gets, "offer", "2027-04-01", "Half a day's work.")
    assert answer.status_code == 404
    assert "Half a day&#x27;s work." in answer.content.decode(), "what was typed can be copied"
    assert telltales.stored() == before


def test_an_installation_may_forbid_them(gets: Dependency, world: World, settings: Any) -> None:
    url = link_of(gets, world)
    settings.PROMISE_LINKS = False
    assert Client().get(url).status_code == 404
    with pytest.raises(Refused, match="The installation lets no promise be answered by link"):
        link_of(gets, world)


def test_no_link_for_what_is_marked_above_the_limit_is_over_or_names_nobody(world: World) -> None:
    marked = promised(world, "giver", marking="OFFICIAL-SENSITIVE")
    inside = promised(world, "", giver=world.programme.pk, outside_name="", outside_body="", outside_email="")
    over = step(promised(world, "giver", promised_by="2027-02-01"), world, "offer")
    over = step(over, world, "reject", reason="Not needed.")
    for row, told in ((marked, "marked above OFFICIAL"), (inside, "No party outside is named"), (over, "this promise is over")):
        with pytest.raises(Refused, match=told):
            link_of(row, world)
    assert not PromiseLink.objects.exists()


def test_the_office_makes_one_is_shown_it_and_withdraws_it(gets: Dependency, world: World, signed_in: SignedIn) -> None:
    office, detail, manage = (
        signed_in(world.owner),
        DependencyRegister.url("detail", gets),
        reverse("planning.promise_link", args=[gets.pk]),
    )
    assert "with it Wil Grid (Tern Power Networks) answers without signing in" in office.get(detail).content.decode()
    day = timezone.localdate() + timedelta(days=20)
    assert office.post(manage, {"do": "make", "until": day.isoformat()}).status_code == 302
    assert live(gets).expires_on == day
    url = live(gets).address
    assert f"{CALLED} may answer without signing in" in office.get(detail).content.decode()
    assert url in office.post(manage, {"do": "show"}).content.decode()
    assert office.post(manage, {"do": "withdraw"}).status_code == 302
    assert Client().get(url).status_code == 404
    assert "Withdrawn: it opens nothing." in office.get(detail).content.decode()
    verbs = list(
        Change.objects.filter(record_id=gets.pk, register=DependencyRegister.key).order_by("sequence").values_list("verb", flat=True)
    )
    assert verbs[-3:] == ["made a link", "was shown the link", "withdrew the link"]
    assert not Change.objects.filter(reason__contains=live_handle(gets)).exists()


def live_handle(row: Dependency) -> str:
    return PromiseLink.objects.get(of=row).handle


@pytest.mark.parametrize(
    ("until", "told"), [("soon", "is no day"), ("2026-01-01", "A link holds until a day from"), ("2099-01-01", "A link holds")]
)
def test_the_last_day_is_one_of_the_coming_year(gets: Dependency, world: World, signed_in: SignedIn, until: str, told: str) -> None:
    answer = signed_in(world.owner).post(reverse("planning.promise_link", args=[gets.pk]), {"do": "make", "until": until})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not PromiseLink.objects.exists()


def test_nobody_else_sees_or_touches_it(gets: Dependency, world: World, signed_in: SignedIn) -> None:
    url, manage = link_of(gets, world), reverse("planning.promise_link", args=[gets.pk])
    for account, status in ((world.member, 403), (world.stranger, 404), (world.nobody, 404)):
        for what in ("make", "withdraw", "show"):
            assert signed_in(account).post(manage, {"do": what}).status_code == status
    assert "Signed link" not in signed_in(world.member).get(DependencyRegister.url("detail", gets)).content.decode()
    assert Client().get(url).status_code == 200


def test_it_opens_nothing_beside_the_promise(gets: Dependency, world: World) -> None:
    url, client = link_of(gets, world), Client()
    assert client.get(url).status_code == 200
    for other in ("/", DependencyRegister.url("detail", gets), f"/api/v1/planning/dependency/{gets.pk}"):
        assert client.get(other).status_code in (302, 401), other
    assert "sessionid" not in client.cookies


def test_its_page_is_kept_to_itself_and_its_address_stands_in_no_log(gets: Dependency, world: World) -> None:
    url = link_of(gets, world)
    headers = Client().get(url).headers
    assert (headers["Referrer-Policy"], headers["Cache-Control"]) == ("strict-origin", "no-store")
    assert "noindex" in headers["X-Robots-Tag"]
    assert live(gets).handle not in without_secrets(f"GET {url} 200")
    assert Client(enforce_csrf_checks=True).post(url, {"do": "offer"}).status_code == 403


def test_the_eleventh_guess_waits_and_so_does_a_right_one(gets: Dependency, world: World) -> None:
    url = link_of(gets, world)
    for _number in range(10):
        assert Client().get("/promise/nothing/").status_code == 404
    assert Client().get(url).status_code == 429
    Guess.objects.all().delete()
    assert Client().get(url).status_code == 200


def test_what_was_mailed_names_the_party_and_the_last_day(gets: Dependency, world: World) -> None:
    link_of(gets, world)
    mail = Message.objects.get(key__startswith=f"promise-{gets.pk}-link")
    for words in ("Tern Power Networks", "Substation energised", f"{world.project.code} {world.project.title}", "without signing in"):
        assert words in mail.body
