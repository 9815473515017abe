"""How a forecast is run: what its starter chooses, and within which limits."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mainstay.register.errors import Invalid
from mainstay.register.typed import whole_number

FEWEST, MOST, USUAL = 100, 100_000, 10_000
MANY = 20_000
"""From here on the form tells first how long it will take and what it needs."""
LARGEST_SEED = 2**63 - 1
NAMES = ("iterations", "seed", "risks")
USUAL_BODY = {"iterations": USUAL, "seed": 1, "risks": "after"}
SCHEMA: dict[str, Any] = {
    "iterations": {"type": "integer", "minimum": FEWEST, "maximum": MOST, "default": USUAL},
    "seed": {"type": "integer", "minimum": 0, "maximum": LARGEST_SEED, "default": 1},
    "risks": {"type": "string", "enum": ["after", "before"], "default": "after"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How it is run."""

    iterations: int = USUAL
    seed: int = 1
    after: bool = True
    """Risks stand as after their responses."""

    def check(self) -> None:
        """Raise Invalid with a sentence for each number out of range."""
        if not FEWEST <= self.iterations <= MOST:
            raise Invalid({"iterations": [iterations_text()]})
        if not 0 <= self.seed <= LARGEST_SEED:
            raise Invalid({"seed": [seed_text()]})


def iterations_text() -> str:
    return _("Give a number of iterations from %(fewest)d to %(most)d.") % {"fewest": FEWEST, "most": MOST}


def seed_text() -> str:
    return _("Give a whole number of at most 18 digits as the seed.")


def read(told: Any) -> Options:
    """The options of a form or a body of JSON. Raises Invalid."""
    given = {name: str(told.get(name, "")).replace(",", "").strip() for name in ("iterations", "seed")}
    texts = {"iterations": iterations_text(), "seed": seed_text()}
    if faulty := {name: [texts[name]] for name, text in given.items() if whole_number(text) is None}:
        raise Invalid(faulty)
    stand = told.get("risks", "after")
    if stand not in ("after", "before"):
        raise Invalid({"risks": [_("Say whether risks stand after or before their responses.")]})
    options = Options(iterations=int(given["iterations"]), seed=int(given["seed"]), after=stand == "after")
    options.check()
    return options


def as_arguments(options: Options) -> dict[str, Any]:
    """For the job that runs it."""
    return {"iterations": options.iterations, "seed": options.seed, "after": options.after}
