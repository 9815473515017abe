"""The picture of one stability measure over time, and the same numbers as a table."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.register import words
from mainstay.transition.stability import Standing


def chart_of(one: Standing) -> dict[str, Any]:
    """What the component `chart` takes."""
    measure = one.measure
    unit = f", {measure.unit}" if measure.unit else ""
    lines: list[dict[str, Any]] = [
        {"y": float(measure.tolerable), "label": _("Tolerable %(level)s") % {"level": words.number(measure.tolerable)}}
    ]
    if measure.target is not None:
        lines.append({"y": float(measure.target), "label": _("Target %(level)s") % {"level": words.number(measure.target)}})
    values = [float(row.value) for row in one.readings] + [line["y"] for line in lines]
    room = (max(values) - min(values)) * 0.1 or 1
    finding = _("%(measure)s: %(value)s%(unit)s on %(day)s; %(n)d of %(needed)d readings held in a row.") % {
        "measure": measure.title,
        "value": words.number(one.latest.value),
        "unit": unit.replace(",", ""),
        "day": words.day(one.latest.read_on),
        "n": min(one.in_a_row, measure.readings_needed),
        "needed": measure.readings_needed,
    }
    return {
        "id": f"stability-{measure.pk}",
        "kind": "lines",
        "finding": finding,
        "height": "short",
        "data": {
            "x": {"type": "time"},
            "y": {"name": f"{measure.title}{unit}", "min": round(min(values) - room, 2), "max": round(max(values) + room, 2)},
            "series": [{"name": measure.title, "points": [[row.read_on.isoformat(), float(row.value)] for row in one.readings]}],
            "lines": lines,
        },
        "table": {
            "heads": [_("Read on"), _("Value"), _("Tolerable"), _("Taken from")],
            "rows": [
                [words.day(row.read_on), words.number(row.value), words.text(measure.is_tolerable(row.value)), row.taken_from or "–"]
                for row in one.readings
            ],
        },
    }
