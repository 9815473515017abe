"""How the house writes dates, times, money, percentages and names. Pure text; no page, no database."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from zoneinfo import ZoneInfo

NO_BREAK = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Number = int | float | Decimal


def local(moment: datetime, zone: str) -> datetime:
    """The moment on the clocks of `zone`; a moment without a zone is taken as already local."""
    return moment if moment.tzinfo is None else moment.astimezone(ZoneInfo(zone))


def day(value: date, *, year: bool = True, weekday: bool = False) -> str:
    """`10 Nov 2026`, never broken at a line's end."""
    words = [WEEKDAYS[value.weekday()]] if weekday else []
    words += [str(value.day), MONTHS[value.month - 1]]
    if year:
        words.append(str(value.year))
    return NO_BREAK.join(words)


def clock(value: datetime) -> str:
    """`08:42`."""
    return f"{value.hour:02d}:{value.minute:02d}"


def moment(value: datetime) -> str:
    """`10 Nov 2026, 08:42`."""
    return f"{day(value)}, {clock(value)}"


def span(first: date, last: date) -> str:
    """`11 – 14 Jan 2027`: what two dates share is written once."""
    dash = f"{NO_BREAK}{DASH}{NO_BREAK}"
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{dash}{day(last)}"
    return f"{day(first, year=first.year != last.year)}{dash}{day(last)}"


def number(value: Number, places: int = 0) -> str:
    """`1,284` or `−6.5`: thousands apart, a true minus, half away from zero."""
    try:
        exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return str(value)
    sign = MINUS if exact < 0 else ""
    return f"{sign}{abs(exact):,.{places}f}"


def signed(value: Number, places: int = 0) -> str:
    """`+3` or `−3`, for differences in a column; zero has no sign."""
    text = number(value, places)
    return f"+{text}" if value > 0 and any(digit in text for digit in "123456789") else text


def money(value: Number, places: int = 1, currency: str = "£", scale: str = "m") -> str:
    """An amount in pounds as `£2.4m`; the sign stands before the currency."""
    divisor = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}[scale]
    text = number(Decimal(str(value)) / divisor, places)
    return f"{MINUS}{currency}{text.removeprefix(MINUS)}{scale}" if text.startswith(MINUS) else f"{currency}{text}{scale}"


def percent(share: Number, places: int = 0) -> str:
    """A share of one as `35 %`."""
    return f"{number(Decimal(str(share)) * 100, places)}{NO_BREAK}%"


def days(value: Number | timedelta, unit: str = "d") -> str:
    """`−6 d`; working days have the unit `wd`."""
    count = value.total_seconds() / 86_400 if isinstance(value, timedelta) else value
    return f"{number(count)}{NO_BREAK}{unit}"


def size(count: int) -> str:
    """The size of a file as a person reads it: `1.4 MB`."""
    amount = Decimal(count)
    for unit in ("B", "kB", "MB"):
        if amount < 1000:
            return f"{number(amount, 0 if unit == 'B' or amount >= 10 else 1)}{NO_BREAK}{unit}"
        amount /= 1000
    return f"{number(amount, 1)}{NO_BREAK}GB"


def initials(name: str) -> str:
    """The first letters of the first and the last name."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words if len(words) < 2 else [words[0], words[-1]])).upper()


def ago(then: date, today: date) -> str:
    """`39 days old`, for provenance that has aged."""
    age = (today - then).days
    return "today" if age == 0 else f"{age}{NO_BREAK}{'day' if age == 1 else 'days'} old"
