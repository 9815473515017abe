"""Nothing is sent but by https, to a listed host, at a public address that was asked for once; no redirect is followed."""

import socket
from typing import Any

import pytest

from mainstay.post import outgoing, sealing
from mainstay.project.configuration import ConfigurationError, webhook_hosts

HOOK = "https://hooks.example.org/services/secret"


@pytest.fixture(autouse=True)
def _hosts(settings: Any) -> None:
    settings.WEBHOOK_HOSTS = {("hooks.example.org", 443): "", ("chat.example.org", 8443): ""}


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/x",
        "ftp://hooks.example.org/x",
        "file:///etc/passwd",
        "https://other.example.org/x",
        "https://hooks.example.org:8443/x",
        "https://hooks.example.org:22/x",
        "https://hooks.example.org.evil.example/x",
        "https://user@hooks.example.org/x",
        "https://hooks.example.org@evil.example/x",
        "https://hooks.example.org\\@evil.example/x",
        "https://hooks.example.org/x#y",
        "https://hooks.example.org/x y",
        "https://hooks.example.org/x\r\nX: y",
        "https://hooks.example.org/\u2028",
        "https://127.0.0.1/x",
        "https://2130706433/x",
        "https://0x7f.0.0.1/x",
        "https://0177.0.0.1/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://127.1/x",
        "https://localhost/x",
        "https:///x",
        "https://hooks.example.org:99999/x",
        "//hooks.example.org/x",
        "",
    ],
)
def test_what_is_no_allowed_address_is_refused_before_anything_is_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_all, **_more: pytest.fail("the name was asked for"))
    with pytest.raises(outgoing.Refused) as refused:
        outgoing.post(url, b"{}")
    assert "secret" not in str(refused.value) and "passwd" not in str(refused.value)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "127.0.0.1", "0177.0.0.1", "10.0.0.1", "::1"])
def test_an_address_in_numbers_is_refused_even_where_it_is_listed(host: str, settings: Any) -> None:
    settings.WEBHOOK_HOSTS = {(host, 443): ""}
    with pytest.raises(outgoing.Refused):
        outgoing.post(f"https://{host}/x", b"{}")


INSIDE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
    "192.0.0.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
    "2002:7f00:1::", "64:ff9b::7f00:1", "2001:0:7f00:1::", "2001:db8::1", "fe80::1%eth0",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, [["8.8.8.8", address]])
    reached = connections(monkeypatch)
    with pytest.raises(outgoing.Refused):
        outgoing.post(HOOK, b"{}")
    assert reached == []


@pytest.mark.parametrize("address", ["8.8.8.8", "2600:9000::1"])
def test_a_public_address_is_let_through(address: str) -> None:
    assert outgoing.is_public(address)


def test_a_name_that_changes_is_asked_for_once_and_the_checked_address_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answers(monkeypatch, [["8.8.8.8"], ["127.0.0.1"], ["127.0.0.1"]])
    reached = connections(monkeypatch)
    with pytest.raises(outgoing.NotSent):
        outgoing.post(HOOK, b"{}")
    assert len(asked) == 1 and reached == [("8.8.8.8", 443)]


def test_off_unless_hosts_are_listed(settings: Any) -> None:
    settings.WEBHOOK_HOSTS = webhook_hosts("")
    assert not outgoing.is_on()
    with pytest.raises(outgoing.Refused):
        outgoing.post(HOOK, b"{}")


def test_hosts_are_read_from_the_setting() -> None:
    found = webhook_hosts("Hooks.Example.org, chat.example.org:8443=10.1.2.3,")
    assert found == {("hooks.example.org", 443): "", ("chat.example.org", 8443): "10.1.2.3"}


@pytest.mark.parametrize("text", ["https://hooks.example.org", "a:b", "a:0", "a:99999", "a=b", "=10.0.0.1", "a/b"])
def test_a_setting_that_cannot_be_used_stops_the_start(text: str) -> None:
    with pytest.raises(ConfigurationError):
        webhook_hosts(text)


def answers(monkeypatch: pytest.MonkeyPatch, told: list[list[str]]) -> list[str]:
    """The system's own resolver answers with these, one after the other."""
    asked: list[str] = []

    def resolve(host: str, port: int, **_more: Any) -> list[Any]:
        asked.append(host)
        found = told[min(len(asked), len(told)) - 1]
        return [(socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def connections(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where a connection would have gone; none is made."""
    reached: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], **_more: Any) -> socket.socket:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    return reached


def test_a_secret_is_sealed(settings: Any) -> None:
    kept = sealing.seal(HOOK)
    assert HOOK not in kept and "secret" not in kept and sealing.unsealed(kept) == HOOK
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(sealing.Unreadable):
        sealing.unsealed(kept)
