"""The geometry of the components that are small drawings: parameters in, parameters with places on the canvas out."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea

from mainstay.render import typography

Values = Mapping[str, Any]

CONFIDENCE = {1: ("Red", "r"), 2: ("Amber/Red", "a"), 3: ("Amber", "a"), 4: ("Amber/Green", "g"), 5: ("Green", "g")}
WORDS = {
    "green": "Green",
    "amber-green": "Amber/Green",
    "amber": "Amber",
    "amber-red": "Amber/Red",
    "red": "Red",
    "complete": "Complete",
    "not-started": "Not started",
    "none": "Not reported",
}
"""The steps of all rating scales in the order of each; one page never adds up two scales."""
HUES = {"green": "g", "amber-green": "a", "amber": "a", "amber-red": "a", "red": "r"}
BREAK = "break"
"""In a strip: from here on the ratings stand on another scale."""
WHISKER_WIDTH = 200
STRIP_STEP = 11
MIX_WIDTH = 160


def status(values: Values) -> dict[str, Any]:
    shape = str(values["value"] or "none")
    shape = shape if shape in WORDS else "none"
    return {**values, "shape": shape, "word": values["word"] or WORDS[shape]}


def delivery_confidence(values: Values) -> dict[str, Any]:
    level = values["level"]
    word, hue = CONFIDENCE.get(level, ("Not rated", ""))
    steps = [{"x": 1 + 7 * k, "y": 9 - 2 * k, "height": 4 + 2 * k, "is_on": bool(level) and k < level} for k in range(5)]
    return {**values, "word": values["word"] or word, "hue": hue, "steps": steps}


def delta(values: Values) -> dict[str, Any]:
    spoken = {"better": "better", "worse": "worse", "same": "no change"}[values["sense"]]
    arrow = "" if values["sense"] == "same" else {"up": "▲", "down": "▼"}[values["direction"]]
    return {**values, "arrow": arrow, "spoken": spoken}


def whisker(values: Values) -> dict[str, Any]:
    start, end = values["start"], values["end"]
    breadth = max((end - start).days, 1)

    def place(when: date | None) -> float | None:
        return None if when is None else round(min(max((when - start).days / breadth, 0), 1) * WHISKER_WIDTH, 1)

    named = (("Baseline", values["baseline"]), ("P50", values["p50"]), ("P80", values["p80"]))
    spoken = ", ".join(f"{name} {typography.day(when)}" for name, when in named if when) or "No date"
    return {
        **values,
        "at": {"baseline": place(values["baseline"]), "p50": place(values["p50"]), "p80": place(values["p80"])},
        "spoken": spoken,
    }


def strip(values: Values) -> dict[str, Any]:
    told = [str(value or "none") for value in values["values"]]
    shapes = [value if value in WORDS or value == BREAK else "none" for value in told]
    marks = [{"shape": shape, "x": k * STRIP_STEP} for k, shape in enumerate(shapes)]
    spoken = ", ".join("the scale changes" if shape == BREAK else WORDS[shape].lower() for shape in shapes)
    count = sum(shape != BREAK for shape in shapes)
    return {**values, "marks": marks, "width": len(marks) * STRIP_STEP, "spoken": spoken, "count": count}


def mix(values: Values) -> dict[str, Any]:
    """Lengths in the order of the scale, a hair apart, so that they are told apart without their colours."""
    counts = {name: int(values["counts"].get(name, 0)) for name in WORDS}
    total, x, parts = max(sum(counts.values()), 1), 0.0, []
    for name, count in counts.items():
        if count:
            width = MIX_WIDTH * count / total
            parts.append({"hue": HUES.get(name, "n"), "x": round(x, 1), "width": round(max(width - 1.5, 0.5), 1)})
            x += width
    spoken = ", ".join(f"{count} {WORDS[name].lower()}" for name, count in counts.items() if count)
    return {**values, "parts": parts, "spoken": spoken or "none"}


def meter(values: Values) -> dict[str, Any]:
    top = max(float(values["value"]), float(values["limit"]), 1e-9)
    fill, limit = 96 * float(values["value"]) / top, 96 * float(values["limit"]) / top
    return {**values, "fill": round(fill, 1), "at_limit": round(limit, 1), "is_over": fill > limit}


def person(values: Values) -> dict[str, Any]:
    return {**values, "initials": typography.initials(values["name"] or "")}


def field(values: Values) -> dict[str, Any]:
    """A form's field with the classes and the spoken links to hint and error that its widget needs."""
    bound: BoundField = values["field"]
    widget = bound.field.widget
    is_group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    is_choice = isinstance(widget, CheckboxInput)
    attributes: dict[str, str | bool] = {}
    if is_choice:
        attributes["class"] = "ms-check"
    elif not is_group:
        shape = " ms-input--area" if isinstance(widget, Textarea) else " ms-input--select" if isinstance(widget, Select) else ""
        attributes["class"] = f"ms-input{shape} {widget.attrs.get('class', '')}".strip()
    # Django links the hint by aria-describedby itself, but only where the field prints it under this id.
    hint = values["hint"] or bound.help_text
    named = [f"{bound.auto_id}_helptext"] if hint else []
    if bound.errors:
        named.append(f"{bound.auto_id}_error")
        attributes["aria-invalid"] = "true"
    if named and not is_group:
        attributes["aria-describedby"] = " ".join(named)
    return {
        **values,
        "hint": hint,
        "input": bound.as_widget(attrs=attributes),
        "is_group": is_group,
        "is_choice": is_choice,
        "described_by": " ".join(named),
    }


def chart(values: Values) -> dict[str, Any]:
    return {**values, "data_id": f"{values['id']}-data"}


PREPARED: Mapping[str, Callable[[Values], dict[str, Any]]] = {
    "chart": chart,
    "dca": delivery_confidence,
    "delta": delta,
    "field": field,
    "meter": meter,
    "mix": mix,
    "person": person,
    "status": status,
    "strip": strip,
    "whisker": whisker,
}
