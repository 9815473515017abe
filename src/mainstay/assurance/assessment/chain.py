"""The chain of a risk potential assessment: completed, approved by the owner, validated by the P3O, accepted by the central unit."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.assessment.model import Assessment
from mainstay.initiatives.models import Appointment
from mainstay.register.access import may_at_hand
from mainstay.register.models import Change
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States

STATES = States(
    {
        "draft": State("Being answered"),
        "completed": State("Completed"),
        "approved": State("Approved by the owner"),
        "validated": State("Validated by the P3O"),
        "accepted": State("Accepted by the central unit", is_open=False),
    },
    {
        "complete": Move("Complete", ("draft",), "completed"),
        "approve": Move("Approve as senior responsible owner", ("completed",), "approved"),
        "validate": Move("Validate as P3O", ("approved",), "validated"),
        "accept": Move("Accepted by the central unit", ("validated",), "accepted", requires=("central_unit", "accepted_on")),
        "return": Move("Return", ("completed", "approved", "validated", "accepted"), "draft", needs_reason=True),
    },
)
FORWARD = ("complete", "approve", "validate", "accept")
SAID_BY = {"completed": "completed_by", "approved": "approved_by", "validated": "validated_by"}
JUDGED = ("initiative", "bank", "content", "whole_life_cost")


def refusal(register: type[Register], record: Any, move: str, account: Account | None) -> str:
    if move not in FORWARD:
        return ""
    if old := str(record.bank.superseded(timezone.localdate())):
        return old
    if record.bank.state != "in_use":
        return _("%(bank)s is a draft. Put it into use first.") % {"bank": record.bank.ref}
    if move == "complete":
        return " ".join(record.gaps)
    if account is not None and account.pk in takers(register, record):
        return _("You took an earlier step of this assessment: the next one is somebody else's.")
    if move == "approve" and not is_owner(record, account):
        return _("Only the senior responsible owner approves it.")
    directs = account is not None and not account.is_administrator and is_owner(record, account)
    if move == "validate" and (directs or not may_at_hand(account, "decide", register, record)):
        return _("Only the P3O validates it.")
    return ""


def takers(register: type[Register], record: Any) -> set[int]:
    """Who has taken a step since it was last returned."""
    found: set[int] = set()
    for change in Change.objects.filter(register=register.key, record_id=record.pk).order_by("-sequence"):
        if change.verb == "return":
            break
        if change.actor_id and change.verb in FORWARD:
            found.add(change.actor_id)
    return found


def is_owner(record: Any, account: Account | None) -> bool:
    """Whether the account's person directs the initiative or one above it."""
    if account is None or account.is_administrator:
        return account is not None
    held = Appointment.live().filter(role__in=("sro", "project_executive"), person__account=account, initiative__isnull=False)
    return any(record.initiative.path.startswith(path) for path in held.values_list("initiative__path", flat=True))


def settle(record: Any, before: Mapping[str, Any]) -> None:
    """Names of those who agreed go when it is returned; the cost that it was completed for stays with it."""
    if record.state == "draft":
        record.completed_by = record.approved_by = record.validated_by = ""
    elif before.get("state") == "draft" and record.whole_life_cost is None:
        record.whole_life_cost = record.initiative.budget


def name_taker(record: Any, account: Account | None) -> Iterator[tuple[str, str]]:
    """Called once a step is written, with whoever took it."""
    if (name := SAID_BY.get(record.state)) and not getattr(record, name):
        setattr(record, name, account.name if account else "")
        Assessment.objects.filter(pk=record.pk).update(**{name: getattr(record, name)})
    yield from ()


def judged_stay(record: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    """What has been completed is not written over: it is returned first, with a reason."""
    if record.pk and record.state not in ("draft", ""):
        for name in sorted(changed & set(JUDGED)):
            yield name, _("It has been completed with this. Return it first, with a reason.")


def answers_fit(record: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    """No answers to a form that has been superseded."""
    if changed & {"content", "bank"} and record.bank_id and (old := record.bank.superseded(timezone.localdate())):
        yield "bank", old
