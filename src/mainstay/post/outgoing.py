"""One request to an address outside: https to a listed host, its name resolved once and the checked address used, no redirect followed."""

import ipaddress
import re
import socket
import ssl
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 5.0
MOST_SENT = 64 * 1024
MOST_READ = 16 * 1024
PIECE = 2048
HOST = re.compile(r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?\Z")
"""The last part begins with a letter: no address in numbers, however they are written."""
TARGET = re.compile(r"/[\x21-\x22\x24-\x5b\x5d-\x7e]*\Z")
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})[ \r\n]")
RETRY_AFTER = re.compile(rb"\r\nretry-after:[ \t]*(\d{1,6})[ \t]*\r\n", re.IGNORECASE)
PUBLIC_6 = ipaddress.ip_network("2000::/3")
CARRIES_4 = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32"))
"""Addresses that hold another one in them (6to4, Teredo); NAT64 and mapped ones lie outside of 2000::/3."""


class Refused(Exception):
    """The address is one that this installation does not send to."""


class NotSent(Exception):
    """The receiver was not reached: nothing has arrived there, and another attempt may do."""


class Unclear(Exception):
    """The request was sent and no answer came: whether it arrived is not known."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart."""

    host: str
    port: int
    path: str


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    retry_after: int | None = None


def is_on() -> bool:
    return bool(settings.WEBHOOK_HOSTS)


def target_of(url: str) -> Target:
    """The address, where its form and its host are allowed. The text of the refusal never repeats the address."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        raise Refused(_("This is not the address of a web page.")) from None
    host = (parts.hostname or "").lower()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.scheme != "https":
        raise Refused(_("The address must begin with https://."))
    if parts.username is not None or parts.fragment or not HOST.match(host) or not TARGET.match(path):
        raise Refused(_("The address is not of the form https://host/path. Copy it once more from the channel's settings."))
    if (host, port) not in settings.WEBHOOK_HOSTS:
        raise Refused(_("This host is not among those that the installation sends to. Whoever runs it adds it to MAINSTAY_WEBHOOK_HOSTS."))
    return Target(host, port, path)


def address_of(target: Target) -> str:
    """The one address that is used: fixed by the installation, or asked for once and refused unless all answers are public."""
    if fixed := settings.WEBHOOK_HOSTS.get((target.host, target.port)):
        return str(fixed)
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise NotSent(unreached()) from None
    if not found or not all(is_public(one) for one in found):
        raise Refused(_("The host leads to an address inside of a network, where nothing is sent to."))
    return found[0]


def is_public(text: str) -> bool:
    try:
        one = ipaddress.ip_address(text)
    except ValueError:
        return False
    if one.is_multicast or not one.is_global:
        return False
    return one.version == 4 or (one in PUBLIC_6 and not any(one in network for network in CARRIES_4))


def post(url: str, content: bytes, *, key: str = "") -> Answer:
    """Send `content` as JSON; the status that came back. Raises Refused, NotSent or Unclear."""
    target = target_of(url)
    if len(content) > MOST_SENT:
        raise Refused(_("The message is too long for a channel."))
    address, end = address_of(target), time.monotonic() + SECONDS
    try:
        line = connected(target, address, end)
    except (OSError, ssl.CertificateError):
        # The same sentence for a port that is closed, filtered, or speaks something else: nobody explores a network with it.
        raise NotSent(unreached()) from None
    with closing(line):
        try:
            line.settimeout(left(end))
            line.sendall(head(target, len(content), key) + content)
            return answered(line, end)
        except OSError:
            raise Unclear from None


def unreached() -> str:
    return _("The receiver could not be reached.")


def connected(target: Target, address: str, end: float) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=settings.WEBHOOK_CA or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    line = socket.create_connection((address, target.port), timeout=left(end))
    try:
        line.settimeout(left(end))
        return context.wrap_socket(line, server_hostname=target.host)
    except BaseException:
        line.close()
        raise


def left(end: float) -> float:
    remaining = end - time.monotonic()
    if remaining <= 0:
        raise TimeoutError
    return remaining


def head(target: Target, length: int, key: str) -> bytes:
    host = target.host if target.port == 443 else f"{target.host}:{target.port}"
    lines = [
        f"POST {target.path} HTTP/1.1",
        f"Host: {host}",
        "Content-Type: application/json; charset=utf-8",
        f"Content-Length: {length}",
        "User-Agent: Mainstay",
        "Accept: */*",
        *([f"Idempotency-Key: {key}"] if key else []),
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def answered(line: ssl.SSLSocket, end: float) -> Answer:
    """The head of the answer, as far as it is read; what stands below it is nobody's business."""
    told = b""
    while b"\r\n\r\n" not in told and len(told) < MOST_READ:
        line.settimeout(left(end))
        piece = line.recv(PIECE)
        if not piece:
            break
        told += piece
    status = STATUS.match(told)
    if status is None:
        raise Unclear
    after = RETRY_AFTER.search(told.partition(b"\r\n\r\n")[0] + b"\r\n")
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    return Answer(int(status[1]), int(after[1]) if after else None)
