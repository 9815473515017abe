"""What the pages of packs list: initiatives with their snapshots, snapshots of one, and what a snapshot would hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.communications.action.register import ActionRegister
from mainstay.communications.decision.register import DecisionRegister
from mainstay.initiatives.initiative.model import Initiative, InitiativeKind
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.plan.register import PlanRegister
from mainstay.register.access import below, visible_to
from mainstay.register.spec import Register
from mainstay.reporting.snapshot.model import Snapshot
from mainstay.reporting.snapshot.register import SnapshotRegister
from mainstay.risk.issue.register import IssueRegister
from mainstay.risk.risk.register import RiskRegister

HELD: tuple[type[Register], ...] = (
    PlanRegister, MilestoneRegister, DependencyRegister, RiskRegister, IssueRegister, DecisionRegister, ActionRegister,
)  # fmt: skip
UPPER = (InitiativeKind.PORTFOLIO, InitiativeKind.PROGRAMME)
MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """An initiative with how many snapshots it has and when the last was frozen."""

    initiative: Initiative
    count: int
    last: datetime | None


def initiatives(account: Account | None) -> list[Line]:
    """Portfolios and programmes, and whatever else has a snapshot; two queries."""
    held = (
        visible_to(account, SnapshotRegister)
        .filter(is_withdrawn=False)
        .values("initiative")
        .annotate(count=Count("pk"), last=Max("frozen_at"))
    )
    told = {row["initiative"]: row for row in held.order_by()}
    rows = (
        visible_to(account, InitiativeRegister).filter(Q(kind__in=UPPER) | Q(pk__in=list(told)[:500]), is_withdrawn=False).order_by("path")
    )
    lines = [Line(row, told.get(row.pk, {}).get("count", 0), told.get(row.pk, {}).get("last")) for row in rows[:MOST]]
    if not lines:
        # Somebody of one project sees no programme: then the projects stand here.
        lines = [Line(row, 0, None) for row in visible_to(account, InitiativeRegister).filter(is_withdrawn=False).order_by("path")[:MOST]]
    return lines


def of_initiative(place: Initiative, account: Account | None) -> list[Snapshot]:
    """The snapshots of an initiative, the newest first."""
    rows = (
        visible_to(account, SnapshotRegister)
        .filter(initiative=place, is_withdrawn=False)
        .select_related("initiative", "successor", "supersedes")
    )
    return list(rows.order_by("-sequence", "-pk"))


@dataclass(frozen=True, slots=True)
class Told:
    """A snapshot in a list, with the one that it is compared with there."""

    snapshot: Snapshot
    before: Snapshot | None


def snapshots(place: Initiative, account: Account | None) -> list[Told]:
    rows = of_initiative(place, account)
    by_pk = {row.pk: row for row in rows}
    return [Told(row, by_pk.get(row.previous_id or 0)) for row in rows]


def latest(place: Initiative) -> Snapshot | None:
    return Snapshot.objects.filter(initiative=place, successor__isnull=True).order_by("-sequence", "-pk").first()


def contents(place: Initiative, account: Account | None) -> Sequence[dict[str, Any]]:
    """What a snapshot taken now would hold, by register; one query each."""
    found = []
    for register in HELD:
        inside = Q()
        for lookup in register.scope:
            inside |= below(lookup, [place.path])
        rows = visible_to(account, register).filter(inside, is_withdrawn=False)
        rows = (
            rows.filter(is_live=True)
            if register is PlanRegister
            else rows.filter(state__in=register.states.open if register.states else ())
        )
        found.append({"label": register.title(), "value": rows.count(), "missing": _("none")})
    return found
