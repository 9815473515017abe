"""What the content of each kind of standard must look like; a sentence for each fault."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from mainstay.engine.bank_holidays import Division


def faults(kind: str, value: Any) -> Iterator[str]:
    """What is wrong with `value` as the content of a standard of this kind."""
    yield from CHECKS[kind](value)


def scale(value: Any) -> Iterator[str]:
    steps = value.get("steps") if isinstance(value, dict) else None
    if not isinstance(steps, list) or not steps or not all(is_step(step) for step in steps):
        yield _('A scale is written {"steps": [{"name": "Low", "to": 20}, …]}: each step with its name and the value it reaches to.')
    elif any(lower["to"] >= higher["to"] for lower, higher in pairwise(steps)):
        yield _("The steps of a scale rise: each reaches further than the one before.")


def threshold(value: Any) -> Iterator[str]:
    if not isinstance(value, dict) or not value or not all(is_number(limit) for limit in value.values()):
        yield _('Thresholds are written {"amber_slip_days": 10, …}: names with numbers.')


def calendar(value: Any) -> Iterator[str]:
    shape = _('A calendar is written {"division": "northern-ireland", "closed": ["2026-12-24"], "open": []}.')
    if not isinstance(value, dict) or not value or set(value) - {"division", "closed", "open"}:
        yield shape
        return
    if value.get("division") not in (None, *Division):
        yield _("The division is %(names)s.") % {"names": _(" or ").join(Division)}
    for name in ("closed", "open"):
        days = value.get(name, [])
        if not isinstance(days, list):
            yield shape
            continue
        for day in days:
            if not is_day(day):
                yield _("%(day)s is no date. Write it as 2026-12-24.") % {"day": str(day)[:40]}


def categories(value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not value or not all(isinstance(name, str) and name.strip() for name in value):
        yield _('Categories are written ["Commercial", "Technical", …].')


def is_step(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("name")) and is_number(value.get("to"))


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_day(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


CHECKS = {"scale": scale, "threshold": threshold, "calendar": calendar, "categories": categories}
