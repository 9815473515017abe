"""Risks laid out by probability and impact: two grids of counts that mirror each other. A view of quantities; sums come from these."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import QuerySet

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.register import asat
from mainstay.register.access import below, visible_to
from mainstay.register.asat import Moment
from mainstay.risk.models import Risk
from mainstay.risk.risk.model import Nature
from mainstay.risk.risk.register import RiskRegister
from mainstay.risk.scales import Scale, Step

MAPPED = (
    *("ref", "title", "initiative", "owner", "nature", "probability", "probability_after", "response_cost"),
    *("cost_low", "cost_likely", "cost_high", "cost_after", "days_low", "days_likely", "days_high", "days_after"),
)
"""What a map needs of each of many risks."""
HEATS = 4
"""How many tints there are; they repeat what the place of a cell says already."""


@dataclass(frozen=True, slots=True)
class View:
    """What a map shows: impacts in pounds or in days, before or after the responses."""

    impact: str
    """`cost` or `days`."""
    after: bool

    def probability(self, risk: Risk) -> Decimal | None:
        value: Decimal | None = risk.probability_after if self.after and risk.probability_after is not None else risk.probability
        return value

    def likely(self, risk: Risk) -> Decimal | None:
        """The likely impact if it occurs."""
        changed: Decimal | None = getattr(risk, f"{self.impact}_after") if self.after else None
        value: Decimal | None = getattr(risk, f"{self.impact}_likely")
        return value if changed is None else changed


@dataclass(slots=True)
class Cell:
    """The risks of one nature, one step of probability and one of impact."""

    nature: str
    row: int
    column: int
    probability: Step
    impact: Step
    heat: int
    risks: list[Risk] = field(default_factory=list)
    counted: int = 0
    """How many there are, where the database has counted them and `risks` are not at hand."""
    url: str = ""

    @property
    def count(self) -> int:
        return self.counted or len(self.risks)

    @property
    def nature_label(self) -> str:
        return str(Nature(self.nature).label)

    @property
    def key(self) -> str:
        return f"{self.nature}-{self.row}-{self.column}"


@dataclass(frozen=True, slots=True)
class Grid:
    """One nature's cells, the likeliest on top; impacts as they stand from left to right."""

    nature: str
    impacts: Sequence[Step]
    lines: Sequence[tuple[Step, Sequence[Cell]]]

    @property
    def cells(self) -> Iterable[Cell]:
        return (cell for _step, cells in self.lines for cell in cells)

    @property
    def count(self) -> int:
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Map:
    """Threats and opportunities, and the risks that cannot be placed."""

    threats: Grid
    opportunities: Grid
    unplaced: Sequence[Risk]

    @property
    def cells(self) -> list[Cell]:
        return [*self.threats.cells, *self.opportunities.cells]


def open_now(place: Initiative, account: Account | None) -> QuerySet[Risk]:
    """The open risks of today at the initiative and below that the reader may see."""
    return visible_to(account, RiskRegister).filter(below("initiative__path", [place.path], Risk), is_withdrawn=False, state="open")


def open_risks(place: Initiative, account: Account | None, moment: Moment | None) -> list[Risk]:
    """The open risks at the initiative and below that the reader may see; of a moment of the past, those that were open then."""
    if moment is None:
        return list(open_now(place, account).only(*MAPPED).order_by("pk"))
    rows = list(visible_to(account, RiskRegister).filter(below("initiative__path", [place.path], Risk)).order_by("pk"))
    rows = asat.roll_back(RiskRegister, rows, asat.past_values(RiskRegister, moment.sequence, [row.pk for row in rows]))
    return [row for row in rows if not row.is_withdrawn and row.state == "open"]


def lay_out(risks: Iterable[Risk], view: View, probability: Scale, impact: Scale) -> Map:
    """Each risk in its cell. What has no probability or no likely impact is told, never guessed."""
    laid = empty(probability, impact)
    held = {(cell.nature, cell.row, cell.column): cell for cell in laid.cells}
    unplaced = []
    for risk in risks:
        chance, likely = view.probability(risk), view.likely(risk)
        if chance is None or likely is None:
            unplaced.append(risk)
        else:
            held[str(risk.nature), probability.place(chance), impact.place(likely)].risks.append(risk)
    return replace(laid, unplaced=unplaced)


def empty(probability: Scale, impact: Scale) -> Map:
    return Map(grid(Nature.THREAT, probability, impact), grid(Nature.OPPORTUNITY, probability, impact), ())


def grid(nature: Nature, probability: Scale, impact: Scale) -> Grid:
    """An empty grid: the worst threats stand at its right, the best opportunities at its left, so that they meet in the middle."""
    columns = list(enumerate(impact.steps))
    if nature == Nature.OPPORTUNITY:
        columns.reverse()
    most = (len(probability.steps) + len(impact.steps)) - 1
    lines = [
        (step, [Cell(nature.value, row, column, step, there, heat(row + column + 1, most)) for column, there in columns])
        for row, step in reversed(list(enumerate(probability.steps)))
    ]
    return Grid(nature.value, [step for _number, step in columns], lines)


def heat(steps: int, most: int) -> int:
    return max(1, -(-steps * HEATS // most))


@dataclass(slots=True)
class Sums:
    """Expected cost, in pounds: threats positive, opportunities negative."""

    threats: Decimal = Decimal(0)
    opportunities: Decimal = Decimal(0)
    priced: int = 0

    @property
    def net(self) -> Decimal:
        return self.threats + self.opportunities


@dataclass(slots=True)
class Totals:
    """What adds up over all risks of a map, before the responses and after them."""

    before: Sums = field(default_factory=Sums)
    after: Sums = field(default_factory=Sums)
    spent: Decimal = Decimal(0)
    count: int = 0


def totals(risks: Sequence[Risk]) -> Totals:
    spent = sum((risk.response_cost for risk in risks if risk.response_cost), Decimal(0))
    return Totals(sums(risks, after=False), sums(risks, after=True), spent, len(risks))


def sums(risks: Iterable[Risk], *, after: bool) -> Sums:
    """The sum of probability times mean cost. It adds up; positions on a map do not."""
    made = Sums()
    for risk in risks:
        expected = risk.expected_cost_after if after else risk.expected_cost
        if expected is None:
            continue
        made.priced += 1
        if risk.nature == Nature.OPPORTUNITY:
            made.opportunities += expected
        else:
            made.threats += expected
    return made
