"""The scales of a heat map: the steps that an initiative inherits as standards, or the product's own where none is set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.initiatives.models import Initiative
from mainstay.initiatives.standards import resolve
from mainstay.register import words

PROBABILITY, COST, DELAY = "risk-probability", "risk-cost", "risk-delay"
"""The names of the standards, of the kind scale: steps in per cent, in pounds and in working days."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a scale divides: its unit, the smallest difference that a register keeps of it, and the steps where no standard is set."""

    name: str
    unit: str
    grain: Decimal
    usual: tuple[int, ...]


NAMES = (gettext_lazy("Very low"), gettext_lazy("Low"), gettext_lazy("Medium"), gettext_lazy("High"), gettext_lazy("Very high"))
MEASURES = {
    PROBABILITY: Measure(PROBABILITY, "%", Decimal("0.01"), (5, 20, 50, 80, 100)),
    COST: Measure(COST, "£", Decimal("0.01"), (50_000, 250_000, 1_000_000, 5_000_000, 25_000_000)),
    DELAY: Measure(DELAY, "wd", Decimal("0.1"), (5, 10, 20, 60, 120)),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: values above `above` (None: from nothing on) up to and with `to` (None: without end)."""

    name: str
    above: Decimal | None
    to: Decimal | None
    measure: Measure

    def has(self, value: Decimal) -> bool:
        return (self.above is None or value > self.above) and (self.to is None or value <= self.to)

    @property
    def first(self) -> Decimal | None:
        """The smallest value of the step that a register can hold."""
        return None if self.above is None else self.above + self.measure.grain

    @property
    def range(self) -> str:
        if self.above is None:
            return _("up to %(to)s") % {"to": amount(self.measure, self.to)}
        if self.to is None:
            return _("over %(above)s") % {"above": amount(self.measure, self.above)}
        return f"{amount(self.measure, self.above, with_unit=False)}–{amount(self.measure, self.to)}"


@dataclass(frozen=True, slots=True)
class Scale:
    """The steps from the lowest to the highest, and whether a standard set them."""

    steps: Sequence[Step]
    is_standard: bool

    def place(self, value: Decimal) -> int:
        """The number of the step that holds the value, from 0; the last step takes whatever lies beyond it."""
        return next(number for number, step in enumerate(self.steps) if step.has(value))


def scale_for(initiative: Initiative, name: str, on: date | None = None) -> Scale:
    """The scale that holds for the initiative on a day."""
    measure = MEASURES[name]
    held = resolve(initiative, "scale", name, on)
    # An extended standard may have its steps in another order than they were written.
    told = sorted({Decimal(str(step["to"])): str(step["name"]) for step in held["steps"]}.items()) if held else usual(measure)
    ends = [end for end, _name in told]
    steps = [
        Step(label, ends[number - 1] if number else None, end if number < len(told) - 1 else None, measure)
        for number, (end, label) in enumerate(told)
    ]
    return Scale(steps, bool(held))


def usual(measure: Measure) -> list[tuple[Decimal, str]]:
    return [(Decimal(end), str(label)) for end, label in zip(measure.usual, NAMES, strict=True)]


def amount(measure: Measure, value: Decimal | None, *, with_unit: bool = True) -> str:
    """A limit in few characters: £250k, £5m, 20 %, 10 wd."""
    if value is None:
        return ""
    if measure.unit != "£":
        return f"{words.text(value)}{' ' + measure.unit if with_unit else ''}"
    for size, letter in ((Decimal(1_000_000), "m"), (Decimal(1_000), "k")):
        if value >= size:
            return f"£{words.text(value / size)}{letter}"
    return f"£{words.text(value)}"
