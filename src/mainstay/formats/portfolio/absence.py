"""Cells that say why they hold no figure: exempt under a section, not provided, too early, reset, not rated, or words."""

import re

from mainstay.formats.portfolio.readings import Absent, Why

EXEMPT = re.compile(
    r"^\W*(?:(?:the\s+)?(?:data|date|information)\s+(?:is\s+)?)?(?:exempt\b|exemption\b|withheld\b)|^\W*sections?\s+\d", re.I
)
TAIL = re.compile(r"\b(?:of\s+(?:the\s+)?)?(?:freedom|foi)\b.*", re.I | re.S)
SECTION = re.compile(r"(?<![\d(])(\d{1,2})\s*(?:\((\d)\))?(?![\d%])")
CODE = re.compile(r"^[A-Z]{2,5}$")
FEWEST_WORDS = 4
PHRASES = (
    (Why.RESET, re.compile(r"^reset\b", re.I)),
    (Why.NOT_RATED, re.compile(r"^(?:no dca|not (?:yet )?(?:rated|assessed)|no rating|unrated)\b", re.I)),
    (Why.NOT_APPLICABLE, re.compile(r"^(?:n/?a|not applicable|not required|none)\.?$", re.I)),
    (Why.TOO_EARLY, re.compile(r"^(?:pns|project not started|early planning\b.*|.*\bstill at the planning stage\b.*)$", re.I | re.S)),
    (
        Why.NOT_PROVIDED,
        re.compile(
            r"^(?:#n/a|-+|–|\?|tb[acd]|to be (?:confirmed|advised|decided|determined)|not (?:provided|available|known|reported|published)|"
            r"missing|unknown|no (?:data|departmental narrative)|.*\bnot in a position to provide\b.*)\.?$",
            re.I | re.S,
        ),
    ),
)


def absence(text: str) -> Absent | None:
    """Why there is no figure, or None where the text may hold one."""
    plain = " ".join(text.split())
    if EXEMPT.search(plain):
        return Absent(Why.EXEMPT, plain, sections(plain))
    for why, pattern in PHRASES:
        if pattern.search(plain):
            return Absent(why, plain)
    if CODE.match(plain) and plain.lower() not in {"red", "green", "amber", "ag", "ar"}:
        return Absent(Why.NOT_PROVIDED, plain)
    return None


def sections(text: str) -> tuple[str, ...]:
    """`24, 31(1)`: the numbers named before the Act itself, whose year is no section."""
    found = SECTION.findall(TAIL.sub("", text))
    return tuple(dict.fromkeys(f"{number}({part})" if part else number for number, part in found))


def unread(text: str) -> Absent:
    """What neither is a figure nor says why there is none."""
    plain = " ".join(text.split())
    return Absent(Why.EXPLAINED if len(plain.split()) >= FEWEST_WORDS else Why.UNREADABLE, plain)
