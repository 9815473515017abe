"""How alike two names of projects are, and the numbers in them that must agree: tranche 1 is never tranche 3."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
WORD = re.compile(r"[a-z0-9]+")
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
NUMBERED = frozenset(
    {"tranche", "phase", "stage", "batch", "lot", "wave", "round", "increment", "mark", "mk", "spiral", "block", "type", "part", "release"}
)
SPELT = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "first": "1", "second": "2", "third": "3"}
EMPTY_WORDS = frozenset({"the", "of", "and", "for", "a", "an", "in", "to", "project", "programme", "program"})
YEAR = re.compile(r"^(?:19|20)\d\d$")
GLUED = re.compile(rf"\b({'|'.join(sorted(NUMBERED))})(\d)")
"""`Phase2a` is `Phase 2a`."""


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """The words that tell: without brackets, signs and what every project is called."""
    text = GLUED.sub(r"\1 \2", name.lower()).replace("&", " and ").replace("’", "").replace("'", "")
    outside = BRACKETS.sub(" ", text)
    found = WORD.findall(outside) or WORD.findall(text)
    return tuple(word for word in found if word not in EMPTY_WORDS) or tuple(found)


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    return " ".join(words(name))


@lru_cache(maxsize=20_000)
def instalment(name: str) -> frozenset[str]:
    """The numbers in a name, also in brackets, in Roman figures or spelt after such words as tranche; years are none."""
    found, before = set(), ""
    for word in WORD.findall(GLUED.sub(r"\1 \2", name.lower())):
        if any(letter.isdigit() for letter in word):
            if not YEAR.match(word):
                found.add(word.lstrip("0") or "0")
        elif before in NUMBERED and (number := ROMAN.get(word) or SPELT.get(word)):
            found.add(number)
        before = word
    return frozenset(found)


@lru_cache(maxsize=20_000)
def pairs(name: str) -> frozenset[str]:
    text = key(name).replace(" ", "")
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def likeness(one: str, other: str) -> float:
    """0 to 1: the mean of how alike the letters run and how many words are shared; 0 where the numbers in them differ."""
    if key(one) == key(other):
        return 1.0 if instalment(one) == instalment(other) else 0.0
    if instalment(one) != instalment(other):
        return 0.0
    mine, theirs = pairs(one), pairs(other)
    if not mine or not theirs or 2 * len(mine & theirs) / (len(mine) + len(theirs)) < 0.55:
        return 0.0
    shared = set(words(one)) & set(words(other))
    dice = 2 * len(shared) / (len(set(words(one))) + len(set(words(other))))
    return (SequenceMatcher(None, key(one), key(other), autojunk=False).ratio() + dice) / 2
