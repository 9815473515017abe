"""The time axis of a plan drawing: where an instant lies, and which ticks are written."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.engine.worktime import EPOCH

MINUTES_A_DAY = 1440
MARGIN = 16
"""Pixels right of the axis' start and left of its end."""

SCALES = {"quarter": gettext_lazy("Quarters"), "month": gettext_lazy("Months"), "week": gettext_lazy("Weeks")}
PIXELS_A_DAY = {"quarter": 0.55, "month": 2.3, "week": 10.0}
NARROWEST = 780
WIDEST = 30_000


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str
    is_year: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """``first`` is the day at the left edge; ``day_width`` pixels show one day."""

    first: date
    days: int
    day_width: float
    kind: str

    @property
    def width(self) -> int:
        return round(self.days * self.day_width) + 2 * MARGIN

    def x(self, instant: int) -> float:
        """Pixels from the left edge of the drawing to an instant (minutes since the epoch)."""
        start = (self.first - EPOCH.date()).days * MINUTES_A_DAY
        return round(MARGIN + (instant - start) / MINUTES_A_DAY * self.day_width, 1)

    def x_of(self, day: date) -> float:
        return round(MARGIN + (day - self.first).days * self.day_width, 1)

    def ticks(self) -> list[Tick]:
        days = list(starts(self.kind, self.first, self.first + timedelta(days=self.days)))
        spacing = (days[1] - days[0]).days * self.day_width if len(days) > 1 else 100.0
        every = max(1, round(44 / max(spacing, 0.1)))
        found = []
        for number, day in enumerate(days):
            is_year = day.month == 1 and day.day <= (7 if self.kind == "week" else 1)
            if is_year or number % every == 0:
                found.append(Tick(self.x_of(day), str(day.year) if is_year else label(day, self.kind), is_year))
        return found


def scale_of(kind: str, first: int, last: int) -> Scale:
    """The scale that shows everything between two instants, from the start of a month on."""
    begin = EPOCH.date() + timedelta(days=first // MINUTES_A_DAY)
    end = EPOCH.date() + timedelta(days=last // MINUTES_A_DAY + 1)
    begin = begin.replace(day=1) if kind != "week" else begin - timedelta(days=begin.weekday())
    days = max((end - begin).days + 7, 28)
    width = max(PIXELS_A_DAY[kind], NARROWEST / days) if kind == "quarter" else PIXELS_A_DAY[kind]
    return Scale(begin, days, min(width, WIDEST / days), kind)


def starts(kind: str, first: date, last: date) -> list[date]:
    """The days on which weeks, months or quarters start."""
    if kind == "week":
        monday = first + timedelta(days=-first.weekday() % 7)
        return [monday + timedelta(days=7 * number) for number in range((last - monday).days // 7 + 1)]
    step = 3 if kind == "quarter" else 1
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0 and date(month // 12, month % 12 + 1, 1) >= first]


def label(day: date, kind: str) -> str:
    months = (_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"), _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"))
    return f"{day.day} {months[day.month - 1]}" if kind == "week" else months[day.month - 1]
