"""What somebody asks of the search for a calendar: for which time, which dates it is to suit, how long, from which seed."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from mainstay.assurance.proposal.model import Basis
from mainstay.register.errors import Invalid

FEWEST_SECONDS, MOST_SECONDS, USUAL_SECONDS = 1, 600, 30
LARGEST_SEED = 10**18 - 1
USUAL_NOTICE, MOST_NOTICE = 4, 52
FIRST_YEAR, LAST_YEAR = 2012, 2190
LONGEST_ROOMS, MOST_DIGITS = 300, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`year` 0 is the twelve months from today; `notice_weeks` is what reviewers are given, where no assessment meeting asks for more.

    `rooms` says of regions how many reviews can be held there at once: `Belfast: 2; Derry: 1`; of others that is not asked.
    """

    year: int = 0
    basis: str = Basis.PLAN.value
    notice_weeks: int = USUAL_NOTICE
    seconds: int = USUAL_SECONDS
    seed: int = 1
    rooms: str = ""

    def as_arguments(self) -> dict[str, Any]:
        """For a job."""
        return asdict(self)

    def check(self, today: date) -> None:
        wrong: dict[str, list[str]] = {}
        if not FEWEST_SECONDS <= self.seconds <= MOST_SECONDS:
            text = _("Give a number of seconds from %(fewest)d to %(most)d.") % {"fewest": FEWEST_SECONDS, "most": MOST_SECONDS}
            wrong["seconds"] = [text]
        if not 0 <= self.seed <= LARGEST_SEED:
            wrong["seed"] = [_("Give a whole number of at most 18 digits as the seed.")]
        if not 0 <= self.notice_weeks <= MOST_NOTICE:
            wrong["notice_weeks"] = [_("Give a number of weeks from 0 to %(most)d as the notice.") % {"most": MOST_NOTICE}]
        try:
            rooms_in(self.rooms)
        except ValueError:
            wrong["rooms"] = [_("Write regions with the number of reviews that can be held there at once, such as Belfast: 2; Derry: 1.")]
        if self.basis not in Basis.values:
            wrong["basis"] = [_("Choose plan, p50 or p80.")]
        if self.year and not FIRST_YEAR <= self.year <= LAST_YEAR:
            wrong["year"] = [_("Give a year such as %(year)d.") % {"year": today.year}]
        elif self.year and self.year < today.year:
            wrong["year"] = [_("The year %(year)d is over. Give this year or a later one.") % {"year": self.year}]
        if wrong:
            raise Invalid(wrong)

    def span(self, today: date) -> tuple[date, date]:
        """First and last day of the calendar."""
        if self.year:
            return date(self.year, 1, 1), date(self.year, 12, 31)
        return today, today + timedelta(days=365)


def rooms_in(text: str) -> dict[str, int]:
    """Region, in small letters → how many reviews can be held there at once. Raises ValueError where it is not written so."""
    found: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        region, colon, rooms = part.rpartition(":")
        name = region.strip().lower()
        if not colon or not name or name in found or not rooms.strip().isdecimal() or len(rooms.strip()) > MOST_DIGITS:
            raise ValueError(part)
        found[name] = int(rooms)
    if len(text) > LONGEST_ROOMS:
        raise ValueError(text)
    return found
