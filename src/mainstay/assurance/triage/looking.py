"""The triage of a place, as far as its reader may see it: the same for its page and for a pack; a constant number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.assurance.assessment.register import AssessmentRegister
from mainstay.assurance.bank.model import Bank
from mainstay.assurance.review.register import ReviewRegister
from mainstay.assurance.triage import needing
from mainstay.assurance.triage.needing import Line
from mainstay.assurance.triage.thresholds import Rule, rule_for
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.register.access import below, visible_to
from mainstay.register.models import Change

MOST = 2_000


@dataclass(frozen=True, slots=True)
class Triage:
    rule: Rule | None
    lines: tuple[Line, ...]

    @property
    def missing(self) -> list[Line]:
        """Who should have a review and has none."""
        return [line for line in self.lines if line.is_missing]


def triage_of(place: Any, account: Account | None) -> Triage:
    inside, today = below("initiative__path", [place.path]), timezone.localdate()
    projects = visible_to(account, InitiativeRegister).filter(
        below("path", [place.path]), kind__in=("programme", "project"), is_withdrawn=False
    )
    assessed = visible_to(account, AssessmentRegister).filter(inside, is_withdrawn=False).select_related("bank").order_by("pk")
    newest = {one.initiative_id: one for one in assessed}
    reviewed = visible_to(account, ReviewRegister).filter(inside, is_withdrawn=False).exclude(state="cancelled").order_by()
    counts = dict(reviewed.values_list("initiative_id").annotate(held=Count("pk")))
    rule = rule_for(place, today)
    old, back = superseded({one.bank_id for one in newest.values()}), returned([one.pk for one in newest.values() if one.state == "draft"])
    return Triage(rule, tuple(needing.lines(list(projects.order_by("path")[:MOST]), newest, counts, rule, old, back)))


def returned(drafts: list[int]) -> dict[int, str]:
    """Why assessments that are being answered were opened again, by record; one query."""
    rows = Change.objects.filter(register=AssessmentRegister.key, record_id__in=drafts, verb="return").order_by("sequence")
    return {pk or 0: reason for pk, reason in rows.values_list("record_id", "reason")}


def superseded(banks: set[int]) -> dict[int, str]:
    """The forms among these that a later one has taken the place of, each with the reference of that one; one query."""
    newer = Bank.objects.filter(replaces__in=banks, state="in_use", is_withdrawn=False, valid_from__lte=timezone.localdate())
    return {one.replaces_id or 0: str(one) for one in newer.order_by("-valid_from")}
