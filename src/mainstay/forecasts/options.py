"""How a forecast is run: what its starter chooses, and within which limits."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mainstay.register.errors import Invalid
from mainstay.register.typed import whole_number

FEWEST, MOST, USUAL = 100, 100_000, 10_000
LARGEST_SEED = 2**63 - 1


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
    options = Options(iterations=int(given["iterations"]), seed=int(given["seed"]), after=told.get("risks") != "before")
    options.check()
    return options
