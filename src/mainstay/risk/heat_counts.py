"""The counts and sums of a heat map of thousands of risks, made by the database: what `heat_map` works out of risks at hand."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, ExpressionWrapper, F, FloatField, IntegerField, Q, QuerySet, Sum, Value, When
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
    """The map with its counts, and the sums of all risks; two queries, whatever lies below. The sums are not rounded risk by risk.

    Cells are counted apart from the sums: a database sorts what it groups, and sorts one whole number far faster than all that is summed.
    """
    laid = empty(probability, impact)
    told = placed(rows, view, probability, impact).order_by().annotate(map_cell=numbered(impact)).values_list("map_cell")
    counts = dict(told.annotate(Count("pk")))
    for cell in laid.cells:
        cell.counted = counts.get(number_of(cell.nature, cell.row, cell.column, impact), 0)
    return laid, summed(rows)


def summed(rows: QuerySet[Risk]) -> Totals:
    """What adds up over the risks, without grouping them."""
    threat, opportunity = (Q(nature=nature) for nature in (Nature.THREAT, Nature.OPPORTUNITY))
    told = rows.order_by().annotate(mean=mean()).annotate(before=before(), after=after())
    found = told.aggregate(
        count=Count("pk"),
        spent=Sum("response_cost"),
        priced=Count("pk", filter=Q(probability__isnull=False) & any_of_points()),
        threats=Sum("before", filter=threat),
        threats_after=Sum("after", filter=threat),
        opportunities=Sum("before", filter=opportunity),
        opportunities_after=Sum("after", filter=opportunity),
    )
    worth = {name: Decimal(value or 0) for name, value in found.items()}
    return Totals(
        Sums(worth["threats"], -worth["opportunities"], found["priced"]),
        Sums(worth["threats_after"], -worth["opportunities_after"]),
        found["spent"] or Decimal(0),
        found["count"],
    )


def any_of_points() -> Q:
    """Some point of the cost is there, so that it has a mean."""
    return Q(cost_low__isnull=False) | Q(cost_likely__isnull=False) | Q(cost_high__isnull=False)


def numbered(impact: Scale) -> Any:
    """The cell as one number, as `number_of` makes it: a database sorts the rows by one whole number faster than by three values."""
    width = len(impact.steps) + 1
    column: Any = Coalesce(F("map_column") + 1, Value(0))
    place = Value(1) + column + Coalesce(F("map_row") + 1, Value(0)) * Value(width)
    sign = Case(When(nature=Nature.OPPORTUNITY, then=Value(-1)), default=Value(1))
    return ExpressionWrapper(sign * place, output_field=IntegerField())


def number_of(nature: str, row: int, column: int, impact: Scale) -> int:
    """Rows and columns from 1, 0 where there is none; negative for an opportunity."""
    place = 1 + (column + 1) + (row + 1) * (len(impact.steps) + 1)
    return -place if nature == Nature.OPPORTUNITY else place


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
