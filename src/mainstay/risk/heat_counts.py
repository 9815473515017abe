"""The counts and sums of a heat map of thousands of risks, made by the database: what `heat_map` works out of risks at hand."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, FloatField, IntegerField, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf

from mainstay.risk.heat_map import Map, Sums, Totals, View, empty
from mainstay.risk.models import Risk
from mainstay.risk.risk.model import Nature
from mainstay.risk.scales import Scale, Step

POINTS = ("cost_low", "cost_likely", "cost_high")


def placed(rows: QuerySet[Risk], view: View, probability: Scale, impact: Scale) -> QuerySet[Any]:
    """The risks with the row and the column of their cell; none where there is no probability or no likely impact."""
    chance: Any = Coalesce("probability_after", "probability") if view.after else F("probability")
    likely: Any = Coalesce(f"{view.impact}_after", f"{view.impact}_likely") if view.after else F(f"{view.impact}_likely")
    held = rows.alias(map_chance=chance, map_likely=likely)
    return held.annotate(map_row=step_of("map_chance", probability.steps), map_column=step_of("map_likely", impact.steps))


def step_of(name: str, steps: Sequence[Step]) -> Case:
    """The number of the step that holds the value of a column; the last step takes whatever lies beyond it."""
    ends = [When(**{f"{name}__lte": step.to}, then=Value(number)) for number, step in enumerate(steps) if step.to is not None]
    return Case(
        When(**{f"{name}__isnull": True}, then=Value(None)), *ends, default=Value(len(steps) - 1), output_field=IntegerField(null=True)
    )


def counted(rows: QuerySet[Risk], view: View, probability: Scale, impact: Scale) -> tuple[Map, Totals]:
    """The map with its counts, and the sums of all risks; one query, whatever lies below. The sums are not rounded risk by risk."""
    laid, totals = empty(probability, impact), Totals()
    cells = {(cell.nature, cell.row, cell.column): cell for cell in laid.cells}
    groups = placed(rows, view, probability, impact).alias(mean=mean()).alias(before=before(), after=after())
    told = groups.order_by().values_list("nature", "map_row", "map_column")
    for nature, row, column, count, *sums, priced, spent in told.annotate(
        Count("pk"), Sum("before"), Sum("after"), Count("before"), Sum("response_cost")
    ):
        totals.count += count
        totals.spent += spent or 0
        totals.before.priced += priced
        for part, value in zip((totals.before, totals.after), sums, strict=True):
            add(part, nature, Decimal(value or 0))
        if (cell := cells.get((nature, row, column))) is not None:
            cell.counted = count
    return laid, totals


def add(sums: Sums, nature: str, value: Decimal) -> None:
    if nature == Nature.OPPORTUNITY:
        sums.opportunities -= value
    else:
        sums.threats += value


def mean() -> Any:
    """The mean of the cost's points that are there."""
    points: Any = sum((Coalesce(F(name), Decimal(0)) for name in POINTS[1:]), Coalesce(F(POINTS[0]), Decimal(0)))
    held: Any = sum((is_there(name) for name in POINTS[1:]), is_there(POINTS[0]))
    # SQLite keeps whole pounds as integers, and would divide them as such.
    return Cast(points, FloatField()) / NullIf(held, Value(0.0), output_field=FloatField())


def is_there(name: str) -> Case:
    return Case(When(**{f"{name}__isnull": False}, then=Value(1.0)), default=Value(0.0), output_field=FloatField())


def before() -> Any:
    """Probability times mean cost."""
    return F("mean") * Cast("probability", FloatField()) / Value(100.0)


def after() -> Any:
    """The same after the response: what it leaves empty stays, and low and high follow the likely cost in proportion."""
    chance = Cast(Coalesce("probability_after", "probability"), FloatField())
    changed, likely = Cast("cost_after", FloatField()), Cast("cost_likely", FloatField())
    cost = Case(
        When(cost_after__isnull=True, then=F("mean")),
        When(cost_likely__gt=0, then=F("mean") * changed / likely),
        default=changed,
        output_field=FloatField(),
    )
    return cost * chance / Value(100.0)
