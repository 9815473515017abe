"""How a forecast is run: what its starter chooses, and within which limits."""

import math
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from mainstay.engine.simulation.convergence import Convergence
from mainstay.register.errors import Invalid
from mainstay.register.typed import whole_number

FEWEST, MOST, USUAL = 100, 100_000, 10_000
MANY = 20_000
"""From here on the form tells first how long it will take and what it needs."""
LARGEST_SEED = 2**63 - 1
SAMPLINGS = ("random", "latin_hypercube", "sobol")
LEAST_STOP, MOST_STOP = 0.1, 30.0
NAMES = ("iterations", "seed", "risks", "sampling", "stop_days")
USUAL_BODY = {"iterations": USUAL, "seed": 1, "risks": "after"}
SCHEMA: dict[str, Any] = {
    "iterations": {"type": "integer", "minimum": FEWEST, "maximum": MOST, "default": USUAL},
    "seed": {"type": "integer", "minimum": 0, "maximum": LARGEST_SEED, "default": 1},
    "risks": {"type": "string", "enum": ["after", "before"], "default": "after"},
    "sampling": {"type": "string", "enum": list(SAMPLINGS), "default": "random"},
    "stop_days": {"type": "number", "minimum": LEAST_STOP, "maximum": MOST_STOP},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How it is run."""

    iterations: int = USUAL
    seed: int = 1
    after: bool = True
    """Risks stand as after their responses."""
    sampling: str = SAMPLINGS[0]
    stop_days: float | None = None
    """Stop once the standard error of the P80 finish is no more than so many days; `iterations` is then the most."""

    def check(self) -> None:
        """Raise Invalid with a sentence for each number out of range."""
        if not FEWEST <= self.iterations <= MOST:
            raise Invalid({"iterations": [iterations_text()]})
        if not 0 <= self.seed <= LARGEST_SEED:
            raise Invalid({"seed": [seed_text()]})
        if self.sampling not in SAMPLINGS:
            raise Invalid({"sampling": [_("Sample by %(names)s.") % {"names": ", ".join(SAMPLINGS)}]})
        if self.stop_days is not None and not LEAST_STOP <= self.stop_days <= MOST_STOP:
            raise Invalid({"stop_days": [stop_text()]})

    @property
    def until(self) -> Convergence | None:
        """As the engine takes it."""
        if self.stop_days is None:
            return None
        return Convergence(error_days=self.stop_days, least=min(1_000, self.iterations), most=self.iterations)


def iterations_text() -> str:
    return _("Give a number of iterations from %(fewest)d to %(most)d.") % {"fewest": FEWEST, "most": MOST}


def seed_text() -> str:
    return _("Give a whole number of at most 18 digits as the seed.")


def stop_text() -> str:
    told = {"least": f"{LEAST_STOP:g}", "most": f"{MOST_STOP:g}"}
    return _("Give the standard error to stop at in days, from %(least)s to %(most)s, or leave it empty.") % told


def stop_of(told: Any) -> float | None:
    text = "" if told is None else str(told).strip()
    if not text:
        return None
    try:
        return float(text) if text.isascii() else math.nan
    except ValueError:
        raise Invalid({"stop_days": [stop_text()]}) from None


def read(told: Any) -> Options:
    """The options of a form or a body of JSON. Raises Invalid."""
    given = {name: str(told.get(name, "")).replace(",", "").strip() for name in ("iterations", "seed")}
    texts = {"iterations": iterations_text(), "seed": seed_text()}
    if faulty := {name: [texts[name]] for name, text in given.items() if whole_number(text) is None}:
        raise Invalid(faulty)
    stand = told.get("risks", "after")
    if stand not in ("after", "before"):
        raise Invalid({"risks": [_("Say whether risks stand after or before their responses.")]})
    options = Options(
        iterations=int(given["iterations"]),
        seed=int(given["seed"]),
        after=stand == "after",
        sampling=str(told.get("sampling") or SAMPLINGS[0]),
        stop_days=stop_of(told.get("stop_days")),
    )
    options.check()
    return options


def as_arguments(options: Options) -> dict[str, Any]:
    """For the job that runs it."""
    return asdict(options)
