"""The step that sends a pack to its list by hand, and what the pack's page shows of its receipts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from mainstay.register.access import may, paths_for, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import NotFound, Refused
from mainstay.register.history import Actor
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.reporting.delivery.register import DeliveryRegister
from mainstay.reporting.distribution import delivering, receipts
from mainstay.reporting.distribution.model import Distribution
from mainstay.reporting.distribution.register import DistributionRegister
from mainstay.reporting.snapshot.model import Snapshot
from mainstay.reporting.snapshot.register import SnapshotRegister


def may_send(snapshot: Snapshot, actor: Actor) -> bool:
    """Whoever keeps the list sends by it."""
    return any(snapshot.initiative.path.startswith(one) for one in paths_for(actor.account, DistributionRegister, "change"))


@require_POST
@asks("reporting.snapshot:view")
def send(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    snapshot = SnapshotRegister.rows(visible_to(actor.account, SnapshotRegister)).filter(pk=pk).first()
    if not isinstance(snapshot, Snapshot):
        raise NotFound
    refuse_past(seen_at(request))
    if not may_send(snapshot, actor):
        raise NotFound
    if snapshot.is_superseded:
        raise Refused(f"{snapshot.title} has been corrected. Send the pack that stands in its place.")
    delivering.send_to_list(snapshot, actor)
    return redirect("reporting.pack", snapshot.pk)


def shown(snapshot: Snapshot, actor: Actor, *, is_live: bool) -> dict[str, Any]:
    """What the pack's page says of its distribution; nothing to whoever may not see deliveries."""
    if not may(actor.account, "view", DeliveryRegister):
        return {}
    may_do = is_live and not snapshot.is_superseded and may_send(snapshot, actor)
    listed = Distribution.objects.filter(initiative=snapshot.initiative, state="listed", is_withdrawn=False) if may_do else None
    return {
        "deliveries": receipts.of_pack(snapshot, actor.account),
        "may_send": may_do,
        "listed": listed.count() if listed is not None else 0,
    }


urlpatterns: list[URLPattern] = [path("reporting/pack/<int:pk>/send/", send, name="reporting.pack_send")]
