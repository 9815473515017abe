"""Sending packs to their lists killed at chosen moments, in an installation that tests reach only through processes."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from mainstay.post.models import Message
from mainstay.register import actions, history
from mainstay.register.models import Change
from mainstay.reporting.delivery.model import Delivery
from mainstay.reporting.distribution import delivering
from mainstay.reporting.distribution.model import Distribution
from mainstay.reporting.distribution.register import DistributionRegister
from tests.contract import worlds
from tests.contract.worlds import World, actor
from tests.reporting.killed import freeze, killed_after, timed

PEOPLE = 12
LATER = timezone.localdate() + timedelta(days=30)


def lists() -> None:
    """Twelve board members on the list."""
    world = World()
    Distribution.objects.update(state="paused")
    for number in range(PEOPLE):
        account = worlds.appoint(f"board{number}@example.org", f"Board Member {number}", "board_member", world.programme)
        values = {"initiative": world.programme.pk, "person": account.person.pk, "title": "Board", "after_days": 0}
        actions.create(DistributionRegister, values, actor(world.administrator))


def send() -> None:
    delivering.run(LATER)


def sending(points: int) -> dict[str, Any]:
    """Killed at `points` moments of a run, each with a pack of its own; the next run goes on from there."""
    lists()
    freeze("Sent undisturbed")
    whole = timed(send)
    told: dict[str, Any] = {"ended": 0, "part": 0, "half": []}
    for point in range(points):
        pack = freeze(f"Sent at point {point}")
        told["ended"] += killed_after(whole * (point + 0.5) / points, send)
        told["part"] += 0 < Delivery.objects.filter(snapshot=pack).count() < PEOPLE
        send()
        sent = Delivery.objects.filter(snapshot=pack, state="sent", message__isnull=False).count()
        written = Message.objects.filter(key__startswith=f"pack-{pack.pk}-").count()
        events = Change.objects.filter(register="reporting.delivery", verb="send", after__title__startswith=f"{pack.title} to").count()
        if not sent == written == events == PEOPLE:
            told["half"].append([pack.title, sent, written, events])
    told["faults"] = list(map(str, history.faults()))
    return told
