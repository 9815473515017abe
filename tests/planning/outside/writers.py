"""What one of several people does at the same moment with promises, in an installation that tests reach only through processes."""

import json
import sys
import time
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.utils import timezone  # noqa: E402  # needs the apps

from mainstay.accounts.models import Account  # noqa: E402  # needs the apps
from mainstay.initiatives.models import Initiative  # noqa: E402  # needs the apps
from mainstay.planning.dependency.register import DependencyRegister  # noqa: E402  # needs the apps
from mainstay.planning.models import Dependency, PromiseLink  # noqa: E402  # needs the apps
from mainstay.planning.promises import answers, bearing, linking  # noqa: E402  # needs the apps
from mainstay.register import actions  # noqa: E402  # needs the apps
from mainstay.register.errors import Invalid, Stale  # noqa: E402  # needs the apps
from mainstay.register.history import Actor  # noqa: E402  # needs the apps
from mainstay.register.spec import REGISTERS  # noqa: E402  # needs the apps

PARTY = {"outside": "giver", "outside_name": "Wil Grid", "outside_body": "Tern Power", "outside_email": "wil@tern.example.org"}


def chief() -> Actor:
    return Actor(Account.objects.get(email="chief@example.org"), "command")


def set_up() -> None:
    """Two projects, and a promise of a party outside to one of them, with its link."""
    Account.objects.create_user("chief@example.org", "Ada Chief", is_administrator=True)
    for code in ("W0", "W1"):
        actions.create(REGISTERS["initiatives.initiative"], {"code": code, "title": code, "kind": "project"}, chief())
    place = Initiative.objects.get(code="W0").pk
    values = {"title": "Power on", "giver": place, "initiative": place, "needed_by": "2027-03-01", **PARTY}
    row = actions.create(DependencyRegister, values, chief())
    linking.make(row, timezone.localdate() + timedelta(days=30), chief())


def answer(number: int) -> str:
    """The party offers a day of its own on the page that it has open: `taken`, or what it is told."""
    link = PromiseLink.objects.select_related("of__initiative", "of__giver").get()
    try:
        answers.take(link, "offer", 1, f"2027-02-0{number + 1}", "", bearing.actor_of(link))
    except (Stale, Invalid) as fault:
        return type(fault).__name__
    return "taken"


def promise(number: int) -> str:
    """Each project promises the other the activity that it waits for itself: `saved`, or why it was refused."""
    here, there = (Initiative.objects.get(code=f"W{(number + step) % 2}").pk for step in (0, 1))
    values = {"title": "Work", "giver": here, "initiative": there, "give_activity": "work", "get_activity": "work"}
    try:
        actions.create(DependencyRegister, values, chief())
    except Invalid as fault:
        return "circle" if "closes a circle" in str(fault) else str(fault)
    return "saved"


def found() -> dict[str, object]:
    row = Dependency.objects.get(title="Power on")
    return {"state": row.state, "version": row.version, "promises": Dependency.objects.filter(title="Work").count()}


def main(what: str, number: str, start: str) -> None:
    """Wait until the file `start` is there, so that all begin together."""
    print("ready", file=sys.stderr, flush=True)
    while not Path(start).exists():
        time.sleep(0.002)
    print(json.dumps({"answer": answer, "promise": promise}[what](int(number))))


if __name__ == "__main__":
    main(*sys.argv[1:])
