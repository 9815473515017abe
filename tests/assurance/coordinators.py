"""What one of several coordinators does at the same moment, in an installation that tests reach only through processes."""

import json
import sys
import time
from pathlib import Path

import django

django.setup()

from mainstay.accounts.models import Account  # noqa: E402  # needs the apps
from mainstay.assurance.models import Member, Proposal  # noqa: E402  # needs the apps
from mainstay.assurance.proposal import accepting, proposing  # noqa: E402  # needs the apps
from mainstay.assurance.proposal.options import Options  # noqa: E402  # needs the apps
from mainstay.initiatives.models import Initiative  # noqa: E402  # needs the apps
from mainstay.register import actions  # noqa: E402  # needs the apps
from mainstay.register.errors import ActionError  # noqa: E402  # needs the apps
from mainstay.register.history import Actor  # noqa: E402  # needs the apps
from mainstay.register.spec import REGISTERS  # noqa: E402  # needs the apps

COORDINATORS = 3
DAYS = {"window_from": "2050-05-09", "window_to": "2050-05-12"}
"""A Monday to the Thursday: every review of that week takes the same days."""


def create(name: str, actor: Actor, **values: object) -> int:
    return int(actions.create(REGISTERS[name], values, actor).pk)


def set_up() -> int:
    """One reviewer; as many programmes, each with a review of the same days for which they are asked and one that a proposal places."""
    actor = Actor(Account.objects.create_user("chief@example.org", "Ada Chief", is_administrator=True), "command")
    person = create("organisation.person", actor, title="Only One", email="only.one@example.org")
    reviewer = create("assurance.reviewer", actor, title="Only One", person=person, may_lead=True, most_days=20)
    for number in range(COORDINATORS):
        place = create("initiatives.initiative", actor, code=f"P{number}", title=f"Programme {number}", kind="programme")
        asked = {"title": "Asked", "initiative": place, "kind": "gate-0", "members": 0}
        review = create("assurance.review", actor, **asked, **DAYS, starts_on="2050-03-07", ends_on="2050-03-10")
        create("assurance.member", actor, title=f"Asked {number}", initiative=place, review=review, reviewer=reviewer, part="leader")
        create("assurance.review", actor, **{**asked, "title": "Wanted"}, **DAYS)
    return reviewer


def propose() -> int:
    """A proposal for each programme: each takes the only reviewer on the only days."""
    actor = Actor(Account.objects.get(email="chief@example.org"), "command")
    for place in Initiative.objects.order_by("pk"):
        proposing.keep(proposing.work_out(place, Options(year=2050, seconds=2), actor.account), actor)
    return Proposal.objects.count()


def book(actor: Actor, number: int) -> str:
    """The place of one's own programme: `done`, or why not."""
    place = Member.objects.get(title=f"Asked {number}")
    try:
        actions.move(REGISTERS["assurance.member"], place.pk, place.version, "book", actor)
    except ActionError as fault:
        return str(fault)
    return "done"


def accept(actor: Actor, number: int) -> str:
    """The proposal of one's own programme."""
    row = Proposal.objects.get(initiative__code=f"P{number}")
    try:
        accepting.accept(row, [one.review.pk for one in row.content.placed if one.review.title == "Wanted"], row.version, actor)
    except ActionError as fault:
        return str(fault)
    return "done"


WORK = {"book": book, "accept": accept}


def main(work: str, number: str, start: str) -> None:
    """Wait until the file `start` is there, so that all begin together."""
    actor = Actor(Account.objects.get(email="chief@example.org"), "command")
    print("ready", file=sys.stderr, flush=True)
    while not Path(start).exists():
        time.sleep(0.002)
    print(json.dumps(WORK[work](actor, int(number))))


if __name__ == "__main__":
    main(*sys.argv[1:])
