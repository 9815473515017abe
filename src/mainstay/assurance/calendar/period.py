"""Which time a calendar shows: a year by months, or a quarter by weeks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from mainstay.register.errors import Invalid
from mainstay.register.words import day

YEAR, QUARTER = "year", "quarter"
WEEKS = 13
FIRST_YEAR, LAST_YEAR = 2012, 2190


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included; `query` is what the address says of it."""

    kind: str
    first: date
    last: date
    query: str = ""

    @property
    def title(self) -> str:
        return _("%(first)s to %(last)s") % {"first": day(self.first), "last": day(self.last)}

    @property
    def is_by_week(self) -> bool:
        return self.kind == QUARTER

    @property
    def earlier(self) -> str:
        if self.is_by_week:
            return f"?from={self.first - timedelta(weeks=WEEKS)}"
        return f"?from={self.first.replace(year=self.first.year - 1)}&by=month"

    @property
    def later(self) -> str:
        if self.is_by_week:
            return f"?from={self.first + timedelta(weeks=WEEKS)}"
        return f"?from={self.first.replace(year=self.first.year + 1)}&by=month"

    def months(self) -> Iterator[tuple[date, date]]:
        """First and last day of each month that it touches."""
        for number in range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month):
            begin, after = (date(at // 12, at % 12 + 1, 1) for at in (number, number + 1))
            yield begin, after - timedelta(days=1)

    def steps(self) -> Iterator[tuple[date, date]]:
        """Its weeks or months."""
        if not self.is_by_week:
            yield from self.months()
            return
        for number in range(WEEKS):
            begin = self.first + timedelta(weeks=number)
            yield begin, begin + timedelta(days=6)


def period_of(told: Mapping[str, str], today: date) -> Period:
    """What an address asks for: `year=2027`; `from=2027-04-05` for thirteen weeks, with `by=month` twelve months. Else a year from now."""
    if text := told.get("year", "").strip():
        if not text.isascii() or not text.isdigit() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
            raise Invalid({"year": [_("Give a year such as %(year)d.") % {"year": today.year}]})
        return Period(YEAR, date(int(text), 1, 1), date(int(text), 12, 31), f"?year={text}")
    begin = today
    if text := told.get("from", "").strip():
        try:
            begin = date.fromisoformat(text)
        except ValueError:
            raise Invalid({"from": [_("Give a day such as %(day)s.") % {"day": today.isoformat()}]}) from None
        if not FIRST_YEAR <= begin.year < LAST_YEAR:
            raise Invalid({"from": [_("Give a day such as %(day)s.") % {"day": today.isoformat()}]})
    if (told.get("by") or ("week" if text else "month")) == "week":
        monday = begin - timedelta(days=begin.weekday())
        return Period(QUARTER, monday, monday + timedelta(weeks=WEEKS, days=-1), f"?from={monday}")
    first = begin.replace(day=1)
    query = f"?from={first}&by=month" if text else ""
    return Period(YEAR, first, first.replace(year=first.year + 1) - timedelta(days=1), query)
