"""From rows that a reader may see to records of givers and chains of promises."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.planning import joining
from mainstay.planning.calculations import days_of
from mainstay.planning.dependency.model import Side
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Dependency, Plan
from mainstay.planning.promises.chains import Chain, Promise, Target, chains
from mainstay.planning.promises.parties import OUTSIDE, Party, getter_of, giver_of
from mainstay.planning.promises.track import Track, track
from mainstay.planning.promises.waiting import Waiting
from mainstay.planning.receiving import document
from mainstay.planning.workdays import STANDARD, WorkDays
from mainstay.register import asat, words
from mainstay.register.access import below, visible_to
from mainstay.register.asat import Moment

LINKING = ("agreed", "delivered", "accepted", "disputed", "failed", "offered", "countered", "draft")
MOST = 1000
"""Promises of one page of chains."""


@dataclass(frozen=True, slots=True)
class Giver:
    """A giver with the record that its promises make, as far as the reader may see them."""

    place: Party
    track: Track


def today_of(moment: Moment | None) -> date:
    """The day on which what a page says is true."""
    return timezone.localdate() if moment is None else words.local(moment.at - timedelta(microseconds=1)).date()


def givers(account: Account | None, parties: Collection[Party], moment: Moment | None) -> dict[str, Giver]:
    """The record of each of these givers that the reader may know of, by its key, over all its promises that the reader may see."""
    known = set(
        visible_to(account, InitiativeRegister).filter(pk__in=[party.pk for party in parties if party.pk]).values_list("pk", flat=True)
    )
    wanted = {party.key for party in parties if party.pk is None or party.pk in known}
    held: dict[str, tuple[Party, list[Dependency]]] = {}
    for row in given_by(account, parties, moment):
        party = giver_of(row)
        if party.key in wanted:
            held.setdefault(party.key, (party, []))[1].append(row)
    return {key: Giver(party, track(own, today_of(moment))) for key, (party, own) in held.items()}


def given_by(account: Account | None, parties: Collection[Party], moment: Moment | None) -> list[Dependency]:
    """The promises of these givers. Of a moment of the past: as they were then, whoever gives them now."""
    rows = visible_to(account, DependencyRegister).select_related("giver").order_by("pk")
    if moment is not None:
        held = list(rows)
        past = asat.past_values(DependencyRegister, moment.sequence, [row.pk for row in held])
        return [row for row in asat.roll_back(DependencyRegister, held, past) if not row.is_withdrawn]
    outside = Q(outside=Side.GIVER, outside_body__in=[party.code for party in parties if party.pk is None])
    return list(rows.filter(Q(giver__in=[party.pk for party in parties if party.pk]) | outside, is_withdrawn=False))


def promises(rows: Sequence[Dependency], records: dict[str, Giver], plans: Sequence[Plan]) -> list[Promise]:
    """The rows as the chains take them: their ends in the plans, their giver's chance."""
    names = {name.strip() for row in rows for name in (row.give_activity, row.get_activity) if name.strip()}
    candidates = joining.activities_named(names, plans)
    found = []
    for row in rows:
        give = joining.one_end(row.give_activity, row.giver, candidates)
        get = joining.one_end(row.get_activity, row.initiative, candidates)
        giver, getter = giver_of(row), getter_of(row)
        ends = [key.rpartition(":")[0] or (party.code if party.pk else party.key) for key, party in ((give, giver), (get, getter))]
        record = records[giver.key].track if giver.key in records else Track()
        found.append(Promise(row.pk, ends[0], ends[1], row.state, record.chance, give, get))
    return found


def chains_of(
    account: Account | None,
    place: Initiative,
    rows: Sequence[Dependency],
    records: dict[str, Giver],
    plans: Sequence[Plan],
    moment: Moment | None = None,
) -> list[Chain]:
    """What each project end and each milestone below `place` hangs on."""
    taken = [row for row in rows if row.state in LINKING and not row.is_withdrawn][:MOST]
    made = promises(taken, records, plans)
    digests = {plan.initiative.code: plan.document_digest for plan in plans}

    def waits(first: str, second: str) -> bool:
        code, _colon, uid = first.rpartition(":")
        other, _colon, later = second.rpartition(":")
        return code == other and code in digests and int(later) in waiting_for(digests[code], int(uid))

    ends = sorted({promise.getter for promise in made if not promise.getter.startswith(OUTSIDE)})
    targets = [Target(code, _("End of %(project)s") % {"project": code}) for code in ends]
    return chains(made, [*targets, *milestones(account, place, plans, ends, moment)], waits)


def milestones(
    account: Account | None, place: Initiative, plans: Sequence[Plan], ends: Collection[str], moment: Moment | None
) -> list[Target]:
    """The milestones still to come that an activity of a plan feeds, as they are or were at the moment."""
    found = visible_to(account, MilestoneRegister).filter(below("initiative__path", [place.path]), initiative__code__in=ends)
    found = found.select_related("initiative").order_by("pk")
    if moment is None:
        rows = list(found.filter(state="planned", is_withdrawn=False).exclude(activity="")[:MOST])
    else:
        past = asat.past_values(MilestoneRegister, moment.sequence, found.values_list("pk", flat=True))
        rows = [row for row in asat.roll_back(MilestoneRegister, found, past) if row.state == "planned" and not row.is_withdrawn][:MOST]
    fed = {row: [name.strip() for name in row.activity.split(";") if name.strip()] for row in rows}
    candidates = joining.activities_named({name for names in fed.values() for name in names}, plans)
    made = []
    for row, names in fed.items():
        keys = tuple(key for name in names if (key := joining.one_end(name, row.initiative, candidates)))
        if keys:
            made.append(Target(row.initiative.code, f"{row.ref} {row.title}", keys, MilestoneRegister.url("detail", row)))
    return made


def working_days(initiative: Initiative) -> WorkDays:
    """The working days of an initiative's live plan, as the pages of the integrated plan count them."""
    plan = Plan.objects.filter(initiative=initiative, is_live=True, is_withdrawn=False).first()
    return plan_days(plan.document_digest) if plan is not None else STANDARD


@lru_cache(maxsize=64)
def plan_days(digest: str) -> WorkDays:
    return days_of(document(digest))


@lru_cache(maxsize=32)
def plan_logic(digest: str) -> Waiting:
    """The steps inside a plan; what lies under a digest never changes."""
    return Waiting(document(digest))


@lru_cache(maxsize=4096)
def waiting_for(digest: str, uid: int) -> frozenset[int]:
    return frozenset(plan_logic(digest).ways_from(uid))
