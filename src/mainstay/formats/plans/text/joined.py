"""How links and resources stand in one cell: `12FS+16h; 14SS-50%; 15FF+24eh`, and a line for each resource, `Crew A 50%`."""

import re
from collections.abc import Iterable

from mainstay.formats.plans.text.columns import MINUTES, hours
from mainstay.formats.schedule import Link
from mainstay.formats.terms import LinkType, TimeUnit

LINK = re.compile(r"(\d+)\s*(FS|SS|FF|SF)?\s*(?:([+-]\s*\d+(?:\.\d+)?)\s*(e?)(h|%))?", re.IGNORECASE)
RESOURCE = re.compile(r"(?P<name>.*?)(?:\s+(?P<units>\d+(?:\.\d+)?)\s*%)?")
WHOLE = 100.0
UNITS = {("", "h"): TimeUnit.HOURS, ("e", "h"): TimeUnit.ELAPSED_HOURS, ("", "%"): TimeUnit.PERCENT, ("e", "%"): TimeUnit.ELAPSED_PERCENT}


def link_text(link: Link) -> str:
    elapsed = "e" if link.lag_is_elapsed else ""
    if link.lag_percent is not None:
        return f"{link.predecessor_uid}{link.type}{link.lag_percent:+g}{elapsed}%"
    if not link.lag_minutes:
        return f"{link.predecessor_uid}{link.type}"
    return f"{link.predecessor_uid}{link.type}{hours(link.lag_minutes):+.8g}{elapsed}h"


def link_of(text: str, successor: int, lengths: dict[int, float]) -> Link:
    """What `link_text` writes; a percentage is of the predecessor's duration. Raises ValueError."""
    found = LINK.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    before, kind, lag, elapsed, unit = int(found[1]), LinkType((found[2] or "FS").upper()), found[3], (found[4] or "").lower(), found[5]
    if not lag:
        return Link(before, successor, kind)
    size = float(lag.replace(" ", ""))
    if unit == "%":
        return Link(before, successor, kind, lengths.get(before, 0.0) * size / 100, UNITS[elapsed, "%"], size)
    return Link(before, successor, kind, round(size * MINUTES, 6), UNITS[elapsed, "h"])


def resource_text(name: str, units: float | None) -> str:
    return f"{name} {WHOLE if units is None else units:g}%"


def resources_of(text: str) -> Iterable[tuple[str, float]]:
    """Each name with its units in per cent; nothing said is 100."""
    for line in text.splitlines():
        found = RESOURCE.fullmatch(line.strip())
        if found and found["name"]:
            yield found["name"].strip(), float(found["units"] or WHOLE)
