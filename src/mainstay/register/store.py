"""Files kept under the digest of their content: written once, proved whenever they are read, never reachable by address."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from django.conf import settings

DIGEST = re.compile(r"[0-9a-f]{64}")


class StoreError(Exception):
    """A kept file is missing or is not what was put there."""


def place(digest: str) -> Path:
    return Path(settings.FILES) / digest[:2] / digest


def put(content: bytes) -> str:
    """Keep `content`; the same content is kept once. Returns its SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    path = place(digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written beside and renamed, so that a crash leaves either the whole file or none.
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).rename(path)
    return digest


def get(digest: str) -> bytes:
    """The content kept under `digest`, proved to be what was put there."""
    if not DIGEST.fullmatch(digest):
        raise StoreError(f"“{digest[:12]}” names no file of the store.")
    try:
        content = place(digest).read_bytes()
    except FileNotFoundError:
        raise StoreError(f"The file {digest[:12]}… is missing from the store. Restore it from a backup.") from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise StoreError(f"The file {digest[:12]}… has been altered in the store. Restore it from a backup.")
    return content
