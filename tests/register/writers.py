"""What one of several writers does at the same moment, in an installation that tests reach only through processes."""

import json
import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from mainstay.accounts.models import Account  # noqa: E402  # needs the apps
from mainstay.initiatives.models import Initiative  # noqa: E402  # needs the apps
from mainstay.register import actions  # noqa: E402  # needs the apps
from mainstay.register.errors import Invalid, Stale  # noqa: E402  # needs the apps
from mainstay.register.history import Actor  # noqa: E402  # needs the apps
from mainstay.register.spec import REGISTERS  # noqa: E402  # needs the apps

ACTION = REGISTERS["communications.action"]


def values() -> dict[str, Any]:
    return {"title": "Send it", "initiative": Initiative.objects.get(code="W").pk, "due_on": "2027-01-29", "owner": "Pat Writer"}


def write_many(actor: Actor, count: int) -> list[str]:
    """New records one after the other: their references."""
    return [actions.create(ACTION, values(), actor).ref for _number in range(count)]


def write_once(actor: Actor, _count: int) -> list[str]:
    """The same request as all others send: the reference of what it made or found."""
    return [actions.create(ACTION, values(), actor, once="the same press of a button").ref]


def first() -> str:
    """A record that nobody has changed yet."""
    chief = Actor(Account.objects.get(email="chief@example.org"), "command")
    return str(actions.create(ACTION, values(), chief, ref="ONE").ref)


def change_one(actor: Actor, _count: int) -> list[str]:
    """The version that all others have read too: whether it was saved."""
    record = ACTION.model._default_manager.get(ref="ONE")
    try:
        actions.change(ACTION, record.pk, 1, {"title": "Mine"}, actor)
    except Stale:
        return ["stale"]
    return ["saved"]


RING = 4


def ring() -> int:
    """Projects that can promise each other something."""
    chief = Actor(Account.objects.get(email="chief@example.org"), "command")
    kind = REGISTERS["initiatives.initiative"]
    for number in range(RING):
        actions.create(kind, {"code": f"R{number}", "title": f"Ring {number}", "kind": "project"}, chief)
    return RING


def promise_next(actor: Actor, number: int) -> list[str]:
    """A dependency from one project of the ring to the next: `saved`, or why it was refused."""
    here, there = (Initiative.objects.get(code=f"R{place % RING}").pk for place in (number, number + 1))
    values = {"title": f"Promise {number}", "giver": here, "initiative": there, "give_activity": "work", "get_activity": "work"}
    try:
        made = actions.create(REGISTERS["planning.dependency"], values, actor)
    except Invalid as fault:
        return fault.errors["get_activity"]
    return [f"saved {made.ref}"]


WORK = {"write_many": write_many, "write_once": write_once, "change_one": change_one, "promise_next": promise_next}


def main(work: str, count: str, start: str) -> None:
    """Wait until the file `start` is there, so that all begin together."""
    actor = Actor(Account.objects.get(email="chief@example.org"), "command")
    print("ready", file=sys.stderr, flush=True)
    while not Path(start).exists():
        time.sleep(0.002)
    print(json.dumps(WORK[work](actor, int(count))))


if __name__ == "__main__":
    main(*sys.argv[1:])
