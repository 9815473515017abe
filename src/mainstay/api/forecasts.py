"""Forecasts: starting one, its figures as kept, two compared, and one made again. The same steps as the pages'."""

import json
from collections.abc import Iterator

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from mainstay.api import bodies
from mainstay.api.answers import account_of, answer, record_of
from mainstay.api.operations import READS, WRITES, Operation
from mainstay.api.packs import place_of
from mainstay.api.schemas import Schema
from mainstay.forecasts import comparing, options, showing, viewing
from mainstay.forecasts.run.model import Run
from mainstay.forecasts.run.register import RunRegister
from mainstay.jobs import work
from mainstay.register import store
from mainstay.register.document import DocumentError
from mainstay.register.errors import Frozen, Invalid, NotFound, Refused
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register
from mainstay.register.store import StoreError


def run_of(request: HttpRequest, register: type[Register], pk: int) -> Run:
    """A run whose whole the caller may read."""
    run: Run = record_of(request, register, pk)
    if not viewing.may_see(account_of(request), run.initiative):
        raise NotFound
    return run


def start(request: HttpRequest, register: type[Register]) -> JsonResponse:  # noqa: ARG001  # every operation's first argument
    """Start a forecast of an initiative with everything below it; the answer names the job that works on it."""
    body = bodies.body_of(request)
    bodies.refuse_others(body, "initiative", *options.NAMES)
    place, actor = place_of(request, body.get("initiative")), actor_of(request)
    if not viewing.may_run(actor.account, place):
        raise Refused(_("You may not run forecasts of %(place)s.") % {"place": place})
    chosen = options.read({**options.USUAL_BODY, **body})
    if needs := showing.needs(place):
        raise Invalid({"initiative": needs})
    arguments = {"initiative": place.pk, **options.as_arguments(chosen), "by": actor.account.pk if actor.account else 0}
    made = work.start("forecasts.run", arguments, by=actor.account, title=_("Forecast of %(code)s") % {"code": place.code}, url="")
    return answer({"job": made.pk, "state": made.state}, 201)


def figures(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """Everything that a run says: percentiles with standard errors, drivers, responses, critical work, contingency, provenance."""
    run = run_of(request, register, pk)
    try:
        return answer(json.loads(store.get(run.result_digest)))
    except StoreError as fault:
        raise Frozen(str(fault)) from fault


def compare(request: HttpRequest, register: type[Register], pk: int, other: int) -> JsonResponse:
    """What changed from run `pk` to run `other`: in plans, risks and budgets, and in the figures."""
    before, after = run_of(request, register, pk), run_of(request, register, other)
    try:
        return answer(comparing.as_json(comparing.compare(before, after)))
    except (StoreError, DocumentError) as fault:
        raise Frozen(str(fault)) from fault


def again(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """Start making a run again from its frozen input; the job's end and the history of the run say whether every figure is the same."""
    run, actor = run_of(request, register, pk), actor_of(request)
    if not viewing.may_run(actor.account, run.initiative):
        raise Refused(_("You may not run forecasts of %(place)s.") % {"place": run.initiative})
    arguments = {"run": run.pk, "by": actor.account.pk if actor.account else 0}
    made = work.start("forecasts.again", arguments, by=actor.account, title=_("%(ref)s made again") % {"ref": run.ref}, url="")
    return answer({"job": made.pk, "state": made.state}, 201)


OBJECT: Schema = {"type": "object"}
JOB: Schema = {"type": "object", "properties": {"job": {"type": "integer"}, "state": {"type": "string"}}, "required": ["job", "state"]}


def operations() -> Iterator[Operation]:
    tag, base = RunRegister.title(), "/forecasts/run"
    body: Schema = {
        "type": "object",
        "properties": {"initiative": {"type": "integer"}, **options.SCHEMA},
        "required": ["initiative"],
    }
    yield Operation(
        "POST", base, start, "forecasts.run:create", "start_forecasts_run", "Start a forecast", tag, JOB, 201, body,
        failures=WRITES, register=RunRegister,
    )  # fmt: skip
    yield Operation(
        "GET", base + "/{int:pk}/figures", figures, "forecasts.run:view", "figures_forecasts_run", "Figures of a forecast", tag, OBJECT,
        failures=(*READS, 409), register=RunRegister,
    )  # fmt: skip
    yield Operation(
        "GET", base + "/{int:pk}/compare/{int:other}", compare, "forecasts.run:view", "compare_forecasts_run", "Compare two forecasts", tag,
        OBJECT, failures=(*READS, 409), register=RunRegister,
    )  # fmt: skip
    yield Operation(
        "POST", base + "/{int:pk}/again", again, "forecasts.run:create", "again_forecasts_run", "Make a forecast again", tag, JOB, 201,
        failures=WRITES, register=RunRegister,
    )  # fmt: skip
