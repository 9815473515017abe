"""The declaration of the register of cut-over steps; times are stamped by the steps themselves."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.transition.step.model import CutOverStep


class CutOverStepRegister(Register):
    model, code = CutOverStep, "CS"
    is_in_rail = False
    sections = {
        "Step": ("initiative", "plan", "place", "title", "owner", "details", "marking"),
        "Time": ("starts_minutes", "minutes", "waits_for", "gate"),
        "Outcome": ("fallback", "result"),
    }
    columns = ("ref", "place", "title", "plan", "owner", "starts_minutes", "minutes", "gate", "state", "started_at", "ended_at")
    filters = ("state", "plan", "initiative", "owner", "gate")
    search = ("ref", "title", "details", "result")
    order = ("place", "pk")
    inline = ("place", "owner", "starts_minutes", "minutes")
    states = States(
        {
            "waiting": State("Waiting"),
            "running": State("Running"),
            "failed": State("Failed"),
            "done": State("Done", is_open=False),
            "skipped": State("Left out", is_open=False),
        },
        {
            "start": Move("Start", ("waiting",), "running"),
            "finish": Move("Done", ("running",), "done"),
            "fail": Move("Failed", ("running",), "failed", needs_reason=True),
            "skip": Move("Leave out", ("waiting", "failed"), "skipped", needs_reason=True),
            "undo": Move("Undo", ("running", "done", "failed", "skipped"), "waiting", needs_reason=True),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        if move in ("start", "skip") and record.plan.state != "cut_over":
            return _("The cut-over has not begun: first the plan is given its go.")
        if move == "start" and record.waits_for_id and record.waits_for.state not in ("done", "skipped"):
            return _("%(step)s comes first.") % {"step": record.waits_for}
        if move == "undo" and CutOverStep.objects.filter(waits_for=record.pk, is_withdrawn=False).exclude(state="waiting").exists():
            return _("A later step that waits for this one has begun. Undo that one first.")
        return ""

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        """The clock stamps what the buttons say."""
        state, was = record.state, before.get("state", "waiting")
        if state == was:
            return
        if state == "waiting":
            record.started_at = record.ended_at = None
        elif state == "running":
            record.started_at, record.ended_at = timezone.now(), None
        else:
            record.ended_at = timezone.now()
