"""What stands in an answer cell as the text of an answer: dates as serial numbers or words, amounts with signs, labels of a list."""

from datetime import date, datetime, time
from decimal import Decimal

from django.utils.translation import gettext as _

from mainstay.formats.spreadsheet import Value
from mainstay.formats.spreadsheet.texts import date_of
from mainstay.register import words
from mainstay.reporting.cycle import filling
from mainstay.reporting.cycle.content import Question
from mainstay.reporting.cycle.workbook.boxes import NUMERIC, Box, plain
from mainstay.reporting.cycle.workbook.returned import Given

EARLIEST = 1950
SERIALS = range(18_264, 109_575)
"""Days of 1950 to 2199 as Excel numbers them; a small number in the cell of a day is a mistake, and Excel shows it as one of 1900."""
MOST_QUOTED = 40


class NotUsable(Exception):
    """What stands in the cell is no answer; the message says what to do."""


def text_of(box: Box, given: Given) -> str:
    """The answer as it is kept; "" for an empty cell. Raises NotUsable."""
    refuse_odd(box, given)
    value = given.value
    if value is None:
        return ""
    if box.kind in NUMERIC:
        return number(box, value)
    if box.kind == "date":
        return day(box, value)
    return chosen(box, value) if box.choices else plain(shown(value))


def refuse_odd(box: Box, given: Given) -> None:
    if given.odd == "merged":
        raise NotUsable(_("%(label)s is merged with another cell. Unmerge the cells and give each its answer.") % {"label": box.label})
    if given.odd == "formula":
        raise NotUsable(
            _("%(label)s is a formula without a result. Open the workbook in Excel and save it, or type the value itself.")
            % {"label": box.label}
        )
    if given.odd:
        raise NotUsable(
            _("%(label)s shows the error %(error)s. Type the value itself in place of the formula.")
            % {"label": box.label, "error": given.odd}
        )


def number(box: Box, value: Value) -> str:
    if isinstance(value, bool | date | time):
        told = _("%(label)s is %(value)s, which is no number. Enter a number, and format the cell as a number.")
        raise NotUsable(told % {"label": box.label, "value": quoted(value)})
    if isinstance(value, int | float):
        return figure(value)
    try:
        return filling.amount(Question(name="cell", kind="money" if box.kind == "money" else "number", title=box.label), str(value))
    except ValueError as fault:
        raise NotUsable(str(fault)) from None


def figure(value: float) -> str:
    """The number with the fifteen digits that Excel itself shows: 0.1 + 0.2 is 0.3."""
    text = f"{value:.15g}"
    return format(Decimal(text).normalize(), "f") if "e" in text or "." in text else text


def day(box: Box, value: Value) -> str:
    try:
        if isinstance(value, bool | time) or (isinstance(value, int | float) and int(value) not in SERIALS):
            raise ValueError
        found = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else date_of(value or "")
        if found.year < EARLIEST:
            raise ValueError
        return found.isoformat()
    except (ValueError, OverflowError):
        told = _("%(label)s is %(value)s. Enter a day such as 12 Apr 2027.")
        raise NotUsable(told % {"label": box.label, "value": quoted(value)}) from None


def chosen(box: Box, value: Value) -> str:
    """The value of the label that stands there, however it is written."""
    said = ("yes" if value else "no") if isinstance(value, bool) and box.kind == "yes_no" else shown(value)
    wanted = " ".join(said.split()).casefold()
    for kept, label in box.choices:
        if wanted in (kept.casefold(), " ".join(label.split()).casefold()):
            return kept
    told = _("%(label)s is %(value)s. Choose %(words)s.")
    raise NotUsable(told % {"label": box.label, "value": quoted(value), "words": one_of(box.words)})


def one_of(labels: list[str]) -> str:
    """`Green, Amber or Red`."""
    if len(labels) < 2:
        return "".join(labels)
    return _("%(some)s or %(last)s") % {"some": ", ".join(labels[:-1]), "last": labels[-1]}


def shown(value: Value) -> str:
    """A value of any kind as a text that a person would have typed."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int | float):
        return figure(value)
    if isinstance(value, datetime):
        return words.day(value.date())
    if isinstance(value, date):
        return words.day(value)
    return "" if value is None else str(value)


def quoted(value: Value) -> str:
    text = " ".join(shown(value).split())
    return f"“{text if len(text) <= MOST_QUOTED else text[: MOST_QUOTED - 1] + '…'}”"
