"""How values stand in Microsoft Project's XML: moments, times of day, durations, money."""

from datetime import datetime, time
from decimal import Decimal
from xml.etree import ElementTree as ET  # only written here, never read


def write(parent: ET.Element, **values: object) -> None:
    """One element for each value that is given, in this order."""
    for name, value in values.items():
        if value is None or value == "":
            continue
        ET.SubElement(parent, name).text = text_of(value)


def text_of(value: object) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(value)


def clock(minute: int | None) -> str:
    return "" if minute is None else time(minute // 60 % 24, minute % 60).isoformat()


def duration(minutes: float | None) -> str:
    if minutes is None:
        return ""
    hours, rest = divmod(round(minutes * 60), 3600)
    return f"PT{hours}H{rest // 60}M{rest % 60}S"


def pence(amount: Decimal | None) -> str:
    """Money stands in hundredths in this format."""
    return "" if amount is None else f"{amount * 100:.0f}"
