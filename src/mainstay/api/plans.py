"""Plans in: a file becomes the next version of an initiative's plan, looked at like one that comes by a page."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from mainstay.api.answers import record_answer
from mainstay.api.operations import WRITES, Operation
from mainstay.api.packs import BINARY, NUMBER, TEXT, place_of
from mainstay.api.schemas import Schema, ref
from mainstay.exchange import batch, plans, uploads
from mainstay.initiatives.models import Initiative
from mainstay.planning import receiving
from mainstay.planning.plan.register import PlanRegister
from mainstay.register.errors import Invalid, Refused
from mainstay.register.history import Actor
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register

YES = "yes"


def receive(request: HttpRequest, register: type[Register]) -> JsonResponse:
    """Send a plan: multipart/form-data with `file` and `initiative`. The same file twice is one version.

    What stands against it (older than the live version, another project's, …) is told and nothing is kept, unless `all_the_same` is `yes`.
    """
    place, actor = place_of(request, request.POST.get("initiative", "")), actor_of(request)
    if not receiving.may_receive(place, actor):
        raise Refused(_("You may not load plans for %(place)s.") % {"place": place})
    held = request.FILES.get("file")
    if not isinstance(held, UploadedFile):
        raise Invalid({"file": [_("Send the file of the plan as the part `file` of multipart/form-data.")]})
    if (held.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        raise Invalid({"file": [_("It is larger than %(most)d MB.") % {"most": settings.UPLOAD_LIMIT_BYTES // 1_000_000}]})
    found = read(held, place, actor)
    against = [] if request.POST.get("all_the_same") == YES else batch.unaccepted(found)
    faults = [*found.faults.values(), *found.problems, *against]
    if not faults and (found.tables or not found.arrivals):
        faults = [_("This file holds no plan.")]
    if faults:
        raise Invalid({"file": faults})
    made = plans.take_in(found.arrivals, actor)
    return record_answer(request, register, made[0], 201)


def read(held: "UploadedFile[Any]", place: Initiative, actor: Actor) -> batch.Batch:
    """What stands in the file, read in a limited process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "0"
        with path.open("wb") as target:
            for chunk in held.chunks():
                target.write(chunk)
        found = batch.read([(path, uploads.tidy(held.name))], actor, into=place.code)
    if len(found.arrivals) == 1:
        batch.place(found, {"0": place.code}, actor)
    return found


PLAN: Schema = {
    "type": "object",
    "properties": {"file": BINARY, "initiative": NUMBER, "all_the_same": {**TEXT, "enum": [YES]}},
    "required": ["file", "initiative"],
}


def operations() -> Iterator[Operation]:
    yield Operation(
        "POST", "/planning/plan", receive, "planning.plan:import", "receive_planning_plan", "Send a plan", PlanRegister.title(),
        ref("Plan"), 201, PLAN, "multipart/form-data", failures=WRITES, register=PlanRegister,
        headers={"Location": "Where the new record is."},
    )  # fmt: skip
