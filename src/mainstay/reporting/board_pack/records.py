"""Rows of the registers as facts of a pack. One query a register; what an account may not see is not there."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from mainstay.accounts.models import Account
from mainstay.communications.action.register import ActionRegister
from mainstay.communications.decision.register import DecisionRegister
from mainstay.planning import performed
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Activity, PlanPerformance
from mainstay.planning.plan.register import PlanRegister
from mainstay.register.access import visible_to
from mainstay.register.spec import Register
from mainstay.register.words import local
from mainstay.reporting.board_pack.facts import ActionFact, DecisionFact, DependencyFact, IssueFact, MilestoneFact, PlanFact, RiskFact
from mainstay.reporting.board_pack.limits import EarnedFact, ExceptionFact
from mainstay.reporting.board_pack.parts import Parts
from mainstay.risk.exception_report.register import ExceptionReportRegister
from mainstay.risk.issue.register import IssueRegister
from mainstay.risk.risk.register import RiskRegister


def rows_of(register: type[Register], account: Account | None, parts: Parts, since: datetime, *names: str) -> QuerySet[Any]:
    """What is open, and what has been written since the earlier pack: a closed record is told once and then left out."""
    inside = Q()
    for lookup in register.scope:
        inside |= parts.within(lookup, register.model)
    is_open = Q(state__in=register.states.open) if register.states else Q()
    rows = visible_to(account, register).filter(inside, is_open | Q(updated_at__gte=since), is_withdrawn=False)
    # Prefetched and not joined: many rows share few initiatives and owners, and each of these is then made once.
    return rows.prefetch_related("initiative", "owner", *names).order_by("initiative__code", "ref", "pk")


def shared(row: Any, parts: Parts, code: str = "") -> dict[str, Any]:
    """What all records have; `code` is that of the initiative where it was read without it."""
    names = {"pk": row.pk, "ref": row.ref, "title": row.title, "state": row.state, "marking": row.marking}
    return {**names, "code": code or row.initiative.code, "part": parts.code(row.initiative_id) or parts.whole.code}


def name_of(person: Any) -> str:
    return person.title if person is not None else ""


def day_of(moment: datetime | None) -> date | None:
    return local(moment).date() if moment is not None else None


def plans(account: Account | None, parts: Parts) -> Iterator[PlanFact]:
    """The live plans, each with its baseline finish: the latest one of its activities."""
    rows = visible_to(account, PlanRegister).filter(parts.within("initiative__path", PlanRegister.model), is_live=True, is_withdrawn=False)
    held = list(rows.select_related("initiative").order_by("initiative__code", "pk"))
    finishes = (
        Activity.objects.filter(plan__in=[row.pk for row in held], is_summary=False)
        .values_list("plan")
        .annotate(last=Max("baseline_finish"))
    )
    baseline = dict(finishes.order_by())
    performances = performed.of(held)
    for row in held:
        told = shared(row, parts)
        del told["state"]
        yield PlanFact(
            **told,
            number=row.number,
            file_name=row.file_name,
            document_digest=row.document_digest,
            application=row.application,
            status_date=day_of(row.status_date),
            received_on=local(row.created_at).date(),
            starts_on=row.starts_on,
            finishes_on=row.finishes_on,
            baseline_finish=day_of(baseline.get(row.pk)),
            activities=row.activity_count,
            links=row.link_count,
            warnings=len(row.warnings),
            earned=earned_of(performances.get(row.pk)),
        )


def earned_of(found: PlanPerformance | None) -> EarnedFact | None:
    if found is None:
        return None
    return EarnedFact(
        weight=found.weight,
        cpi=found.cpi,
        spi=found.spi,
        spi_t=found.spi_t,
        idle=found.idle,
        unsaid=tuple(f"{name} {reason}" for name, reason in sorted(found.unsaid.items())),
    )


def milestones(account: Account | None, parts: Parts, since: datetime) -> Iterator[MilestoneFact]:
    for row in rows_of(MilestoneRegister, account, parts, since):
        yield MilestoneFact(
            **shared(row, parts),
            kind=row.get_kind_display(),
            owner=name_of(row.owner),
            standing=row.standing,
            baseline_original=row.baseline_original,
            baseline_current=row.baseline_current,
            forecast=row.forecast,
            actual=row.actual,
            tolerance_days=row.tolerance_days,
            confidence=row.confidence,
            as_at=local(row.as_at).date(),
            source=row.source,
        )


def dependencies(account: Account | None, parts: Parts, since: datetime) -> Iterator[DependencyFact]:
    for row in rows_of(DependencyRegister, account, parts, since, "giver", "giver_owner"):
        told = shared(row, parts)
        told["part"] = parts.code(row.initiative_id)
        yield DependencyFact(
            **told,
            giver=row.giver_name,
            giver_part=parts.code(row.giver_id),
            product=row.product,
            owner=name_of(row.owner),
            giver_owner=name_of(row.giver_owner),
            needed_by=row.needed_by,
            promised_by=row.promised_by,
            forecast=row.forecast,
            criticality=row.criticality,
            impact=row.impact,
            standing=row.standing,
            as_at=local(row.as_at).date(),
        )


def risks(account: Account | None, parts: Parts, since: datetime) -> Iterator[RiskFact]:
    for row in rows_of(RiskRegister, account, parts, since, "shared_cause"):
        yield RiskFact(
            **shared(row, parts),
            nature=row.nature,
            category=row.category,
            cause=row.cause,
            event=row.event,
            effect=row.effect,
            owner=name_of(row.owner),
            proximity=row.get_proximity_display() if row.proximity else "",
            probability=row.probability,
            cost_likely=row.cost_likely,
            days_likely=row.days_likely,
            expected_cost=row.expected_cost,
            shared_cause=str(row.shared_cause) if row.shared_cause else "",
            response=row.get_response_display() if row.response else "",
            response_plan=row.response_plan,
            review_on=row.review_on,
            as_at=local(row.as_at).date(),
        )


def issues(account: Account | None, parts: Parts, since: datetime) -> Iterator[IssueFact]:
    for row in rows_of(IssueRegister, account, parts, since):
        yield IssueFact(
            **shared(row, parts),
            kind=row.get_kind_display(),
            priority=row.priority,
            severity=row.severity,
            owner=name_of(row.owner),
            raised_on=row.raised_on,
            due_on=row.due_on,
            cost=row.cost,
        )


def decisions(account: Account | None, parts: Parts, since: datetime) -> Iterator[DecisionFact]:
    for row in rows_of(DecisionRegister, account, parts, since):
        yield DecisionFact(
            **shared(row, parts),
            question=row.question,
            because=row.because,
            options=row.options,
            forum=row.forum,
            owner=name_of(row.owner),
            needed_by=row.needed_by,
            cost=row.cost,
            if_not=row.if_not,
            outcome=row.outcome,
            decided_on=row.decided_on,
        )


def actions(account: Account | None, parts: Parts, since: datetime) -> Iterator[ActionFact]:
    for row in rows_of(ActionRegister, account, parts, since):
        yield ActionFact(
            **shared(row, parts),
            owner=name_of(row.owner),
            origin=row.origin,
            original_due_on=row.original_due_on,
            due_on=row.due_on,
            done_on=row.done_on,
        )


def exceptions(account: Account | None, parts: Parts, since: datetime) -> Iterator[ExceptionFact]:
    names = ("deviation", "cause", "consequences", "options", "recommendation", "lessons", "needed_by", "outcome", "decided_on")
    for row in rows_of(ExceptionReportRegister, account, parts, since):
        yield ExceptionFact(
            **shared(row, parts),
            dimension=row.get_dimension_display(),
            owner=name_of(row.owner),
            answer=row.get_answer_display() if row.answer else "",
            **{name: getattr(row, name) for name in names},
        )
