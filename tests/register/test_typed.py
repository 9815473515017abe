"""Whole numbers out of text: plain digits alone, and nothing that a database could not hold."""

import pytest

from mainstay.register.typed import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("", None),
        ("-1", None),
        ("1.0", None),
        (" 1", None),
        ("²", None),
        ("١", None),
    ],
)
def test_only_plain_digits_are_a_number(text: str, number: int | None) -> None:
    assert whole_number(text) == number


def test_a_limit_of_digits_holds() -> None:
    assert whole_number("12345", 5) == 12345
    assert whole_number("123456", 5) is None
