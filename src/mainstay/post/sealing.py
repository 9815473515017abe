"""Secrets that must be used again, kept under a key that follows from the installation's own: a copy of the database alone tells none."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Unreadable(Exception):
    """The secret was kept under another key: it must be entered again."""


def seal(secret: str) -> str:
    return box().encrypt(secret.encode()).decode()


def unsealed(kept: str) -> str:
    try:
        return box().decrypt(kept.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def box() -> Fernet:
    key = hashlib.sha256(b"addresses of channels:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
