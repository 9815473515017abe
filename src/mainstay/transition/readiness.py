"""How ready a business area is: its criteria counted, what is missing, and whether it may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mainstay.transition.criterion.model import Criterion, Weight

DONE = ("confirmed", "waived")


@dataclass(frozen=True, slots=True)
class Readiness:
    """The criteria of one transition."""

    criteria: Sequence[Any]

    @property
    def musts(self) -> list[Any]:
        return [row for row in self.criteria if row.weight == Weight.MUST]

    @property
    def confirmed(self) -> list[Any]:
        """Musts that were confirmed; a waived one is not met and does not count."""
        return [row for row in self.musts if row.state == "confirmed"]

    @property
    def waived(self) -> list[Any]:
        return [row for row in self.musts if row.state == "waived"]

    @property
    def gaps(self) -> list[Any]:
        """Open ones, the musts and those due first at the top."""
        rows = [row for row in self.criteria if row.state not in DONE]
        return sorted(rows, key=lambda row: (row.weight != Weight.MUST, row.due_on is None, row.due_on or 0, row.pk))

    @property
    def open_musts(self) -> list[str]:
        return [f"{row.ref} {row.title}" for row in self.gaps if row.weight == Weight.MUST]

    @property
    def share(self) -> int | None:
        """Musts confirmed, in whole per cent, rounded down: all is said of all only."""
        return 100 * len(self.confirmed) // len(self.musts) if self.musts else None


def readiness(plan: Any) -> Readiness:
    """All criteria of a plan, whoever asks: nothing that is hidden lets a cut-over begin."""
    rows = Criterion.objects.filter(plan=plan.pk, is_withdrawn=False)
    return Readiness(list(rows.select_related("owner").order_by("pk")))
