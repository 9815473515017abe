"""Numbers and dates as people write them in tables: British and continental figures, currency signs, percentages, day before month."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]+")
CURRENCY = re.compile(r"^(?:£|€|\$|GBP|EUR|USD)|(?:£|€|\$|GBP|EUR|USD)$", re.IGNORECASE)
SCALES = {"k": 3, "m": 6, "mn": 6, "bn": 9}
SCALED = re.compile(r"^(.*\d)(k|mn|m|bn)$", re.IGNORECASE)
CONTINENTAL = re.compile(r"^[−-]?\d{1,3}(?:\.\d{3})+,\d+$|^[−-]?\d+,(?:\d{1,2}|\d{4,})$")
BRITISH = re.compile(r"^[−-]?\d{1,3}(?:,\d{3})+\.\d+$|^[−-]?\d+\.(?:\d{1,2}|\d{4,})$")
MONTHS = {
    name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
NUMERIC = re.compile(r"^(\d{1,4})[./-](\d{1,2})[./-](\d{2}|\d{4})$")
WORDED = re.compile(r"^(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{2}|\d{4})$", re.IGNORECASE)
MONTH_FIRST = re.compile(r"^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$", re.IGNORECASE)
EXCEL_ZERO = date(1899, 12, 30)
SERIALS = range(1, 2_958_466)
"""Serial numbers of days that Excel knows, 1900 to 9999."""


def uses_decimal_comma(texts: Iterable[str]) -> bool:
    """Whether more of these texts can only be continental numbers than can only be British ones."""
    bare = [CURRENCY.sub("", SPACES.sub("", text)).removesuffix("%") for text in texts]
    return sum(bool(CONTINENTAL.match(text)) for text in bare) > sum(bool(BRITISH.match(text)) for text in bare)


def number_of(text: str, *, decimal_comma: bool = False) -> Decimal:
    """`£1,284.50`, `1.284,50`, `35 %`, `(1,200)`, `£2.4m`, `−3`; ValueError for anything else."""
    bare = SPACES.sub("", text).replace("−", "-").replace("–", "-")
    is_negative = bare.startswith("(") and bare.endswith(")")
    bare = bare[1:-1] if is_negative else bare
    if bare.startswith("-"):
        is_negative, bare = not is_negative, bare[1:]
    bare = CURRENCY.sub("", bare).removesuffix("%")
    scale = 0
    if match := SCALED.match(bare):
        bare, scale = match.group(1), SCALES[match.group(2).lower()]
    if not re.fullmatch(r"[\d.,]*\d[\d.,]*", bare) and not re.fullmatch(r"\d+(?:\.\d+)?[eE][+-]?\d{1,2}", bare):
        raise ValueError(text)
    try:
        value = Decimal(with_point(bare, decimal_comma=decimal_comma)).scaleb(scale)
    except InvalidOperation:
        raise ValueError(text) from None
    return -value if is_negative else value


def with_point(text: str, *, decimal_comma: bool) -> str:
    """Digits with a decimal point only: which of point and comma parts thousands is told by where they stand."""
    point, comma = text.rfind("."), text.rfind(",")
    if point >= 0 and comma >= 0:
        decimal, group = (",", ".") if comma > point else (".", ",")
    elif comma >= 0:
        is_grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+", text) and not (decimal_comma and text.count(",") == 1)
        decimal, group = (".", ",") if is_grouped else (",", ".")
    else:
        is_grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text) and (decimal_comma or text.count(".") > 1)
        decimal, group = (",", ".") if is_grouped else (".", ",")
    whole, _mark, part = text.replace(group, "").partition(decimal)
    return f"{whole or '0'}.{part}" if part else whole


def date_of(value: str | int | float) -> date:
    """A date as ISO, day before month, in words, or as Excel's number of the day; ValueError for anything else."""
    if isinstance(value, int | float):
        if int(value) not in SERIALS:
            raise ValueError(value)
        return EXCEL_ZERO + timedelta(days=int(value))
    text = " ".join(value.split())
    if match := NUMERIC.match(text):
        first, middle, last = match.groups()
        return date(int(first), int(middle), int(last)) if len(first) == 4 else date(year_of(last), int(middle), int(first))
    if match := WORDED.match(text):
        return date(year_of(match.group(3)), month_of(match.group(2)), int(match.group(1)))
    if match := MONTH_FIRST.match(text):
        return date(int(match.group(3)), month_of(match.group(1)), int(match.group(2)))
    head, _space, clock = text.partition(" ")
    if clock and NUMERIC.match(head) and re.fullmatch(r"[\d:.]{4,15}", clock):
        return date_of(head)
    if text.isdigit() and len(text) == 5:
        return date_of(int(text))
    return datetime.fromisoformat(text).date()


def year_of(text: str) -> int:
    """Two digits mean this century up to 68, as POSIX and Excel's kin have it."""
    year = int(text)
    return year if len(text) > 2 else 2000 + year if year < 69 else 1900 + year


def month_of(text: str) -> int:
    try:
        return MONTHS[text[:3].lower()]
    except KeyError:
        raise ValueError(text) from None
