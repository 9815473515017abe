"""Chains of promises for the page of dependencies: what each milestone and project end hangs on, and how givers have kept their word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.planning.calculations import Calculated
from mainstay.planning.promises import gathering
from mainstay.planning.promises.chains import Chain
from mainstay.planning.promises.gathering import Giver
from mainstay.planning.viewing import AgreementLine

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
    account: Account | None, place: Initiative, found: Calculated, visible: Sequence[int], lines: Sequence[AgreementLine], today: date
) -> dict[str, Any]:
    shown = {found.programme.projects[number].plan for number in visible}
    plans = [plan for plan in found.inputs.plans if plan.pk in shown]
    records = gathering.givers(account, {line.record.giver_id for line in lines}, today)
    made = gathering.chains_of(account, place, [line.record for line in lines], records, plans)
    by_key = {line.record.pk: line for line in lines}
    return {
        "chains": [chain_line(chain, by_key, records) for chain in made[:MOST_CHAINS]],
        "chain_count": len(made),
        "givers": sorted(records.values(), key=lambda giver: (giver.track.chance, giver.place.code)),
    }


def chain_line(chain: Chain, lines: dict[int, AgreementLine], records: dict[int, Giver]) -> ChainLine:
    links = tuple(
        Link(lines[promise.pk], promise.holds * 100, records[lines[promise.pk].record.giver_id].track.basis) for promise in chain.promises
    )
    return ChainLine(chain, links)
