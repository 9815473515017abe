"""Frozen facts as bytes: canonical, exact, readable for years, and refused where they are not what they should be."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

import pytest

from mainstay.register.document import DocumentError, from_bytes, to_bytes
from mainstay.reporting.board_pack.facts import PackFacts
from tests.reporting.board import facts, milestone, risk


@dataclass(frozen=True)
class Inner:
    code: str


@dataclass(frozen=True)
class Outer:
    at: datetime
    on: date | None
    sum: Decimal
    share: float
    inner: tuple[Inner, ...]
    sense: Literal["better", "worse"]
    added: int = 7


WHOLE = Outer(datetime(2026, 10, 31, 12, 0, tzinfo=UTC), None, Decimal("0.10"), 0.25, (Inner("é\u2013x"),), "worse")


def test_there_and_back() -> None:
    assert from_bytes(Outer, to_bytes(WHOLE)) == WHOLE
    assert to_bytes(from_bytes(Outer, to_bytes(WHOLE))) == to_bytes(WHOLE)


def test_the_bytes_are_canonical() -> None:
    assert to_bytes(WHOLE) == (
        '{"added":7,"at":"2026-10-31T12:00:00+00:00","inner":[{"code":"é–x"}],"on":null,"sense":"worse","share":0.25,"sum":"0.10"}'.encode()
    )


def test_a_document_of_an_older_or_newer_form_is_read() -> None:
    text = to_bytes(WHOLE).decode().replace('"added":7,', '"unknown":[1],')
    assert from_bytes(Outer, text.encode()) == WHOLE


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"sum":"0.10"', '"sum":"ten"', "Outer.sum should not be 'ten'"),
        ('"sense":"worse"', '"sense":"odd"', "Outer.sense should not be 'odd'"),
        ('"share":0.25', '"share":"x"', "Outer.share should not be 'x'"),
        ('"code":"é–x"', '"code":5', "Outer.inner[0].code should not be '5'"),
        ('"at":"2026-10-31T12:00:00+00:00",', "", "Outer lacks at"),
        ('[{"code":"é–x"}]', "{}", "Outer.inner should be a list"),
    ],
)
def test_what_does_not_fit_is_named(old: str, new: str, told: str) -> None:
    text = to_bytes(WHOLE).decode()
    assert old in text
    with pytest.raises(DocumentError) as fault:
        from_bytes(Outer, text.replace(old, new).encode())
    assert str(fault.value) == f"{told}."


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"null"])
def test_rubbish_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentError):
        from_bytes(Outer, content)


def test_the_facts_of_a_pack_come_back_whole() -> None:
    held = facts(
        milestones=(milestone(1, "NIT-01", baseline_current=date(2027, 1, 1)),), risks=(risk(1, "NIT-01", probability=Decimal("12.50")),)
    )
    assert from_bytes(PackFacts, to_bytes(held)) == held
