"""What the records measure of an initiative now, beside what it claims: the same measures as in the board's pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.initiatives.initiative.model import Initiative
from mainstay.register.models import ChainHead
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import Evidence, Measure, PackFacts, StatusFact
from mainstay.reporting.board_pack.gather import Moment, Title, gather


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

    def differs(self, claimed: str) -> bool:
        """Whether the claim is better than the measure. A claim that is worse is a request for help, and no contradiction."""
        return wording.is_better(claimed, self.rating)

    def evidence(self) -> list[tuple[str, str]]:
        """What was measured, each with the address of the first record that shows it."""
        return [(wording.measure(measure), address(measure.evidence)) for measure in self.found]


def address(evidence: tuple[Evidence, ...]) -> str:
    return wording.link_to(evidence[0].register, evidence[0].pk) if evidence else ""


def facts_now(initiative: Initiative, account: Account | None) -> PackFacts:
    """The facts of a pack that would be frozen now; the number of queries does not grow with the rows."""
    sequence = ChainHead.objects.values_list("sequence", flat=True).first() or 0
    return gather(initiative, account, Moment(at=timezone.now(), sequence=sequence, chain=""), Title(name="", maker=""), None)


def of(initiative: Initiative, account: Account | None) -> Measured:
    """The measured status of one initiative with all below it."""
    return Measured(facts_now(initiative, account).statuses[0])


def of_parts(initiative: Initiative, account: Account | None) -> Mapping[str, Measured]:
    """The measured status of each part of a programme, by code."""
    return {status.code: Measured(status) for status in facts_now(initiative, account).statuses}
