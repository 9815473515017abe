"""Values as the house writes them, for texts that are put together before a template sees them: dates, amounts, yes and no."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

NOTHING = "–"


def local(at: datetime) -> datetime:
    """The moment on the clocks of the office."""
    return at.astimezone(ZoneInfo(settings.LOCAL_TIME_ZONE))


def day(value: date) -> str:
    """`10 Nov 2026`."""
    return f"{value.day} {value:%b %Y}"


def moment(at: datetime) -> str:
    """`10 Nov 2026, 08:42`."""
    here = local(at)
    return f"{day(here.date())}, {here:%H:%M}"


def number(value: Decimal | int | float) -> str:
    """`1,284`, `−3.2`; decimals only where there are any."""
    exact = Decimal(str(value))
    whole = exact == exact.to_integral_value()
    text = f"{abs(exact):,.0f}" if whole else f"{abs(exact):,.2f}".rstrip("0").rstrip(".")
    return f"−{text}" if exact < 0 else text


def text(value: Any) -> str:
    """Any plain value as one line of text; nothing is written as nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal | int | float):
        return number(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
