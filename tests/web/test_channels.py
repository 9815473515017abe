"""The page of channels: an administrator's alone, and the address of a channel is never shown again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.post.models import Channel, Message
from mainstay.register.models import Change
from tests.contract.worlds import World

SignedIn = Callable[[Account | None], Client]
HOOK = "https://hooks.example.org/services/very-secret"
NEW = {"name": "Programme room", "address": HOOK, "form": "text", "place": "", "events": ["asked", "frozen"]}


@pytest.fixture(autouse=True)
def _hosts(settings: Any) -> None:
    # Fixed to this machine, on a port that nobody listens to.
    settings.WEBHOOK_HOSTS = {("hooks.example.org", 443): "127.0.0.1"}


def test_one_is_added_tried_changed_and_removed(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.administrator)
    assert client.post(reverse("web.channels"), NEW).status_code == 302
    made = Channel.objects.get()
    assert (made.host, made.events, made.is_on) == ("hooks.example.org", ["asked", "frozen"], True)
    client.post(reverse("web.try_channel", args=[made.pk]))
    page = client.get(reverse("web.channels")).content.decode()
    assert "Programme room" in page and "The receiver could not be reached." in page
    changed = {**NEW, "address": "", "place": f"initiative:{world.programme.pk}", "events": ["snapshot"]}
    client.post(reverse("web.channel", args=[made.pk]), changed)
    sealed, made = made.sealed, Channel.objects.get()
    assert (made.sealed, made.is_on, made.place) == (sealed, False, f"initiative:{world.programme.pk}")
    pages = (
        page + client.get(reverse("web.channel", args=[made.pk])).content.decode() + client.get(reverse("web.messages")).content.decode()
    )
    assert "very-secret" not in pages
    client.post(reverse("web.remove_channel", args=[made.pk]))
    assert Channel.objects.get().sealed == "" and client.get(reverse("web.channel", args=[made.pk])).status_code == 404
    noted = list(Change.objects.filter(register="post.channel").order_by("sequence"))
    assert [row.verb for row in noted] == ["create", "try", "change", "remove"]
    assert "very-secret" not in "".join(str(row.after) for row in noted)


@pytest.mark.parametrize(("field", "value", "words"), [
    ("address", "http://hooks.example.org/very-secret", "must begin with https://"),
    ("address", "https://inside.example.org/very-secret", "MAINSTAY_WEBHOOK_HOSTS"),
    ("address", "", "Enter the address"),
    ("name", "  ", "Give the channel the name"),
    ("form", "other", "Choose how"),
    ("place", "initiative:999999", "Choose a place"),
    ("events", [], "at least one event"),
])  # fmt: skip
def test_what_cannot_be_used_is_told_and_not_kept(field: str, value: Any, words: str, world: World, signed_in: SignedIn) -> None:
    answer = signed_in(world.administrator).post(reverse("web.channels"), {**NEW, field: value})
    assert answer.status_code == 422 and words in answer.content.decode() and "very-secret" not in answer.content.decode()
    assert not Channel.objects.exists()


def test_nobody_else_comes_near(world: World, signed_in: SignedIn) -> None:
    made = Channel.objects.create(name="Room", host="hooks.example.org", sealed="x", events=["asked"])
    for account in (world.owner, world.member, world.stranger, None):
        client = signed_in(account)
        asked = [client.get(reverse("web.channels")), client.post(reverse("web.channels"), NEW)]
        asked += [client.get(reverse("web.channel", args=[made.pk])), client.post(reverse("web.try_channel", args=[made.pk]))]
        asked += [client.post(reverse("web.remove_channel", args=[made.pk]))]
        assert {answer.status_code for answer in asked} <= {302, 403, 404}
        assert all("sign-in" in answer.headers["Location"] for answer in asked if answer.status_code == 302)
    assert Channel.objects.get().removed_at is None and not Message.objects.exists()
    assert signed_in(world.administrator).get(reverse("web.channels")).status_code == 200


def test_switched_off_it_says_so(world: World, signed_in: SignedIn, settings: Any) -> None:
    settings.WEBHOOK_HOSTS = {}
    page = signed_in(world.administrator).get(reverse("web.channels")).content.decode()
    assert "MAINSTAY_WEBHOOK_HOSTS" in page and 'name="address"' not in page


@pytest.mark.parametrize("state", ["failed", "unclear"])
def test_what_did_not_arrive_stands_first_and_is_sent_again_by_hand_alone(state: str, world: World, signed_in: SignedIn) -> None:
    channel = Channel.objects.create(name="Room", host="hooks.example.org", sealed="x", events=["asked"])
    lost = Message.objects.create(key="one", channel=channel, name="Room", subject="Lost one", body="", state=state, error="Look into it.")
    Message.objects.create(key="two", channel=channel, name="Room", subject="Later one", body="", state="sent")
    page = signed_in(world.administrator).get(reverse("web.messages")).content.decode()
    assert page.index("Lost one") < page.index("Later one") and "Look into it." in page
    again = reverse("web.try_message", args=[lost.pk])
    assert signed_in(world.owner).post(again).status_code in (403, 404)
    lost.refresh_from_db()
    assert lost.state == state
    signed_in(world.administrator).post(again)
    lost.refresh_from_db()
    assert (lost.state, lost.error) == ("waiting", "")
