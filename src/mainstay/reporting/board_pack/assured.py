"""Reviews, what they recommend and who has none, as facts of a pack: only what its owner has released."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFact:
    """A review that is ahead, under way or was held since the earlier pack. `rating` is empty until the report is released."""

    pk: int
    ref: str
    code: str
    part: str
    title: str
    short: str
    first_day: date | None = None
    last_day: date | None = None
    has_days: bool = False
    """Whether these are the days of the review; else its window."""
    decision: str = ""
    decision_on: date | None = None
    rating: str = ""
    scale: str = ""
    state: str
    marking: str

    @property
    def slack_days(self) -> int | None:
        """Days from its end to the decision that it informs; negative is too late."""
        return (self.decision_on - self.last_day).days if self.decision_on and self.last_day else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceFact:
    """A released recommendation that is not done."""

    pk: int
    ref: str
    code: str
    part: str
    title: str
    review: str
    priority: str
    owner: str = ""
    do_by: date | None = None
    state: str
    marking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreviewedFact:
    """A programme or project that should have a review and has none."""

    pk: int
    code: str
    part: str
    title: str
    why: str
    marking: str
