"""Calendars of reviews: the calendar of a place with its reviewers; a proposal asked for, read and accepted, as on the pages."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.api import bodies
from mainstay.api.answers import account_of, answer, record_answer, record_of
from mainstay.api.operations import READS, WRITES, Operation
from mainstay.api.packs import place_of
from mainstay.api.schemas import Schema, ref
from mainstay.assurance.calendar import board, gathering
from mainstay.assurance.calendar.period import period_of
from mainstay.assurance.proposal import accepting, viewing
from mainstay.assurance.proposal.asking import NAMES, USUAL, asked
from mainstay.assurance.proposal.model import Proposal
from mainstay.assurance.proposal.plain import as_json
from mainstay.assurance.proposal.register import ProposalRegister
from mainstay.assurance.review.register import ReviewRegister
from mainstay.jobs import work
from mainstay.register.document import DocumentError
from mainstay.register.errors import Frozen, Invalid, NotFound, Refused
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register
from mainstay.register.store import StoreError


def proposal_of(request: HttpRequest, register: type[Register], pk: int) -> Proposal:
    """A proposal of whose every review the caller may read."""
    row: Proposal = record_of(request, register, pk)
    if not viewing.may_see(account_of(request), row):
        raise NotFound
    return row


def calendar(request: HttpRequest, register: type[Register]) -> JsonResponse:  # noqa: ARG001  # every operation's first argument
    """Reviews of an initiative and all below it in a time (`year=2027`, or twelve months `from` a day), with teams and what is wrong;
    and review days of each reviewer by month against their limits."""
    place, account = place_of(request, request.GET.get("initiative", "")), account_of(request)
    period = period_of({"by": "month", **request.GET.dict()}, timezone.localdate())
    found = gathering.gathered(place, account, period)
    lines = board.board(account, period)
    return answer({
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "reviews": [as_entry(one) for one in (*found.entries, *found.undated)],
        "reviewers": [
            {
                "reviewer": line.reviewer.pk,
                "title": line.reviewer.title,
                "days": {f"{begin:%Y-%m}": cell.days for (begin, _end), cell in zip(period.steps(), line.cells, strict=True)},
                "most_days": line.reviewer.most_days,
                "year_days": line.year_days,
                "days_a_year": line.reviewer.days_a_year,
                "two_at_once": list(line.doubled),
            }
            for line in lines
        ],
    })  # fmt: skip


def as_entry(one: gathering.Entry) -> dict[str, Any]:
    review = one.review
    days = {name: getattr(review, name) for name in ("window_from", "window_to", "meeting_on", "starts_on", "ends_on", "decision_on")}
    return {
        "review": review.pk, "ref": review.ref, "title": review.title, "kind": review.kind, "initiative": review.initiative.code,
        "state": review.state, **{name: day.isoformat() if day else None for name, day in days.items()},
        "leader": one.leader, "members": list(one.members), "wrong": [fault.lead for fault in one.faults],
    }  # fmt: skip


def start(request: HttpRequest, register: type[Register]) -> JsonResponse:  # noqa: ARG001  # every operation's first argument
    """Start the search for a calendar of an initiative with everything below it; the answer names the job that works on it."""
    body = bodies.body_of(request)
    bodies.refuse_others(body, "initiative", *NAMES)
    place, actor = place_of(request, body.get("initiative")), actor_of(request)
    if actor.account is None or not viewing.may_write(actor.account, place):
        raise Refused(_("You may not propose calendars of %(place)s.") % {"place": place})
    options = asked(place, actor.account, {**USUAL, **{name: body[name] for name in NAMES if name in body}})
    arguments = {"initiative": place.pk, "by": actor.account.pk, **options.as_arguments()}
    title = _("Calendar of reviews of %(code)s") % {"code": place.code}
    made = work.start("assurance.propose", arguments, by=actor.account, title=title, url="")
    return answer({"job": made.pk, "state": made.state}, 201)


def content(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """All that a proposal says: days and teams, what moves from where, what has no place, why, and what would free it."""
    row = proposal_of(request, register, pk)
    try:
        return answer(as_json(row.content))
    except (StoreError, DocumentError) as fault:
        raise Frozen(str(fault)) from fault


def accept(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """Write the days and teams of the reviews that are named by their ids: all of them, or nothing where one has changed since."""
    row, body = proposal_of(request, register, pk), bodies.body_of(request)
    bodies.refuse_others(body, "version", "reviews")
    chosen = body.get("reviews")
    if not isinstance(chosen, list) or not all(isinstance(one, int) and not isinstance(one, bool) for one in chosen):
        raise Invalid({"reviews": [_("Send the ids of the reviews to accept as a list of numbers.")]})
    version = body.get("version")
    accepting.accept(row, chosen, version if isinstance(version, int) else None, actor_of(request))
    row.refresh_from_db()
    return record_answer(request, register, row)


OBJECT: Schema = {"type": "object"}
NUMBER: Schema = {"type": "integer"}
JOB: Schema = {"type": "object", "properties": {"job": NUMBER, "state": {"type": "string"}}, "required": ["job", "state"]}
ASKED: Schema = {
    "type": "object",
    "properties": {
        "initiative": NUMBER, "year": NUMBER, "notice_weeks": NUMBER, "seconds": NUMBER, "seed": NUMBER,
        "basis": {"type": "string", "enum": ["plan", "p50", "p80"]}, "rooms": {"type": "string", "maxLength": 300},
    },
    "required": ["initiative"],
}  # fmt: skip
CHOSEN: Schema = {
    "type": "object",
    "properties": {"version": NUMBER, "reviews": {"type": "array", "items": NUMBER}},
    "required": ["version", "reviews"],
}


def parameter(name: str, kind: str, description: str, *, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "required": required, "schema": {"type": kind}, "description": description}


def operations() -> Iterator[Operation]:
    tag, base = ProposalRegister.title(), "/assurance/proposal"
    yield Operation(
        "GET", "/assurance/calendar", calendar, "assurance.review:view", "calendar_assurance", "Calendar of reviews",
        ReviewRegister.title(), OBJECT, register=ReviewRegister,
        parameters=(
            parameter("initiative", "integer", "Id of the initiative; all below it counts too.", required=True),
            parameter("year", "integer", "A calendar year."),
            parameter("from", "string", "First day of twelve months; today where neither is sent."),
        ),
    )  # fmt: skip
    yield Operation(
        "POST", base, start, "assurance.proposal:create", "start_assurance_proposal", "Propose a calendar of reviews", tag, JOB, 201, ASKED,
        failures=WRITES, register=ProposalRegister,
    )  # fmt: skip
    yield Operation(
        "GET", base + "/{int:pk}/calendar", content, "assurance.proposal:view", "calendar_assurance_proposal", "What a proposal says", tag,
        OBJECT, failures=(*READS, 409), register=ProposalRegister,
    )  # fmt: skip
    yield Operation(
        "POST", base + "/{int:pk}/accept", accept, "assurance.proposal:change", "accept_assurance_proposal", "Accept a proposed calendar",
        tag, ref("Proposal"), 200, CHOSEN, failures=WRITES, register=ProposalRegister,
    )  # fmt: skip
