"""From rows that a reader may see to records of givers and chains of promises."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.planning import joining
from mainstay.planning.calculations import days_of
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Dependency, Plan
from mainstay.planning.promises.chains import Chain, Promise, Target, chains
from mainstay.planning.promises.track import Track, track
from mainstay.planning.promises.waiting import Waiting
from mainstay.planning.receiving import document
from mainstay.planning.workdays import STANDARD, WorkDays
from mainstay.register.access import below, visible_to

LINKING = ("agreed", "delivered", "accepted", "disputed", "failed", "offered", "countered", "draft")
MOST = 1000
"""Promises of one page of chains."""


@dataclass(frozen=True, slots=True)
class Giver:
    """A giver with the record that its promises make, as far as the reader may see them."""

    place: Initiative
    track: Track


def givers(account: Account | None, places: Collection[int], today: date) -> dict[int, Giver]:
    """The record of each of these givers that the reader may know of, over all its promises that the reader may see."""
    known = visible_to(account, InitiativeRegister).filter(pk__in=places).values("pk")
    rows = visible_to(account, DependencyRegister).filter(giver__in=known, is_withdrawn=False).select_related("giver")
    held: dict[int, list[Dependency]] = {}
    for row in rows.order_by("pk"):
        held.setdefault(row.giver_id, []).append(row)
    return {pk: Giver(own[0].giver, track(own, today)) for pk, own in held.items()}


def promises(rows: Sequence[Dependency], records: dict[int, Giver], plans: Sequence[Plan]) -> list[Promise]:
    """The rows as the chains take them: their ends in the plans, their giver's chance."""
    names = {name.strip() for row in rows for name in (row.give_activity, row.get_activity) if name.strip()}
    candidates = joining.activities_named(names, plans)
    found = []
    for row in rows:
        give = joining.one_end(row.give_activity, row.giver, candidates)
        get = joining.one_end(row.get_activity, row.initiative, candidates)
        ends = [key.rpartition(":")[0] or place.code for key, place in ((give, row.giver), (get, row.initiative))]
        record = records[row.giver_id].track if row.giver_id in records else Track()
        found.append(Promise(row.pk, ends[0], ends[1], row.state, record.chance, give, get))
    return found


def chains_of(
    account: Account | None, place: Initiative, rows: Sequence[Dependency], records: dict[int, Giver], plans: Sequence[Plan]
) -> list[Chain]:
    """What each project end and each milestone below `place` hangs on."""
    taken = [row for row in rows if row.state in LINKING and not row.is_withdrawn][:MOST]
    made = promises(taken, records, plans)
    digests = {plan.initiative.code: plan.document_digest for plan in plans}

    def waits(first: str, second: str) -> bool:
        code, _colon, uid = first.rpartition(":")
        other, _colon, later = second.rpartition(":")
        return code == other and code in digests and int(later) in waiting_for(digests[code], int(uid))

    ends = sorted({promise.getter for promise in made})
    targets = [Target(code, _("End of %(project)s") % {"project": code}) for code in ends]
    return chains(made, [*targets, *milestones(account, place, plans, ends)], waits)


def milestones(account: Account | None, place: Initiative, plans: Sequence[Plan], ends: Collection[str]) -> list[Target]:
    """The milestones still to come that an activity of a plan feeds."""
    rows = visible_to(account, MilestoneRegister).filter(below("initiative__path", [place.path]), state="planned", is_withdrawn=False)
    rows = rows.filter(initiative__code__in=ends).exclude(activity="").select_related("initiative").order_by("pk")[:MOST]
    fed = {row: [name.strip() for name in row.activity.split(";") if name.strip()] for row in rows}
    candidates = joining.activities_named({name for names in fed.values() for name in names}, plans)
    found = []
    for row, names in fed.items():
        keys = tuple(key for name in names if (key := joining.one_end(name, row.initiative, candidates)))
        if keys:
            found.append(Target(row.initiative.code, f"{row.ref} {row.title}", keys, MilestoneRegister.url("detail", row)))
    return found


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
