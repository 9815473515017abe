"""`mainstay assurance`: propose a calendar of reviews for a portfolio or programme, and print it."""

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mainstay.cli import installation
from mainstay.cli.bar import Bar
from mainstay.cli.outcome import DONE, Failure
from mainstay.cli.stopping import Stop

if TYPE_CHECKING:
    from mainstay.assurance.proposal.model import Proposal


def add(commands: Any) -> None:
    parser = commands.add_parser("assurance", help="propose a calendar of reviews", description=__doc__)
    kinds = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    one = kinds.add_parser(
        "calendar",
        help="propose a calendar of reviews",
        description="Find days and teams for the reviews that are not confirmed, and keep the proposal. Nothing else is written: a person "
        "accepts it on its page. Ctrl-C keeps the best so far.",
    )
    one.add_argument("place", help="code of the portfolio or programme")
    one.add_argument("--year", type=int, default=0, metavar="YYYY", help="reviews of that year (the twelve months from today)")
    one.add_argument("--seconds", type=int, default=30, metavar="N", help="how long is searched at most (%(default)s)")
    one.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed and seconds give the same calendar (%(default)s)")
    one.add_argument("--basis", default="plan", metavar="WHICH", help="plan, p50 or p80: dates that days are to suit (%(default)s)")
    one.add_argument("--notice", type=int, default=4, metavar="WEEKS", help="weeks that reviewers are given at least (%(default)s)")
    one.add_argument(
        "--rooms", default="", metavar="TEXT", help='regions with how many reviews each holds at once, such as "Belfast: 2; Derry: 1"'
    )
    one.add_argument("--as", dest="email", metavar="ADDRESS", default="", help="account to act as (the first administrator)")
    one.add_argument("--json", action="store_true", help="print JSON")
    one.set_defaults(run=calendar)


def calendar(arguments: argparse.Namespace) -> int:
    installation.ready()
    from mainstay.assurance.proposal import plain, proposing, viewing  # needs Django, loaded by `ready`
    from mainstay.assurance.proposal.asking import asked  # as above
    from mainstay.initiatives.initiative.register import InitiativeRegister  # as above
    from mainstay.register.access import visible_to  # as above
    from mainstay.register.history import Actor  # as above

    with installation.told():
        actor = Actor(installation.administrator(arguments.email), "command")
        place = visible_to(actor.account, InitiativeRegister).filter(code__iexact=arguments.place, is_withdrawn=False).first()
        if place is None or not viewing.may_write(actor.account, place):
            raise Failure(f"There is no initiative {arguments.place} for which this account may propose a calendar.")
        told = {"year": arguments.year, "basis": arguments.basis, "notice_weeks": arguments.notice, "rooms": arguments.rooms}
        options = asked(place, actor.account, {**told, "seconds": arguments.seconds, "seed": arguments.seed})
        with Bar() as bar, Stop() as stop:
            best = [0]

            def tell(points: int, bound: int) -> None:
                best[0] += 1
                bar(best[0], best[0] + 1, f"{points} points, no calendar below {bound}")

            ready = proposing.work_out(place, options, actor.account, stopped=lambda: stop.asked, tell=tell)
        made = proposing.keep(ready, actor)
    document = {"proposal": made.ref, "place": place.code, **plain.as_json(ready.content)}
    print(json.dumps(document, ensure_ascii=False) if arguments.json else "\n".join(lines(made, document)))
    return DONE


def lines(made: "Proposal", document: dict[str, Any]) -> Iterator[str]:
    yield f"{made.ref} {made.title}: {made.placed_count} placed, {made.moved_count} moved, {made.left_count} without a place"
    for one in document["placed"]:
        moved = f"  moved from {one['was']}" if one["was"] != one["first"] else "  another team"
        change = "" if not one["was"] else "  as it stands" if one["is_kept"] else moved
        team = ", ".join((one["leader"], *one["members"]))
        yield f"  {one['first']} to {one['last']}  {one['place']:<10} {one['review']}  {team}{change}"
    for one in document["without_place"]:
        yield f"  no place: {one['place']} {one['review']}"
        yield from (f"      {text}" for text in one["reasons"])
        yield from (f"      would free it: {text}" for text in one["remedies"])
