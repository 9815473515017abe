"""What gives a leak or a hidden effect away: canary words in any kind of answer, and a digest of all that is stored."""

import hashlib
import io
import re
import zipfile
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from tests.contract import worlds

NOISE = {"register_chainhead", "register_change", "accounts_guess", "accounts_token", "accounts_signin"}
"""Tables in which a refusal, a sign-in or a use is noted."""
BY_CHANCE = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")[^"]+|(?<=name="csrf-token" content=")[^"]+|(?<=nonce-)[^\'" ;]+|(?<=nonce=")[^"]+'
)
"""What is drawn anew for each answer, and might spell any word."""
CHANGING = (
    (re.compile(r"<code>[0-9a-f-]{36}</code>"), ""),
    (re.compile(r"Content-Length: \d+"), ""),
    (re.compile(r"\b\d{2}:\d{2}\b"), ""),  # the clock in the foot of the page
)


def content(response: HttpResponse) -> bytes:
    """All that was sent, a stream's parts together."""
    if getattr(response, "streaming", False):
        parts: Any = response.streaming_content  # type: ignore[attr-defined]  # only streams have it
        return b"".join(parts)
    return response.content


def words(response: HttpResponse) -> str:
    """The answer as text: documents are unpacked, headers come along."""
    raw = content(response)
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    if raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            raw = b"\n".join(packed.read(name) for name in packed.namelist())
    return BY_CHANCE.sub("", f"{headers}\n{raw.decode('utf-8', 'replace')}")


def same_for_both(response: HttpResponse, pk: int) -> str:
    """The answer without what differs by design: the id asked for where addresses name it, and the form's token."""
    text = words(response)
    for pattern, instead in CHANGING:
        text = pattern.sub(instead, text)
    return re.sub(rf"(?<=/){pk}(?=/)|(?<=%2F){pk}(?=%2F)", "ID", text)


def stored(*besides: str) -> str:
    """A digest of every row of ours but the notes of what was refused, and `besides`."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in worlds.own_models():
            if model._meta.db_table in NOISE or model._meta.db_table in besides:
                continue
            cursor.execute(f"SELECT * FROM {worlds.quote(model._meta.db_table)} ORDER BY 1")
            digest.update(model._meta.db_table.encode())
            for row in cursor.fetchall():
                digest.update(repr(row).encode())
    return digest.hexdigest()


def send(client: Client, verb: str, path: str, data: Any = None, **headers: str) -> HttpResponse:
    """A request as a browser or a program sends it: forms to pages, JSON to the API."""
    if path.startswith("/api/"):
        generic: Any = client.generic  # headers come by any name
        return generic(verb, path, data if data is not None else "{}", content_type="application/json", **headers)  # type: ignore[no-any-return]  # the test response is one
    response = getattr(client, verb.lower())(path, data or {}, **headers)
    if response.streaming:
        # Read to its end as a browser does, which closes what it is read from; it can be read once more afterwards.
        response.streaming_content = [content(response)]
    return response  # type: ignore[no-any-return]  # found by name
