"""Whether a business area is stable: each measure with its readings since the cut-over, and how many in a row it has held."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mainstay.transition.criterion.model import Weight
from mainstay.transition.measure.model import Measure
from mainstay.transition.reading.model import Reading


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure and its readings, the oldest first."""

    measure: Any
    readings: Sequence[Any]

    @property
    def in_a_row(self) -> int:
        """How many of the latest readings are tolerable, back to the last one that is not."""
        count = 0
        for reading in reversed(self.readings):
            if not self.measure.is_tolerable(reading.value):
                break
            count += 1
        return count

    @property
    def is_held(self) -> bool:
        return bool(self.in_a_row >= self.measure.readings_needed)

    @property
    def latest(self) -> Any:
        return self.readings[-1] if self.readings else None


def standings(plan: Any) -> list[Standing]:
    """All measures of a plan; readings before the cut-over tell of the old way of working and do not count."""
    measures = list(Measure.objects.filter(plan=plan.pk, is_withdrawn=False).select_related("owner").order_by("pk"))
    rows = Reading.objects.filter(measure__in=measures, is_withdrawn=False).order_by("read_on", "pk")
    found: dict[int, list[Any]] = {}
    for row in rows if plan.cut_over_on is None else rows.filter(read_on__gte=plan.cut_over_on):
        found.setdefault(row.measure_id, []).append(row)
    return [Standing(measure, found.get(measure.pk, [])) for measure in measures]


def not_held(plan: Any) -> list[str]:
    """What each must still lacks; one sentence where nothing is measured at all."""
    musts = [one for one in standings(plan) if one.measure.weight == Weight.MUST]
    if not musts:
        return [_("no stability measure is a must")]
    return [
        _("%(measure)s held %(n)d of %(needed)d readings")
        % {"measure": one.measure, "n": one.in_a_row, "needed": one.measure.readings_needed}
        for one in musts
        if not one.is_held
    ]
