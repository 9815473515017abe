"""Which project of a publication is which of those known from earlier ones: certain, doubtful (a person confirms), or none."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mainstay.formats.portfolio.departments import may_be_same
from mainstay.formats.portfolio.fields import Field
from mainstay.formats.portfolio.likeness import instalment, key, likeness, words
from mainstay.formats.portfolio.publication import Publication

ALIKE = 0.72
"""From this likeness on a person is asked; below it, a project counts as new."""
ID_HOLDS = 0.45
"""An identifier alone decides only where the names are not quite strangers: their cores have been used twice."""


class Sureness(StrEnum):
    CERTAIN = "certain"
    DOUBTFUL = "doubtful"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Known:
    """A project as its latest publication calls it."""

    name: str
    department: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Entry `at` of the new publication, and the place of the known project that it continues; None where it is new."""

    at: int
    known: int | None
    sureness: Sureness
    likeness: float = 0.0
    why: str = ""


def known_of(found: Publication) -> list[Known]:
    return [Known(entry.name, entry.text(Field.DEPARTMENT), entry.text(Field.ID)) for entry in found.entries]


def matches(known: Sequence[Known], new: Sequence[Known]) -> list[Match]:
    """A match for each of `new`, in order; no known project is given twice."""
    found: dict[int, Match] = {}
    used: set[int] = set()
    for step in (by_id, by_name, lambda known, new: by_likeness(known, new, set(found), used)):
        candidates = list(step(known, new))
        free = [each for each in candidates if each.at not in found and each.known not in used]
        for each in sorted(free, key=lambda one: (one.sureness is not Sureness.CERTAIN, -one.likeness, one.at)):
            if each.at not in found and each.known is not None and each.known not in used:
                found[each.at] = each
                used.add(each.known)
    return [found.get(at, Match(at, None, Sureness.NONE)) for at in range(len(new))]


def unique(texts: Sequence[str]) -> dict[str, int]:
    """Texts that stand once → their place."""
    counts = Counter(texts)
    return {text: at for at, text in enumerate(texts) if text and counts[text] == 1}


def by_id(known: Sequence[Known], new: Sequence[Known]) -> Iterator[Match]:
    """The whole identifier, where it is unique on both sides."""
    earlier = unique([each.id.strip().upper() for each in known])
    for text, at in unique([each.id.strip().upper() for each in new]).items():
        if text not in earlier:
            continue
        there = known[earlier[text]]
        alike = likeness(there.name, new[at].name)
        if alike >= ID_HOLDS:
            yield Match(at, earlier[text], Sureness.CERTAIN, alike, "the same identifier")
        else:
            yield Match(at, earlier[text], Sureness.DOUBTFUL, alike, f"the same identifier, but it was called “{there.name}”")


def by_name(known: Sequence[Known], new: Sequence[Known]) -> Iterator[Match]:
    """The same words and numbers, unique on both sides."""
    earlier = unique([full(each.name) for each in known])
    for text, at in unique([full(each.name) for each in new]).items():
        if text not in earlier:
            continue
        there, here = known[earlier[text]], new[at]
        doubts = list(against(there, here))
        sureness = Sureness.DOUBTFUL if doubts else Sureness.CERTAIN
        yield Match(at, earlier[text], sureness, 1.0, ", but ".join(["the same name", *doubts]))


def by_likeness(known: Sequence[Known], new: Sequence[Known], done: Container[int], used: Container[int]) -> Iterator[Match]:
    """Names that are alike: never certain. Only those that share a word are compared, since no others are alike enough."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, there in enumerate(known):
        if place not in used:
            for word in set(words(there.name)):
                holders[word].append(place)
    for at, here in enumerate(new):
        if at in done:
            continue
        for place in sorted({place for word in set(words(here.name)) for place in holders.get(word, ())}):
            there = known[place]
            doubts = list(against(there, here))
            alike = 0.0 if len(doubts) > 1 else likeness(there.name, here.name)
            if alike >= (ALIKE + 0.15 if doubts else ALIKE):
                why = ", and ".join([f"it was called “{there.name}”", *doubts])
                yield Match(at, place, Sureness.DOUBTFUL, alike, why)


def against(there: Known, here: Known) -> Iterator[str]:
    """What speaks against two projects being one although their names are the same."""
    if there.id and here.id and there.id.strip().upper() != here.id.strip().upper():
        yield f"its identifier was {there.id}"
    if not may_be_same(there.department, here.department):
        yield f"it belonged to {there.department}"


def full(name: str) -> str:
    """The words of a name and its numbers."""
    return f"{key(name)} {' '.join(sorted(instalment(name)))}"
