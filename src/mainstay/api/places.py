"""What belongs to no single register: who asks, what registers there are, the tree of initiatives, the search, jobs."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from mainstay.api import records
from mainstay.api.answers import account_of, answer, refuse_unknown_parameters, whole
from mainstay.api.operations import READS, WRITES, Operation, query
from mainstay.api.refusals import Unreadable
from mainstay.api.schemas import Schema
from mainstay.initiatives.models import Appointment
from mainstay.initiatives.roles import ROLES
from mainstay.jobs import work
from mainstay.jobs.models import Job, State
from mainstay.register import search
from mainstay.register.access import VERBS, paths_for, visible_to
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.requests import SIGNED_IN
from mainstay.register.spec import REGISTERS, Register


def me(request: HttpRequest) -> JsonResponse:
    """The account that asks: its roles and where they are held, and what it may do in which register."""
    account = account_of(request)
    if account is None:
        raise NotFound
    held = Appointment.live().filter(person__account=account).select_related("initiative", "office", "person")
    roles = [
        {"role": row.role, "label": str(ROLES[row.role].label), "at": str(row.initiative or row.office)}
        for row in held
        if row.role in ROLES
    ]
    return answer(
        {
            "name": account.name,
            "email": account.email,
            "is_administrator": account.is_administrator,
            "person": next((row.person_id for row in held), None),
            "roles": roles,
            "may": {key: [verb for verb in VERBS if paths_for(account, register, verb)] for key, register in REGISTERS.items()},
        }
    )


def registers(request: HttpRequest) -> JsonResponse:
    """The registers that the account may look into, with their fields, states and steps."""
    account = account_of(request)
    return answer({"results": [declared(register) for register in REGISTERS.values() if paths_for(account, register, "view")]})


def declared(register: type[Register]) -> dict[str, Any]:
    states = register.states
    return {
        "key": register.key,
        "title": register.title(),
        "url": records.address(register),
        "fields": [{"name": name, "label": register.label(name)} for name in register.fields()],
        "states": [{"name": name, "label": str(state.label), "is_open": state.is_open} for name, state in states.states.items()]
        if states
        else [],
        "moves": [
            {"name": name, "label": str(move.verb), "from": list(move.sources), "to": move.target} for name, move in states.moves.items()
        ]
        if states
        else [],
    }


def tree(request: HttpRequest) -> JsonResponse:
    """The initiatives that you may see, each below the one that it serves."""
    account, register = account_of(request), REGISTERS["initiatives.initiative"]
    rows = list(visible_to(account, register).filter(is_withdrawn=False).order_by("path"))
    nodes = {
        row.pk: {
            "id": row.pk,
            "code": row.code,
            "title": row.title,
            "kind": row.kind,
            "state": row.state,
            "url": records.address(register, row.pk),
            "children": [],
        }
        for row in rows
    }
    roots: list[Any] = []
    for row in rows:
        siblings = nodes[row.parent_id]["children"] if row.parent_id in nodes else roots
        siblings.append(nodes[row.pk])
    return answer({"results": roots})


def find(request: HttpRequest) -> JsonResponse:
    """Records of all registers that have all these words, the best first, of those that you may see."""
    refuse_unknown_parameters(request, {"q", "limit"})
    words = request.GET.get("q", "")
    if not words.strip():
        raise Unreadable(_("Say in q what to look for."))
    found = search.find(account_of(request), words.replace("\x00", " ")[:200], whole(request, "limit", 20, 100))
    hits = [
        {"register": hit.register.key, "id": hit.record_id, "label": hit.label, "url": records.address(hit.register, hit.record_id)}
        for hit in found.hits
    ]
    return answer({"count": found.total, "is_more": found.is_more, "counts": found.counts, "results": hits})


def jobs(request: HttpRequest) -> JsonResponse:
    """Your long work, the latest first."""
    refuse_unknown_parameters(request, {"limit"})
    return answer({"results": [job_shown(job) for job in work.visible_to(account_of(request))[: whole(request, "limit", 20, 100)]]})


def job(request: HttpRequest, pk: int) -> JsonResponse:
    """One piece of long work: how far it is, and what came of it."""
    return answer(job_shown(job_of(request, pk)))


def cancel(request: HttpRequest, pk: int) -> JsonResponse:
    """Stop a piece of work: at once while it waits, else at its next step."""
    held = job_of(request, pk)
    if not work.cancel(held):
        raise Invalid({"state": [_("This work is over.")]})
    held.refresh_from_db()
    return answer(job_shown(held))


def job_of(request: HttpRequest, pk: int) -> Job:
    found = work.visible_to(account_of(request)).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def job_shown(held: Job) -> dict[str, Any]:
    return {
        "id": held.pk,
        "kind": held.kind,
        "title": held.title,
        "state": held.state,
        "percent": held.percent,
        "text": held.text,
        "error": held.error,
        "result": held.result,
        "created_at": held.created_at.isoformat(),
        "ended_at": held.ended_at.isoformat() if held.ended_at else None,
        "url": f"{records.ROOT}/jobs/{held.pk}",
    }


def listed(item: Schema) -> Schema:
    return {"type": "object", "properties": {"results": {"type": "array", "items": item}}, "required": ["results"]}


ANY: Schema = {"type": "object"}
TEXT: Schema = {"type": "string"}
JOB: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"}, "kind": TEXT, "title": TEXT, "state": {"type": "string", "enum": list(State)},
        "percent": {"type": ["integer", "null"]}, "text": TEXT, "error": TEXT, "result": ANY,
        "created_at": {"type": "string", "format": "date-time"},
        "ended_at": {"type": ["string", "null"], "format": "date-time"}, "url": TEXT,
    },
}  # fmt: skip
LIMIT = query("limit", "How many at most.", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20})
GENERAL, WORK = "General", "Jobs"

OPERATIONS = (
    Operation("GET", "/me", me, SIGNED_IN, "me", "Who asks, and what it may do", GENERAL, ANY),
    Operation("GET", "/registers", registers, SIGNED_IN, "registers", "The registers that you may look into", GENERAL, listed(ANY)),
    Operation("GET", "/initiatives/tree", tree, SIGNED_IN, "initiatives_tree", "The tree of initiatives", GENERAL, listed(ANY)),
    Operation(
        "GET", "/search", find, SIGNED_IN, "search", "Search all registers", GENERAL, listed(ANY), failures=READS,
        parameters=(query("q", "The words to look for; the beginning of a word is enough."), LIMIT),
    ),
    Operation("GET", "/jobs", jobs, SIGNED_IN, "list_jobs", "Your long work", WORK, listed(JOB), parameters=(LIMIT,)),
    Operation("GET", "/jobs/{int:pk}", job, SIGNED_IN, "read_job", "One piece of long work", WORK, JOB),
    Operation("POST", "/jobs/{int:pk}/cancel", cancel, SIGNED_IN, "cancel_job", "Stop a piece of long work", WORK, JOB, failures=WRITES),
)  # fmt: skip
