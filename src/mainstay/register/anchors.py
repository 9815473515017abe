"""Anchors of the history outside of the database: its head, signed, in a file that is only added to.

Whoever can rewrite the whole database can also make a chain that fits; the anchors then do not. Put the file where the database's
administrator cannot write (MAINSTAY_ANCHORS), and it shows that.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from mainstay.register.history import Fault
from mainstay.register.models import ChainHead, Change


def place() -> Path:
    return Path(settings.ANCHORS)


def signature(sequence: int, digest: str, at: str) -> str:
    """With the installation's own key, so that nobody else makes an anchor that fits."""
    key = hashlib.sha256(b"anchor of the history:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, f"{sequence} {digest} {at}".encode(), hashlib.sha256).hexdigest()


def anchor() -> dict[str, Any] | None:
    """Add the head as it stands to the file; None where it has not moved since the last anchor."""
    head = ChainHead.objects.filter(pk=1).first()
    if head is None or head.digest in last_line():
        return None
    at = timezone.now().isoformat()
    made = {"sequence": head.sequence, "digest": head.digest, "at": at, "signature": signature(head.sequence, head.digest, at)}
    place().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Appended in one write and forced to the disk: a crash leaves the line whole or not there.
    descriptor = os.open(place(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, (json.dumps(made) + "\n").encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return made


def last_line() -> str:
    """The newest anchor as it stands in the file, read from the file's end."""
    if not place().exists():
        return ""
    with place().open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 1_000))
        return file.read().decode(errors="replace").rstrip("\n").rpartition("\n")[2]


def lines() -> Iterator[dict[str, Any]]:
    """The anchors in the order in which they were made; a line that cannot be read comes as an empty one."""
    if not place().exists():
        return
    for text in place().read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            value = json.loads(text)
        except ValueError:
            value = {}
        yield value if isinstance(value, dict) else {}


def faults() -> Iterator[Fault]:
    """Anchors that the history does not bear out: an event that is gone, or another one in its place."""
    found = list(lines())
    numbers = [line["sequence"] for line in found if isinstance(line.get("sequence"), int)]
    digests: dict[int, str] = {}
    for start in range(0, len(numbers), 500):
        rows = Change.objects.filter(sequence__in=numbers[start : start + 500])
        digests.update(rows.values_list("sequence", "digest"))
    for number, line in enumerate(found, 1):
        sequence, digest, at = line.get("sequence"), str(line.get("digest")), str(line.get("at"))
        if not isinstance(sequence, int) or not hmac.compare_digest(str(line.get("signature")), signature(sequence, digest, at)):
            yield Fault(0, f"Anchor {number} was not made by this installation, or has been altered.")
        elif sequence and sequence not in digests:
            yield Fault(sequence, f"Event {sequence}, anchored at {at}, is gone: the history has been cut off.")
        elif sequence and digests[sequence] != digest:
            yield Fault(sequence, f"Event {sequence} is not the one that was anchored at {at}: the history has been written anew.")
