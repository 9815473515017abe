"""How a giver has kept its promises, and what chance the next one has by that. No database.

A promise is due once its agreed day has passed, or once it was settled before. It is kept where it was handed over by that day and
accepted. What was handed over in time and waits for acceptance is not counted yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mainstay.planning.models import Dependency
from mainstay.planning.workdays import STANDARD

PRIOR = (1, 1)
"""Beta(1, 1): before anything is known every chance is as likely as every other. One promise kept and one not, as it were."""
MANY = 20
"""From this many promises due the record speaks for itself."""
GIVEN = ("delivered", "accepted")


@dataclass(frozen=True, slots=True)
class Track:
    """The record of one giver."""

    kept: int = 0
    late: int = 0
    """Handed over after the agreed day, or still not handed over after it."""
    failed: int = 0
    moved: int = 0
    """Whose day was agreed anew; how they ended is counted as for all others."""
    open: int = 0
    """Agreed and not due yet, or waiting for acceptance."""
    days_late: int = 0
    """Working days over all that are late."""

    @property
    def due(self) -> int:
        return self.kept + self.late + self.failed

    @property
    def is_own(self) -> bool:
        """Whether the chance is the giver's own share, with no prior in it."""
        return self.due >= MANY

    @property
    def chance(self) -> float:
        """The share kept; of few promises the mean of the Beta distribution that the prior becomes by them."""
        if self.is_own:
            return self.kept / self.due
        return (self.kept + PRIOR[0]) / (self.due + sum(PRIOR))

    @property
    def mean_days_late(self) -> float | None:
        return self.days_late / self.late if self.late else None

    @property
    def basis(self) -> str:
        """What the chance rests on, in words."""
        values = {"kept": self.kept, "due": self.due, "a": self.kept + PRIOR[0], "b": self.due - self.kept + PRIOR[1]}
        if self.is_own:
            return _("%(kept)d of %(due)d kept") % values
        if not self.due:
            return _("no promise due yet: prior Beta(%(a)d, %(b)d)") % values
        return _("%(kept)d of %(due)d kept, few: Beta(%(a)d, %(b)d) from the prior Beta(1, 1)") % values


def track(rows: Iterable[Dependency], today: date) -> Track:
    """The record that these promises of one giver make."""
    counts = dict.fromkeys(("kept", "late", "failed", "moved", "open", "days_late"), 0)
    for row in rows:
        day = row.promised_by
        if row.first_promised is None or day is None or row.is_withdrawn:
            continue
        what, days = outcome(row, day, today)
        if what:
            counts[what] += 1
            counts["days_late"] += days
            counts["moved"] += row.first_promised != day
    return Track(**counts)


def outcome(row: Dependency, day: date, today: date) -> tuple[str, int]:
    """What became of a promise, and by how many working days it was late; "" where it was called off or is talked of anew."""
    if row.state == "failed":
        return "failed", 0
    if row.state in GIVEN:
        given = row.delivered_on or day
        if given > day:
            return "late", STANDARD.between(day, given)
        return ("kept" if row.state == "accepted" else "open"), 0
    if row.state in ("agreed", "disputed"):
        return ("late", STANDARD.between(day, today)) if day < today else ("open", 0)
    return "", 0
