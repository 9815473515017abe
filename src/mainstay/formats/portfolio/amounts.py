"""Amounts and shares of cells: currency, unit and scale from the cell, else from its heading; a range has low, middle and high."""

import re
from decimal import Decimal, InvalidOperation

from mainstay.formats.portfolio.readings import Amount

MILLION = Decimal(1_000_000)
SCALES = {
    "k": Decimal(1000),
    "thousand": Decimal(1000),
    "000s": Decimal(1000),
    "m": MILLION,
    "mn": MILLION,
    "million": MILLION,
    "millions": MILLION,
    "bn": MILLION * 1000,
    "b": MILLION * 1000,
    "billion": MILLION * 1000,
}
NUMBER = (
    r"[-–−+]?\s*(?:A\$|US\$|[£$€])?\s*[-–−+]?\s*\(?\s*(?:A\$|US\$|[£$€])?\s*[-−]?\d[\d.,\s']*\)?\s*"
    r"(?:thousand|millions?|billion|mn|bn|[kmb])?(?![a-z\d])"
)
ONE = re.compile(rf"^({NUMBER})(?:\s*\([^()]*[a-z][^()]*\))?$", re.I)
RANGE = re.compile(rf"^(?:between\s+|from\s+)?({NUMBER})\s*(?:-|–|—|\bto\b|\band\b)\s*({NUMBER})$", re.I)
NAMED = re.compile(rf"\b(low|lower|mid|middle|central|high|upper)\b\s*[:=]?\s*({NUMBER})", re.I)
CURRENCY = re.compile(r"A\$|US\$|[£$€]")
UNIT_OF_HEADING = re.compile(r"(?:£|\$|€|\bGBP\b|\bUSD\b|\bEUR\b|\bAUD\b)\W{0,3}(000s|thousands?|k|millions?|mn?|billions?|bn)\b", re.I)
GROUPED_BY_POINT = re.compile(r"^\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
DECIMAL_COMMA = re.compile(r"^\d+,\d{1,2}$")
SHARE = re.compile(r"^\(?\s*[-–−+]?\s*\d[\d,]*(?:\.\d+)?\s*%?\s*\)?$")


def scale_in(heading: str) -> Decimal | None:
    """The unit that a heading names: `(£million)` and `£ m` are a million; None where it names none."""
    found = UNIT_OF_HEADING.search(heading)
    return SCALES[found.group(1).lower().removesuffix("s") if found.group(1).lower() != "000s" else "000s"] if found else None


def currency_in(text: str) -> str:
    found = CURRENCY.search(text)
    return found.group() if found else ""


def number(text: str, scale: Decimal) -> Decimal | None:
    """`£1,139.18`, `(3.5)`, `-£2bn`, `1.234,5`; the cell's own unit goes before `scale`."""
    small = CURRENCY.sub("", text).replace("−", "-").replace("–", "-").lower().strip()
    is_negative = small.startswith(("-", "(")) or "(" in small
    unit = re.search(r"[a-z]+$", small)
    digits = re.sub(r"[^\d.,]", "", small).strip(",")
    if GROUPED_BY_POINT.match(digits) and digits.count(".") + digits.count(",") > 1:
        digits = digits.replace(".", "").replace(",", ".")
    elif DECIMAL_COMMA.match(digits):
        digits = digits.replace(",", ".")
    try:
        found = Decimal(digits.replace(",", "").rstrip(".")) * (SCALES.get(unit.group(), scale) if unit else scale)
    except InvalidOperation:
        return None
    return -found if is_negative else found


def amount(value: str | float, scale: Decimal, currency: str = "") -> Amount | None:
    """The amount or range of a cell, or None where it is neither."""
    if not isinstance(value, str):
        return Amount(Decimal(str(value)) * scale, currency=currency)
    text = " ".join(value.split())
    currency = currency_in(text) or currency
    if one := ONE.match(text):
        found = number(one.group(1), scale)
        return None if found is None else Amount(found, currency=currency)
    if named := named_range(text, scale):
        return Amount(*named, currency=currency)
    if both := RANGE.match(text):
        return between(both.group(1), both.group(2), scale, currency)
    return None


def between(low_text: str, high_text: str, scale: Decimal, currency: str) -> Amount | None:
    """Two ends; a unit that only the second one names holds for both."""
    unit = re.search(r"[a-z]+\s*$", high_text.lower())
    scale = SCALES.get(unit.group().strip(), scale) if unit else scale
    low, high = number(low_text, scale), number(high_text, scale)
    if low is None or high is None or low > high:
        return None
    return Amount((low + high) / 2, low, high, currency)


def named_range(text: str, scale: Decimal) -> tuple[Decimal, Decimal, Decimal] | None:
    """`Low: 2,750.00, Mid: 2,820.00, High: 3,100.00` as middle, low, high; without a middle the mean of the ends."""
    found = {name.lower()[0]: number(part.strip().rstrip(","), scale) for name, part in NAMED.findall(text)}
    low, high = found.get("l"), found.get("h", found.get("u"))
    middle = found.get("m", found.get("c"))
    if low is None or high is None:
        return None
    return (middle if middle is not None else (low + high) / 2, low, high)


def share(value: str | float) -> Decimal | None:
    """`-6.00%` is -0.06; a number without the sign is taken as it stands where it is a number of the sheet."""
    if not isinstance(value, str):
        return Decimal(str(value))
    if not SHARE.match(value.strip()):
        return None
    found = number(value.replace("%", ""), Decimal(1))
    return found if found is None else found / 100 if "%" in value else found
