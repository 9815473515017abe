"""Rating scales as dated data, one way for claims and for published ratings: each with its version, and none is read as another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "scales.yaml"
LOCAL = "local-rag/1"
"""The scale that measures stand on: position against tolerance."""


@dataclass(frozen=True, slots=True)
class Step:
    value: str
    word: str
    letter: str
    shape: str
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    id: str
    version: int
    title: str
    short: str
    meaning: str
    steps: tuple[Step, ...]
    """From the best to the worst."""
    apart: tuple[Step, ...] = ()
    """Answers that are no rating."""
    published_as: str = ""
    starts: date | None = None
    ends: date | None = None

    @property
    def key(self) -> str:
        return f"{self.id}/{self.version}"

    @property
    def answers(self) -> tuple[Step, ...]:
        return (*self.steps, *self.apart)

    @property
    def is_local(self) -> bool:
        """Whether its steps are positions against tolerance, as the measures are."""
        return self.id.startswith("local-rag")

    def step(self, value: str) -> Step | None:
        return next((step for step in self.answers if step.value == value), None)

    def called(self, text: str) -> Step | None:
        """The step of this value or word, as somebody wrote it."""
        small = text.strip().lower()
        return next((step for step in self.answers if small in (step.value, step.word.lower())), None)


@cache
def all_scales() -> tuple[Scale, ...]:
    found = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return tuple(
        Scale(
            id=told["id"],
            version=told["version"],
            title=told["title"],
            short=told["short"],
            meaning=told["meaning"],
            steps=tuple(Step(**step) for step in told["steps"]),
            apart=tuple(Step(**step) for step in told.get("apart", ())),
            published_as=told.get("published_as", ""),
            starts=told.get("from"),
            ends=told.get("until"),
        )
        for told in found
    )


@cache
def named(text: str) -> Scale | None:
    """`dca-5/1`, or `dca-5` for its latest version."""
    found = [scale for scale in all_scales() if text in (scale.key, scale.id)]
    return max(found, key=lambda scale: scale.version, default=None)


def of(text: str) -> Scale:
    """The scale of a claim. What was kept before claims named theirs stands on the local one, which was the only one."""
    return named(text) or named(LOCAL) or all_scales()[0]


def published(name: str) -> Scale | None:
    return next((scale for scale in all_scales() if scale.published_as == name), None)


def word_of(scale: str, value: str) -> str:
    """The word of a step; of one that only another scale knows, the word there."""
    found = (one.step(value) for one in (of(scale), *all_scales()))
    return next((step.word for step in found if step is not None), value)


def label(key: str) -> str:
    """The short name of a claim's scale, where that is not the local one."""
    return "" if key == LOCAL else of(key).short


def with_breaks(claims: Sequence[tuple[str, str]]) -> list[str]:
    """Values for a strip from (scale, value), oldest first, with `break` wherever the scale is another than before."""
    made: list[str] = []
    before = ""
    for scale, value in claims:
        if scale and value and value != "none":
            if before and before != scale:
                made.append("break")
            before = scale
        made.append(value or "none")
    return made


def changes(claims: Iterable[tuple[str, str]]) -> list[tuple[str, Scale, Scale]]:
    """Where the scale changes, of (period, scale) oldest first: the first period on the new scale, the scale before, the new one."""
    found, before = [], ""
    for period, scale in claims:
        if before and scale and scale != before:
            found.append((period, of(before), of(scale)))
        before = scale or before
    return found
