"""What the records measure of an initiative now, beside what it claims: the same measures as in the board's pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.initiatives import scale as scales
from mainstay.initiatives.initiative.model import Initiative
from mainstay.register.words import local
from mainstay.reporting.board_pack import brief, outlooks, records, wording
from mainstay.reporting.board_pack.facts import Measure, StatusFact, by_part
from mainstay.reporting.board_pack.gather import thresholds
from mainstay.reporting.board_pack.measuring import Held, by_giver, status_of, statuses_of, told_by
from mainstay.reporting.board_pack.parts import Parts, parts_among, parts_of

EARNED = ("cpi", "spi_t")


@dataclass(frozen=True)
class Measured:
    """The measured status of one initiative, with what it rests on."""

    status: StatusFact

    @property
    def rating(self) -> str:
        return self.status.rating

    @cached_property
    def found(self) -> list[Measure]:
        """The measures that are worse than green, the worst first."""
        return [measure for measure in self.status.measures if measure.rating in ("red", "amber")]

    @property
    def strongest(self) -> str:
        """The one measure that says most, in a few words."""
        return wording.measure(self.found[0]) if self.found else ""

    def differs(self, claimed: str, scale: str = scales.LOCAL) -> bool:
        """Whether the claim is better than the measure. A claim that is worse is a request for help, and no contradiction.

        A claim on a scale that says something else than position against tolerance cannot be compared.
        """
        return scales.of(scale).is_local and wording.is_better(claimed, self.rating)

    def evidence(self) -> list[tuple[str, str]]:
        """What was measured, each with the address of the first record that shows it."""
        return [(wording.measure(measure), address(measure)) for measure in self.found]


def address(measure: Measure) -> str:
    """The page that shows it: of earned value, which activities earn less than was planned; else the first record."""
    if not measure.evidence:
        return ""
    first = measure.evidence[0]
    return reverse("planning.earned", args=[first.pk]) if measure.name in EARNED else wording.link_to(first.register, first.pk)


def of(initiative: Initiative, account: Account | None) -> Measured:
    """The measured status of one initiative with all below it."""
    parts = parts_of(initiative, account)
    return Measured(statuses_of(parts.places, held_now(parts, account))[0])


def of_parts(whole: Initiative, chosen: Sequence[Initiative], account: Account | None) -> Mapping[str, Measured]:
    """The measured status of these parts of a programme, by code; only what lies in them is read."""
    parts = parts_among(whole, chosen, account)
    held = held_now(parts, account)
    return {place.code: Measured(status_of(place, held)) for place in parts.places[1:]}


def held_now(parts: Parts, account: Account | None) -> Held:
    """What the measures read, of now: what is open. The number of queries does not grow with the rows."""
    dependencies = tuple(brief.dependencies(account, parts))
    return Held(
        today=local(timezone.now()).date(),
        thresholds=thresholds(parts.whole, account),
        plans=by_part(tuple(records.plans(account, parts))),
        milestones=by_part(tuple(brief.milestones(account, parts))),
        gets=by_part(dependencies),
        gives=by_giver(dependencies),
        risks=by_part(tuple(brief.risks(account, parts))),
        issues=by_part(tuple(brief.issues(account, parts))),
        **told_by(outlooks.latest(parts.whole, account)[0]),
    )
