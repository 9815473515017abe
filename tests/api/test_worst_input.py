"""The worst that can be sent: a sentence and a status below 500, and nothing written."""

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mainstay.accounts.models import Account
from tests.contract import telltales
from tests.contract.worlds import World

SignIn = Callable[[Account | None], Client]
PATH = "/api/v1/risk/risk"
BODIES = {
    "a NUL": (b'{"title": "a\\u0000b"}', 400),
    "half of a pair": (b'{"title": "\\ud800"}', 400),
    "no UTF-8": (b'{"title": "\xff\xfe"}', 400),
    "nested too deeply": (b'{"title": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400),
    "a name twice": (b'{"title": "One", "title": "Two"}', 400),
    "NaN": (b'{"title": NaN}', 400),
    "infinity": (b'{"title": -Infinity}', 400),
    "a list": (b"[1, 2]", 400),
    "broken off": (b'{"title": "One"', 400),
    "too large": (b'{"title": "' + b"a" * 10_000_000 + b'"}', 413),
    "an integer of 10,000 digits": (b'{"title": ' + b"9" * 10_000 + b"}", 400),
    "an integer for a reference beyond the database": (b'{"initiative": 99999999999999999999999999}', 422),
    "an empty text for a day": (b'{"review_on": ""}', 422),
    "an empty text for a number": (b'{"probability": ""}', 422),
    "an empty text for a record": (b'{"owner": ""}', 422),
    "an unknown field": (b'{"is_staff": true, "digest": "x"}', 422),
}


@pytest.mark.parametrize("name", sorted(BODIES))
def test_a_body_that_cannot_be_used_is_told_in_a_sentence(world: World, signed_in: SignIn, name: str) -> None:
    body, status = BODIES[name]
    client = signed_in(world.owner)
    before = telltales.stored()
    response = client.generic("POST", PATH, body, content_type="application/json")
    assert response.status_code == status
    assert response.headers["Content-Type"].startswith("application/problem+json")
    said = json.loads(response.content)
    assert "Traceback" not in str(said)
    assert telltales.stored() == before


def test_a_parameter_of_one_value_takes_no_other(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.owner)
    assert [client.get(PATH, {"withdrawn": told}).status_code for told in ("yes", "no", "")] == [200, 400, 400]
    assert [client.get(PATH, {"in": told}).status_code for told in (str(world.programme.pk), "true", "-1", "")] == [200, 400, 400, 400]
    assert [client.get(PATH, {"cost_low": told}).status_code for told in ("none", "5")] == [200, 400]
    assert [client.get(PATH, {name: "none"}).status_code for name in ("version", "title.from", "cost_low.has")] == [400, 400, 400]


@pytest.mark.parametrize(
    "content", [b"<s\xf2\x9e\x9a", b"<?xml version='1.0'?><a", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"PK\x03\x04", b""]
)
def test_a_file_that_is_damaged_is_told_in_a_sentence(world: World, signed_in: SignIn, content: bytes) -> None:
    place = f"{PATH}/{world.mine['risk.risk'][0]}/attachments"
    response = signed_in(world.owner).post(place, {"file": SimpleUploadedFile("plan.xml", content)})
    assert response.status_code == 422
    assert "plan.xml" in response.json()["errors"]["file"][0]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "text/xml"])
def test_another_kind_of_content_is_not_read(world: World, signed_in: SignIn, kind: str) -> None:
    response = signed_in(world.owner).generic("POST", PATH, b'{"title": "One"}', content_type=kind)
    assert response.status_code == 400
    assert "application/json" in response.content.decode()


def test_a_header_does_not_change_the_verb(world: World, signed_in: SignIn) -> None:
    client, path = signed_in(world.owner), f"{PATH}/{world.mine['risk.risk'][0]}"
    before = telltales.stored()
    response = client.get(path, headers={"X-HTTP-Method-Override": "DELETE"})
    assert response.status_code == 200
    assert telltales.stored() == before


def test_another_host_is_not_answered(world: World, signed_in: SignIn) -> None:
    response = signed_in(world.owner).get(PATH, headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content
