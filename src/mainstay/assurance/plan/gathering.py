"""The assurance plan of a place, as far as its reader may see it: a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.assurance.approval.register import ApprovalRegister
from mainstay.assurance.member.model import Member
from mainstay.assurance.plan.drawing import Row
from mainstay.assurance.plan.faults import Fault, Plan, faults
from mainstay.assurance.review.register import ReviewRegister
from mainstay.planning.models import Plan as LivePlan
from mainstay.register.access import below, visible_to

MOST = 200


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the page shows."""

    plan: Plan
    rows: list[Row]
    faults: list[Fault]
    leaders: dict[int, str]
    is_cut: bool


def gathered(place: Any, account: Account | None) -> Gathered:
    inside = below("initiative__path", [place.path])
    seen = ReviewRegister.rows(visible_to(account, ReviewRegister).filter(inside, is_withdrawn=False))
    reviews = list(seen.order_by("window_to", "pk")[:MOST])
    approvals = list(
        visible_to(account, ApprovalRegister)
        .filter(inside, is_withdrawn=False)
        .exclude(state="cancelled")
        .select_related("initiative", "owner")
        .order_by("planned_on", "pk")[:MOST]
    )
    leaders = leaders_of(reviews)
    live = LivePlan.objects.filter(initiative__in={one.initiative_id for one in reviews}, is_live=True, is_withdrawn=False)
    plan = Plan(
        reviews=reviews,
        approvals=approvals,
        today=timezone.localdate(),
        led=frozenset(leaders),
        planned=frozenset(live.values_list("initiative_id", flat=True)) | {one.initiative_id for one in reviews if one.milestone_id},
        red=frozenset(one.pk for one in reviews if one.rating == "red"),
    )
    return Gathered(plan, rows_of(reviews, approvals), faults(plan), leaders, len(reviews) == MOST)


def leaders_of(reviews: list[Any]) -> dict[int, str]:
    rows = Member.objects.filter(review__in=reviews, part="leader", state="booked", is_withdrawn=False)
    return {one.review_id: one.reviewer.title for one in rows.select_related("reviewer")}


def rows_of(reviews: list[Any], approvals: list[Any]) -> list[Row]:
    """A row for each initiative, in the order of the tree."""
    places = {one.initiative_id: one.initiative for one in (*reviews, *approvals)}
    held: dict[int, tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
    for one in reviews:
        if one.state != "cancelled":
            held[one.initiative_id][0].append(one)
    for one in approvals:
        held[one.initiative_id][1].append(one)
    return [Row(places[pk], *held[pk]) for pk in sorted(places, key=lambda pk: places[pk].path) if pk in held]
