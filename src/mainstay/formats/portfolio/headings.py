"""Which field a heading names, told by its words: a word counts only whole, so that `arr` is not found in `narrative`."""

import re
from dataclasses import dataclass

from mainstay.formats.portfolio.fields import Field

MOST_WORDS = 24
"""Outside brackets; what is longer is a sentence, not a heading."""
ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
WORD = re.compile(r"[a-z]+|%|\d+")
NARRATIVE = frozenset({"narrative", "narratives", "commentary", "comment", "comments", "explanation", "remarks", "notes"})
MONEY_WORDS = frozenset({"cost", "costs", "amount", "estimate", "budget", "spend", "spending", "variance"})


def group(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Rule:
    """A heading names `field` where it has a word of each group and none of those that speak against it."""

    field: Field
    groups: tuple[frozenset[str], ...]
    against: frozenset[str] = frozenset()

    def holds(self, words: frozenset[str]) -> bool:
        return all(words & each for each in self.groups) and not words & self.against


def rule(field: Field, *groups: str | frozenset[str], against: str | frozenset[str] = frozenset()) -> Rule:
    made = tuple(group(each) if isinstance(each, str) else each for each in groups)
    return Rule(field, made, group(against) if isinstance(against, str) else against)


RULES = (
    rule(Field.RATING_NARRATIVE, NARRATIVE, "rag rating ratings dca confidence"),
    rule(Field.SCHEDULE_NARRATIVE, NARRATIVE, "schedule date dates milestones timetable"),
    rule(Field.BENEFITS_NARRATIVE, NARRATIVE, "benefit benefits"),
    rule(Field.COST_NARRATIVE, NARRATIVE, "wlc life"),
    rule(Field.YEAR_NARRATIVE, NARRATIVE, "variance forecast"),
    rule(Field.COST_NARRATIVE, NARRATIVE, "budget cost costs"),
    rule(Field.SECOND_RATING, "sro owner", "dca rag rating confidence", against=NARRATIVE),
    rule(Field.RATING, "dca rag rating confidence", against=NARRATIVE | group("previous last credit risk")),
    rule(Field.YEAR_VARIANCE_SHARE, "variance", "% percent percentage", against=NARRATIVE),
    rule(Field.YEAR_VARIANCE, "variance", against=NARRATIVE),
    rule(Field.BENEFITS, "benefit benefits", against=NARRATIVE),
    rule(Field.COST, "wlc", against=NARRATIVE | group("forecast actual")),
    rule(Field.COST, "whole", "life", against=NARRATIVE | group("forecast actual")),
    rule(
        Field.COST, "project total capital", "cost costs budget capex expenditure", against=NARRATIVE | group("year yearly actual forecast")
    ),
    rule(Field.START, "start started commencement", "date project programme on planned approved", against=NARRATIVE | MONEY_WORDS),
    rule(
        Field.END,
        "end finish completion closing expiry expires",
        "date project programme on planned approved",
        against=NARRATIVE | MONEY_WORDS | group("actual"),
    ),
    rule(Field.YEAR_FORECAST, "forecast", against=NARRATIVE | group("life wlc date final benefits")),
    rule(Field.YEAR_BASELINE, "baseline budget", against=NARRATIVE | group("life wlc date")),
    rule(Field.STATUS, "status stage phase", against=NARRATIVE | MONEY_WORDS | group("date start end granted expires reached rag 1 2 3")),
    rule(Field.CATEGORY, "category sector", against=NARRATIVE | group("assessment risk")),
    rule(Field.DESCRIPTION, "description aims aim objective objectives", against=NARRATIVE),
    rule(
        Field.ID,
        "id number identifier reference ref code",
        "project programme gmpp ipa portfolio",
        against=NARRATIVE | group("building sro"),
    ),
    rule(Field.NAME, "name title", "project programme scheme initiative", against=NARRATIVE | group("phase status file manager")),
    rule(Field.DEPARTMENT, "department departments dept ministry agency proponent organisation organization", against=NARRATIVE),
)
WHOLE = {
    ("name",): Field.NAME,
    ("title",): Field.NAME,
    ("project",): Field.NAME,
    ("programme",): Field.NAME,
    ("project", "programme"): Field.NAME,
    ("id",): Field.ID,
    ("ref",): Field.ID,
    ("reference",): Field.ID,
    ("start",): Field.START,
    ("finish",): Field.END,
    ("end",): Field.END,
    ("year",): Field.YEAR,
    ("report", "year"): Field.YEAR,
    ("publication", "year"): Field.YEAR,
}
"""Headings of a word or two that mean something only when nothing else stands beside them."""


def plain(heading: str) -> str:
    """A heading as a person reads it: one line, without what programs left in it."""
    text = ESCAPED.sub(" ", heading)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def words_of(heading: str) -> tuple[str, ...]:
    """The words outside brackets, in small letters."""
    text = plain(heading)
    outside = BRACKETS.sub(" ", text)
    return tuple(WORD.findall((outside if WORD.search(outside.lower()) else text).lower()))


def field_of(heading: str) -> Field | None:
    """The field that a heading names, or None where its words name none."""
    words = words_of(heading)
    if not words or len(words) > MOST_WORDS:
        return None
    if words in WHOLE:
        return WHOLE[words]
    found = frozenset(words) | (frozenset("%") if "%" in heading else frozenset())
    return next((each.field for each in RULES if each.holds(found)), None)
