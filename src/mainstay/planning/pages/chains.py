"""Chains of promises for the page of dependencies: what each milestone and project end hangs on, and how givers have kept their word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.planning.calculations import Calculated
from mainstay.planning.promises import gathering
from mainstay.planning.promises.chains import Chain
from mainstay.planning.promises.gathering import Giver
from mainstay.planning.promises.parties import giver_of
from mainstay.planning.promises.track import Track
from mainstay.planning.viewing import AgreementLine
from mainstay.register.asat import Moment

MOST_CHAINS = 60


@dataclass(frozen=True, slots=True)
class Link:
    """One promise of a chain, with its chance and what that rests on."""

    line: AgreementLine
    percent: float
    basis: str


@dataclass(frozen=True, slots=True)
class ChainLine:
    chain: Chain
    links: tuple[Link, ...]

    @property
    def percent(self) -> float:
        return self.chain.chance * 100

    @property
    def weakest(self) -> Link:
        return min(self.links, key=lambda link: link.percent)


def context(
    account: Account | None,
    place: Initiative,
    found: Calculated,
    visible: Sequence[int],
    lines: Sequence[AgreementLine],
    moment: Moment | None,
) -> dict[str, Any]:
    """Of a moment of the past: the promises, the milestones and the record that each giver had by then."""
    shown = {found.programme.projects[number].plan for number in visible}
    plans = [plan for plan in found.inputs.plans if plan.pk in shown]
    records = gathering.givers(account, {giver_of(line.record) for line in lines}, moment)
    made = gathering.chains_of(account, place, [line.record for line in lines], records, plans, moment)
    by_key = {line.record.pk: line for line in lines}
    return {
        "chains": [chain_line(chain, by_key, records) for chain in made[:MOST_CHAINS]],
        "chain_count": len(made),
        "record_day": gathering.today_of(moment),
        "is_past": moment is not None,
        "givers": sorted(records.values(), key=lambda giver: (giver.track.chance, giver.place.code)),
    }


def chain_line(chain: Chain, lines: dict[int, AgreementLine], records: dict[str, Giver]) -> ChainLine:
    links = []
    for promise in chain.promises:
        line = lines[promise.pk]
        key = giver_of(line.record).key
        links.append(Link(line, promise.holds * 100, (records[key].track if key in records else Track()).basis))
    return ChainLine(chain, tuple(links))
