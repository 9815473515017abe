"""What a plan has earned, where amber and red begin, and the exceptions to tolerances: the facts by which measures are judged."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnedFact:
    """The earned value of a plan by its status date; an index that its file cannot give is None, with the reason in `unsaid`."""

    weight: str = ""
    cpi: float | None = None
    spi: float | None = None
    spi_t: float | None = None
    idle: int = 0
    """Activities that should have earned something and have earned nothing."""
    unsaid: tuple[str, ...] = ()
    """`cpi no_actual`: index and reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Where amber and red begin; from the standard that holds for the initiative, else the defaults here."""

    amber_slip_days: int = 10
    red_slip_days: int = 40
    amber_chance: int = 50
    red_chance: int = 20
    amber_exposure: int = 5
    red_exposure: int = 10
    amber_cpi: float = 0.95
    red_cpi: float = 0.85
    amber_spi: float = 0.95
    """Of SPI(t), which does not come back to 1 for what is finished late."""
    red_spi: float = 0.85
    stale_days: int = 35
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionFact:
    """A tolerance that is or will be passed, as it was put to a board."""

    pk: int
    ref: str
    code: str
    part: str
    title: str
    dimension: str
    deviation: str = ""
    cause: str = ""
    consequences: str = ""
    options: str = ""
    recommendation: str = ""
    lessons: str = ""
    owner: str = ""
    needed_by: date | None = None
    answer: str = ""
    outcome: str = ""
    decided_on: date | None = None
    state: str
    marking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionFact:
    """A business area with its cut-over and what is confirmed of it. `confirmed` and `waived` count musts, as does `musts`."""

    pk: int
    ref: str
    code: str
    part: str
    title: str
    area: str
    owner: str = ""
    cut_over_on: date | None = None
    agreed_on: date | None = None
    musts: int = 0
    confirmed: int = 0
    waived: int = 0
    has_fallback: bool = False
    state: str
    marking: str

    @property
    def open(self) -> int:
        return self.musts - self.confirmed - self.waived

    @property
    def slip_days(self) -> int | None:
        """Days that the cut-over is later than agreed; negative is earlier."""
        return (self.cut_over_on - self.agreed_on).days if self.cut_over_on and self.agreed_on else None
