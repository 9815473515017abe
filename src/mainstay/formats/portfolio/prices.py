"""The price base that headings name: sums of 2024/25 prices and of cash are not the same money, and are not compared."""

import re
from collections.abc import Iterable

YEAR = r"(?:FY\s*)?(20\d\d(?:\s*[/-]\s*(?:20)?\d\d)?)"
BEFORE = re.compile(rf"{YEAR}\s+(?:real(?:\s+terms)?\s+|constant\s+)?prices?\b", re.I)
AFTER = re.compile(rf"\b(?:real(?:\s+terms)?|constant)(?:\s+prices?)?,?\s*(?:in\s+|at\s+|of\s+)?\(?{YEAR}", re.I)
NOMINAL = re.compile(r"\bnominal\b|\b(?:cash|outturn|current)\s+(?:terms|prices)\b", re.I)


def price_base(headings: Iterable[str]) -> str:
    """`2024/25 prices`, `nominal`, or "" where no heading names one."""
    for text in headings:
        if found := BEFORE.search(text) or AFTER.search(text):
            return f"{''.join(found.group(1).split()).replace('-', '/')} prices"
        if NOMINAL.search(text):
            return "nominal"
    return ""
