"""A channel is told once of what it listens for; while its receiver is away the message waits; its address is never told."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from mainstay.jobs.progress import Progress
from mainstay.post import channels, outgoing, sending
from mainstay.post.channels import ChannelEvent
from mainstay.post.models import Channel, Message
from tests.post.receiver import HOST, OK, Receiver, certificates, receiving

pytestmark = pytest.mark.django_db
PLACES = {"initiative:1", "office:2"}
LINK = "https://pmo.example.org/reporting/returns/1/"


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def receiver(certified: tuple[Path, Path], settings: Any) -> Iterator[Receiver]:
    with receiving(certified[1]) as found:
        settings.WEBHOOK_HOSTS = {(HOST, found.port): "127.0.0.1"}
        settings.WEBHOOK_CA = str(certified[0])
        yield found


def channel(url: str, form: str = "text", place: str = "", events: tuple[str, ...] = ("asked",)) -> Channel:
    made = Channel(name="Programme room", form=form, place=place, events=list(events))
    channels.set_address(made, url)
    made.save()
    return made


def tell(key: str = "return-1", marking: str = "OFFICIAL", title: str = "Return asked: Highlight report") -> int:
    return channels.announce(ChannelEvent.ASKED, lambda: PLACES, key, title, "NIT-02 answers by 2 December.", LINK, marking)


def told() -> Message:
    return Message.objects.get()


def run() -> dict[str, Any]:
    Message.objects.filter(state="waiting").update(next_at=timezone.now())
    return sending.send_waiting(Progress())


def test_it_is_told_once_as_text(receiver: Receiver) -> None:
    channel(receiver.url)
    assert tell() == tell() == 1
    assert run() == {"sent": 1, "waiting": 0, "failed": 0} and run()["sent"] == 0
    ((head, body),) = receiver.requests
    assert body == {"text": f"Return asked: Highlight report\nNIT-02 answers by 2 December.\n{LINK}"}
    assert head.startswith("POST /hooks/very-secret-token?part=2 HTTP/1.1") and f"Host: {HOST}:{receiver.port}" in head


def test_it_is_told_as_a_card(receiver: Receiver) -> None:
    channel(receiver.url, form="card")
    tell(title="A [link](https://x.example) *loud*")
    run()
    (attached,) = receiver.requests[0][1]["attachments"]
    assert attached["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attached["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    assert [block["text"] for block in card["body"]] == [
        "A \\[link\\](https://x.example) \\*loud\\*",
        "NIT-02 answers by 2 December.",
    ]
    assert card["actions"] == [{"type": "Action.OpenUrl", "title": "Open in Mainstay", "url": LINK}]


def test_words_call_nobody(receiver: Receiver) -> None:
    channel(receiver.url)
    tell(title="<!channel> @all & more")
    run()
    assert receiver.requests[0][1]["text"].split("\n")[0] == "&lt;!channel&gt; @\u200ball &amp; more"


def test_of_what_is_marked_only_the_title_is_told(receiver: Receiver) -> None:
    channel(receiver.url)
    tell(marking="OFFICIAL-SENSITIVE")
    run()
    assert receiver.requests[0][1] == {"text": f"Return asked: Highlight report\n{LINK}"}
    assert told().body == "", "the sentence is not even kept for it"


@pytest.mark.parametrize(("place", "events", "count"), [
    ("initiative:1", ("asked",), 1), ("office:2", ("asked", "frozen"), 1), ("", ("asked",), 1),
    ("initiative:9", ("asked",), 0), ("office:1", ("asked",), 0), ("", ("frozen",), 0),
])  # fmt: skip
def test_it_hears_of_its_place_and_its_events_alone(place: str, events: tuple[str, ...], count: int, receiver: Receiver) -> None:
    channel(receiver.url, place=place, events=events)
    assert tell() == count == Message.objects.count()


def test_while_the_receiver_is_away_it_waits_and_then_goes_out_once(certified: tuple[Path, Path], settings: Any) -> None:
    with receiving(certified[1]) as gone:
        settings.WEBHOOK_HOSTS, settings.WEBHOOK_CA = {(HOST, gone.port): "127.0.0.1"}, str(certified[0])
        made = channel(gone.url)
    tell()
    assert run() == {"sent": 0, "waiting": 1, "failed": 0}
    assert told().error == "The receiver could not be reached." and told().next_at > timezone.now() + timedelta(seconds=90)
    assert sending.send_waiting(Progress())["sent"] == 0, "not before its time"
    with receiving(certified[1]) as back:
        settings.WEBHOOK_HOSTS = {(HOST, back.port): "127.0.0.1"}
        channels.set_address(made, back.url)
        made.save()
        assert run()["sent"] == 1 and run()["sent"] == 0
        assert len(back.requests) == 1


@pytest.mark.parametrize(("answer", "state", "words"), [
    (b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\n\r\n", "failed", "sends on"),
    (b"HTTP/1.1 500 No\r\n\r\ninner words", "waiting", "500"),
    (b"HTTP/1.1 404 No\r\n\r\n", "failed", "Enter a new one"),
    (b"HTTP/1.1 400 No\r\n\r\ninner words", "failed", "400"),
    (b"HTTP/1.1 204 Done\r\n\r\n", "sent", ""),
    (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 3_000_000, "sent", ""),
    (b"HTTP/1.1 200 OK\r\n" + b"X: " + b"x" * 3_000_000, "sent", ""),
    (b"SSH-2.0-OpenSSH\r\n\r\n", "unclear", "not known"),
    (b"", "unclear", "not known"),
])  # fmt: skip
def test_what_an_answer_means(answer: bytes, state: str, words: str, receiver: Receiver) -> None:
    receiver.answer = answer
    channel(receiver.url)
    tell()
    run()
    assert told().state == state and words in told().error and "inner" not in told().error
    assert len(receiver.requests) == 1


def test_it_is_left_alone_for_as_long_as_it_asks(receiver: Receiver) -> None:
    receiver.answer = b"HTTP/1.1 429 Too many\r\nretry-after: 1800\r\n\r\n"
    channel(receiver.url)
    tell()
    run()
    assert told().state == "waiting" and timedelta(minutes=29) < told().next_at - timezone.now() <= timedelta(minutes=30)
    receiver.answer = OK
    run()
    assert told().state == "sent" and len(receiver.requests) == 2


def test_a_slow_answer_is_not_waited_for_and_nothing_is_sent_twice(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "SECONDS", 0.3)
    receiver.answer = None
    channel(receiver.url)
    tell()
    assert run() == {"sent": 0, "waiting": 0, "failed": 1}
    assert told().state == "unclear" and run()["sent"] == 0 and len(receiver.requests) == 1


def test_what_a_killed_worker_held_is_not_sent_again_by_itself(receiver: Receiver) -> None:
    channel(receiver.url)
    tell()
    Message.objects.update(state="sending", next_at=timezone.now() - timedelta(minutes=20))
    assert run()["sent"] == 0
    assert told().state == "unclear" and "Look into the channel" in told().error and receiver.requests == []


def test_another_certificate_is_not_trusted(receiver: Receiver, settings: Any) -> None:
    settings.WEBHOOK_CA = ""
    channel(receiver.url)
    tell()
    run()
    assert told().error == "The receiver could not be reached." and receiver.requests == []


def test_a_host_that_is_no_longer_listed_is_told_nothing(receiver: Receiver, settings: Any) -> None:
    channel(receiver.url)
    tell()
    settings.WEBHOOK_HOSTS = {("elsewhere.example.org", 443): ""}
    assert run()["failed"] == 1 and "MAINSTAY_WEBHOOK_HOSTS" in told().error
    settings.WEBHOOK_HOSTS = {}
    tell("return-2")
    assert run() == {"sent": 0, "waiting": 1, "failed": 0}, "switched off, it waits"
    assert receiver.requests == []


def test_it_is_given_up_after_three_days(receiver: Receiver) -> None:
    receiver.answer = b"HTTP/1.1 503 Away\r\n\r\n"
    channel(receiver.url)
    tell()
    Message.objects.update(created_at=timezone.now() - timedelta(days=4))
    assert run()["failed"] == 1 and told().error.startswith("Given up after three days.")


def test_one_that_is_removed_forgets_its_address(receiver: Receiver) -> None:
    made = channel(receiver.url)
    tell()
    channels.remove(made)
    assert run()["sent"] == 0 and told().state == "failed" and tell("return-2") == 0
    assert Channel.objects.get().sealed == "" and receiver.requests == []


def test_the_address_lies_nowhere_in_the_clear(receiver: Receiver) -> None:
    channel(receiver.url)
    tell()
    run()
    kept = json.dumps([*Channel.objects.values(), *Message.objects.values()], default=str)
    assert "very-secret-token" not in kept
