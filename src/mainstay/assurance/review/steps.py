"""The way of a review from proposal to close, and what each step waits for."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from mainstay.assurance.review.model import Review
from mainstay.register.states import Move, State, States

FOLLOWING = ("proposed", "agreed", "assessed", "planned")
"""States in which the window still moves with its milestone."""
PLACED = ("agreed", "assessed", "planned", "under_way", "draft", "factual", "issued", "closed")
DONE = ("issued", "closed")

STATES = States(
    {
        "proposed": State("Proposed"),
        "agreed": State("Agreed"),
        "assessed": State("Assessment held"),
        "planned": State("Planning held"),
        "under_way": State("Under way"),
        "draft": State("Draft report"),
        "factual": State("Factual accuracy"),
        "issued": State("Issued"),
        "closed": State("Closed", is_open=False),
        "cancelled": State("Cancelled", is_open=False),
    },
    {
        "agree": Move("Agree", ("proposed",), "agreed", requires=("window_from", "window_to")),
        "assess": Move("Assessment meeting held", ("agreed",), "assessed", requires=("meeting_on",)),
        "plan": Move("Planning meeting held", ("agreed", "assessed"), "planned", requires=("planning_on",)),
        "begin": Move("Begin", ("planned",), "under_way", requires=("starts_on", "ends_on")),
        "draft": Move("Draft report is there", ("under_way",), "draft"),
        "check": Move("Send for factual accuracy", ("draft",), "factual"),
        "issue": Move("Final report issued", ("draft", "factual"), "issued"),
        "close": Move("Close", ("issued",), "closed"),
        "cancel": Move("Cancel", ("proposed", "agreed", "assessed", "planned"), "cancelled", needs_reason=True),
        "reopen": Move("Propose again", ("cancelled",), "proposed", needs_reason=True),
    },
)


def refusal(record: Any, move: str) -> str:
    if move == "assess" and record.type and not record.type.has_meeting:
        return _("%(type)s has no assessment meeting; go on to the planning meeting.") % {"type": record.type_label}
    if move == "plan" and record.state == "agreed" and record.type and record.type.has_meeting:
        return _("The assessment meeting comes first.")
    if move == "begin" and not record.team.filter(part="leader", state="booked", is_withdrawn=False).exists():
        return _("The review has no leader. Book one for its team first.")
    if move in ("draft", "check", "issue") and not record.reports.filter(is_withdrawn=False).exists():
        return _("There is no report yet. The team writes it as a record of its own, seen by its readers only.")
    if move == "issue" and not record.reports.filter(is_withdrawn=False, state="issued").exists():
        return _("Its report has not been issued to the senior responsible owner.")
    return unsettled(record) if move == "close" else ""


def unsettled(record: Any) -> str:
    """What keeps a review from being closed: documents still asked for, and carried recommendations of which it has said nothing."""
    open_ones = record.documents.filter(is_withdrawn=False, state__in=("asked", "given")).order_by("pk").values_list("ref", flat=True)
    if open_ones:
        text = _("Documents are still asked for: %(refs)s. Accept them, or say that they are not available.")
        return text % {"refs": ", ".join(open_ones[:20])}
    silent = record.carried.filter(carried_as="", is_released=True, is_withdrawn=False).order_by("pk").values_list("ref", flat=True)
    if silent:
        return _("Carried into it without a finding: %(refs)s. Say first what the review found.") % {"refs": ", ".join(silent[:20])}
    return ""


def window_of(record: Any) -> tuple[date, date] | None:
    """First and last day of the window as its milestone gives it; None where none is named or it has no date."""
    expected: date | None = record.milestone.expected if record.milestone_id else None
    if expected is None:
        return None
    last = expected + timedelta(days=record.offset_days or 0)
    return last - timedelta(days=(record.window_days or 1) - 1), last


def settle(record: Any, before: Mapping[str, Any]) -> None:
    """What follows: the window from the milestone, and the window as it was agreed."""
    if record.state in FOLLOWING and (window := window_of(record)):
        record.window_from, record.window_to = window
    if record.state == "agreed" and before.get("state") == "proposed":
        record.agreed_to = record.window_to


def moved(review: Review) -> bool:
    return review.state in PLACED and bool(review.slip_days)
