"""All facts of a pack, taken together at one place in the history. The number of queries does not grow with the rows."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.standard.register import StandardRegister
from mainstay.initiatives.standards import resolve
from mainstay.register.access import below, may
from mainstay.register.models import Change
from mainstay.register.record import Marking
from mainstay.register.words import local
from mainstay.reporting.board_pack import assurances, claims, gaps, moves, outlooks, records
from mainstay.reporting.board_pack.facts import Earlier, PackFacts
from mainstay.reporting.board_pack.limits import Thresholds
from mainstay.reporting.board_pack.measuring import statuses
from mainstay.reporting.board_pack.moves import Reason, Reasons
from mainstay.reporting.board_pack.parts import parts_of
from mainstay.reporting.board_pack.transitions import transitions

FIRST_LOOK_BACK = timedelta(days=31)
"""How far a first pack looks back for what was closed."""
TOLD = (
    "planning.milestone",
    "planning.dependency",
    "planning.plan",
    "risk.risk",
    "risk.issue",
    "communications.decision",
    "initiatives.initiative",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The place in the history that the facts are of."""

    at: datetime
    sequence: int
    chain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """How the pack is called, for whom it is, and what it corrects."""

    name: str
    maker: str
    audience: str = ""
    corrects: str = ""
    correction: str = ""


def gather(
    initiative: Initiative, account: Account | None, moment: Moment, title: Title, earlier: tuple[Earlier, PackFacts | None, str] | None
) -> PackFacts:
    """The facts as `account` may see them. `earlier` is the snapshot that changes are told against, and why it could not be read."""
    parts = parts_of(initiative, account)
    since = earlier[0].frozen_at if earlier else moment.at - FIRST_LOOK_BACK
    outlook, outlook_missing = outlooks.latest(initiative, account)
    facts = PackFacts(
        name=title.name,
        audience=title.audience,
        frozen_at=moment.at,
        frozen_on=local(moment.at).date(),
        sequence=moment.sequence,
        chain=moment.chain,
        maker=title.maker,
        marking=str(Marking.OFFICIAL),
        initiative=parts.places[0],
        projects=parts.places[1:],
        previous=earlier[0] if earlier else None,
        previous_unread=earlier[2] if earlier else "",
        corrects=title.corrects,
        correction=title.correction,
        thresholds=thresholds(initiative, account),
        plans=tuple(records.plans(account, parts)),
        milestones=tuple(records.milestones(account, parts, since)),
        dependencies=tuple(records.dependencies(account, parts, since)),
        risks=tuple(records.risks(account, parts, since)),
        issues=tuple(records.issues(account, parts, since)),
        decisions=tuple(records.decisions(account, parts, since)),
        actions=tuple(records.actions(account, parts, since)),
        exceptions=tuple(records.exceptions(account, parts, since)),
        transitions=tuple(transitions(account, parts, since)),
        reviews=tuple(assurances.reviews(account, parts, since)),
        advice=tuple(assurances.advice(account, parts, since)),
        unreviewed=tuple(assurances.unreviewed(account, parts)),
        claims=tuple(claims.claims(account, parts, local(moment.at).date())),
        outlook=outlook,
        outlook_missing=outlook_missing,
    )
    facts = judged(facts)
    if earlier and earlier[1] is not None:
        facts = replace(facts, moves=moves.compare(earlier[1], facts, reasons(initiative, earlier[0].sequence, moment.sequence)))
    return facts


def judged(facts: PackFacts) -> PackFacts:
    """With the measured status of each part, the gaps, and the highest marking of what is shown."""
    facts = replace(facts, statuses=statuses(facts))
    return replace(facts, gaps=tuple(gaps.gaps(facts)), marking=highest(facts))


def highest(facts: PackFacts) -> str:
    shown = {place.marking for place in (facts.initiative, *facts.projects)}
    for rows in (
        facts.plans,
        facts.milestones,
        facts.dependencies,
        facts.risks,
        facts.issues,
        facts.decisions,
        facts.actions,
        facts.claims,
        facts.exceptions,
        facts.transitions,
        facts.reviews,
        facts.advice,
        facts.unreviewed,
    ):
        shown |= {row.marking for row in rows}
    return max(shown, key=list(Marking.values).index)


def thresholds(initiative: Initiative, account: Account | None) -> Thresholds:
    """The office's own limits where it has set any that can be used; the rest are Mainstay's."""
    defaults = Thresholds()
    value = resolve(initiative, "threshold", "status") if may(account, "view", StandardRegister) else None
    told: Mapping[str, Any] = value if isinstance(value, dict) else {}
    taken = {
        field.name: told[field.name]
        for field in fields(Thresholds)
        if type(told.get(field.name)) in ((int, float) if field.type is float else (int,)) and 0 <= told[field.name] <= 10_000
    }
    source = _("standard “status” in force here") if taken else _("Mainstay's defaults; no standard “status” is set")
    return replace(defaults, **taken, source=source)


def reasons(initiative: Initiative, after: int, until: int) -> Reasons:
    """The reasons that were written between two places in the history, by record; one query."""
    inside = below("path", [initiative.path]) | Q(register="planning.dependency")
    rows = (
        Change.objects.filter(inside, register__in=TOLD, sequence__gt=after, sequence__lte=until, record_id__isnull=False)
        .exclude(reason="")
        .order_by("sequence")
        .values_list("register", "record_id", "after", "reason", "actor_name", "sequence")
    )
    found: dict[tuple[str, int], list[Reason]] = {}
    for register, record_id, told, text, by, sequence in rows.iterator(chunk_size=2000):
        found.setdefault((register, record_id or 0), []).append(Reason(frozenset(told), text, by, sequence))
    return found
