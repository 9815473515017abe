"""How alike two recommendations read: the cosine of their words, rare ones weighing more, and of three-letter pieces against inflexions."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt

WORD = re.compile(r"[a-z]{3,}")
COMMON = frozenset(
    {"the", "and", "for", "that", "with", "from", "this", "should", "have", "has", "been", "must", "will", "before", "after", "into"}
    | {"their", "its", "are", "was", "were", "not", "all", "any", "who", "senior", "responsible", "owner", "sro", "programme", "project"}
    | {"team", "ensure", "make", "recommended", "recommendation"}
)
"""Words that nearly every recommendation has."""
ALIKE = 0.45
"""From here on two are offered as saying the same; chosen on the examples in the tests."""


def pieces(text: str) -> Counter[str]:
    """The words of a text that carry something, and their three-letter pieces at a third of the weight."""
    words = [word for word in WORD.findall(text.lower()) if word not in COMMON]
    found: Counter[str] = Counter()
    for word in words:
        found[word] += 3
        for at in range(len(word) - 2):
            found[f"~{word[at : at + 3]}"] += 1
    return found


def weights(texts: Sequence[Counter[str]]) -> dict[str, float]:
    """The rarer a piece is among all texts, the more it weighs."""
    seen = Counter(piece for text in texts for piece in text)
    return {piece: log((1 + len(texts)) / (1 + count)) + 1 for piece, count in seen.items()}


def cosine(one: Counter[str], other: Counter[str], weight: dict[str, float]) -> float:
    """0 where they share nothing, 1 where they are the same."""
    shared = sum(one[piece] * other[piece] * weight[piece] ** 2 for piece in one.keys() & other.keys())
    length = length_of(one, weight) * length_of(other, weight)
    return shared / length if length else 0.0


def length_of(text: Counter[str], weight: dict[str, float]) -> float:
    return sqrt(sum((count * weight[piece]) ** 2 for piece, count in text.items()))


def alike(text: str, others: Iterable[tuple[int, str]], most: int = 5) -> list[tuple[int, float]]:
    """The others that read like `text`, by id with their likeness, the most alike first."""
    held = [(pk, pieces(other)) for pk, other in others]
    own = pieces(text)
    weight = weights([own, *(other for _pk, other in held)])
    found = [(pk, cosine(own, other, weight)) for pk, other in held]
    return sorted((one for one in found if one[1] >= ALIKE), key=lambda one: (-one[1], one[0]))[:most]
