"""Passwords made by the installation: easy to read out, hard to guess."""

import math
import secrets

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aeiou"
GROUPS = 4


def made() -> str:
    """Four made-up words of five letters, about 66 bits."""
    return "-".join("".join(secrets.choice(CONSONANTS if place % 2 == 0 else VOWELS) for place in range(5)) for _ in range(GROUPS))


def bits() -> float:
    return GROUPS * (3 * math.log2(len(CONSONANTS)) + 2 * math.log2(len(VOWELS)))
