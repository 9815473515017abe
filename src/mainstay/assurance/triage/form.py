"""A question bank as data: parts, questions, ratings and how they are put together. Read from YAML, checked when read."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

METHODS = ("table", "sum", "highest")
COMBINE = ("highest", "mean")


class FormError(Exception):
    """A bank or answers that cannot be used, with a sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults))


@dataclass(frozen=True, slots=True)
class Question:
    code: str
    title: str
    intent: str = ""
    answers: tuple[str, ...] = ()
    """Anchors of the ratings from the lowest, where the form words them."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form; `combine` says what its rating is: the highest of its answers, or their mean rounded to the nearest."""

    code: str
    title: str
    combine: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """`method` puts the parts together: `table` two parts by the house table, `sum` all answers by `bands`, `highest` all answers."""

    key: str
    title: str
    ratings: tuple[str, ...]
    parts: tuple[Section, ...]
    method: str
    bands: tuple[tuple[int, str], ...] = ()
    """Sum up to which → overall, rising."""
    stop: tuple[str, int] | None = None
    """A part and the rating (counted from 1) at or below which the later parts need no answer."""
    justified: bool = True
    longest: int = 250
    source: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for part in self.parts for question in part.questions)


@lru_cache(maxsize=64)
def read(text: str) -> Form:
    """The form that `text` describes, or `FormError`."""
    try:
        told = yaml.safe_load(text)
    except yaml.YAMLError as fault:
        raise FormError([f"This is no YAML: {str(fault).splitlines()[0]}."]) from None
    if not isinstance(told, dict):
        raise FormError(["A question bank begins with form, title, ratings and parts."])
    try:
        found = built(told)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise FormError([f"Something is missing or has the wrong shape: {fault}."]) from None
    if wrong := list(faults_of(found)):
        raise FormError(wrong)
    return found


def built(told: dict[str, Any]) -> Form:
    parts = tuple(
        Section(
            str(part["code"]),
            str(part["title"]),
            str(part.get("combine", "highest")),
            tuple(
                Question(str(one["code"]), str(one["title"]), str(one.get("intent", "")), tuple(map(str, one.get("answers", ()))))
                for one in part["questions"]
            ),
        )
        for part in told["parts"]
    )
    stop = told.get("stop")
    return Form(
        key=str(told["form"]),
        title=str(told["title"]),
        ratings=tuple(map(str, told["ratings"])),
        parts=parts,
        method=str(told.get("method", "table")),
        bands=tuple((int(limit), str(name)) for limit, name in told.get("bands", ())),
        stop=(str(stop["part"]), int(stop["at"])) if stop else None,
        justified=bool(told.get("justified", True)),
        longest=int(told.get("longest", 250)),
        source=str(told.get("source", "")),
    )


def faults_of(form: Form) -> list[str]:
    codes = [question.code for question in form.questions]
    wrong = []
    if "/" not in form.key:
        wrong.append("The form is named with its version, e.g. house-rpa/1.")
    if not codes or len(set(codes)) < len(codes):
        wrong.append("Each question has a code of its own, and there is at least one.")
    if len(form.ratings) < 2:
        wrong.append("There are two ratings at least, from the lowest to the highest.")
    if form.method not in METHODS:
        wrong.append(f"The method is {', '.join(METHODS)}.")
    if form.method == "table" and (len(form.parts) != 2 or len(form.ratings) != 5):
        wrong.append("The table puts two parts with five ratings together.")
    if any(part.combine not in COMBINE for part in form.parts):
        wrong.append(f"A part is combined by {' or '.join(COMBINE)}.")
    names = {name for _limit, name in form.bands}
    limits = [limit for limit, _name in form.bands]
    if form.method == "sum" and (names - {"low", "medium", "high"} or limits != sorted(set(limits)) or not limits):
        wrong.append("Bands are written [[6, low], [10, medium], [15, high]], rising.")
    if form.stop and form.stop[0] not in {part.code for part in form.parts}:
        wrong.append(f"The stop rule names part {form.stop[0]}, which the form does not have.")
    return wrong
