"""`mainstay forecast`: run a forecast of an initiative, compare two, or make one again and say whether every figure is the same."""

import argparse
import json
from typing import Any

from mainstay.cli import installation
from mainstay.cli.bar import Bar
from mainstay.cli.outcome import DONE, REFUSED, UNREADABLE, Failure


def add(commands: Any) -> None:
    parser = commands.add_parser("forecast", help="run, compare and repeat forecasts", description=__doc__)
    kinds = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    one = kinds.add_parser("run", help="run a forecast", description="Run a forecast of an initiative with everything below it.")
    one.add_argument("initiative", help="code of the initiative")
    one.add_argument("--iterations", type=int, default=10_000, metavar="N", help="how often it is played through (%(default)s)")
    one.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same figures (%(default)s)")
    one.add_argument("--sampling", default="random", metavar="HOW", help="random, latin_hypercube or sobol (%(default)s)")
    one.add_argument("--stop-at", type=float, metavar="DAYS", help="stop once the standard error of the P80 finish is no more than this")
    one.add_argument("--before-responses", action="store_true", help="take risks as they stand before their responses")
    one.set_defaults(run=run_one)
    two = kinds.add_parser("compare", help="compare two runs", description="What changed from one run to another, and what came of it.")
    two.add_argument("before", metavar="A", help="reference of the earlier run, e.g. F-003, or SCR:F-003 where several have it")
    two.add_argument("after", metavar="B", help="reference of the later run")
    two.set_defaults(run=compare)
    again = kinds.add_parser(
        "again",
        help="make a run again",
        description="Run the frozen input once more and say whether all bits are equal; exit code 1 if not.",
    )
    again.add_argument("run_ref", metavar="RUN", help="reference of the run, e.g. F-003 or SCR:F-003")
    again.set_defaults(run=make_again)
    for each in (one, two, again):
        each.add_argument("--as", dest="email", metavar="ADDRESS", default="", help="account to act as (the first administrator)")
        each.add_argument("--json", action="store_true", help="print JSON")


def run_one(arguments: argparse.Namespace) -> int:
    installation.ready()
    from mainstay.forecasts import (  # needs Django, loaded by `ready`
        options,
        running,
        viewing,  # as above
    )
    from mainstay.initiatives.initiative.register import InitiativeRegister  # as above
    from mainstay.register.access import visible_to  # as above
    from mainstay.register.history import Actor  # as above

    with installation.told(), Bar() as bar:
        actor = Actor(installation.administrator(arguments.email), "command")
        place = visible_to(actor.account, InitiativeRegister).filter(code__iexact=arguments.initiative, is_withdrawn=False).first()
        if place is None or not viewing.may_run(actor.account, place):
            raise Failure(f"There is no initiative {arguments.initiative} that this account may forecast.")
        chosen = options.Options(
            iterations=arguments.iterations,
            seed=arguments.seed,
            after=not arguments.before_responses,
            sampling=arguments.sampling,
            stop_days=arguments.stop_at,
        )
        made = running.forecast(place, actor, chosen, installation.progress(bar))
    finish, cost = made.outlook.programme.finish, made.outlook.programme.cost
    told: dict[str, Any] = {"run": made.ref, "input": made.input_digest, "result": made.result_digest}
    if finish:
        told |= {"plan": finish.plan.isoformat(), "p50": finish.at(50).day.isoformat(), "p80": finish.at(80).day.isoformat()}
    if cost:
        told |= {"cost_p50": round(cost.at(50).amount, 2), "cost_p80": round(cost.at(80).amount, 2)}
    print(json.dumps(told) if arguments.json else "\n".join(f"{name:<10}{value}" for name, value in told.items()))
    return DONE


def compare(arguments: argparse.Namespace) -> int:
    installation.ready()
    from mainstay.forecasts import comparing  # needs Django, loaded by `ready`
    from mainstay.register.document import DocumentError  # as above
    from mainstay.register.store import StoreError  # as above

    with installation.told():
        before, after = (chosen(name, arguments.email) for name in (arguments.before, arguments.after))
        try:
            found = comparing.as_json(comparing.compare(before, after))
        except (StoreError, DocumentError) as fault:
            raise Failure(str(fault), UNREADABLE) from fault
    print(json.dumps(found, ensure_ascii=False) if arguments.json else "\n".join(lines(found)))
    return DONE


def lines(found: dict[str, Any]) -> list[str]:
    """A comparison for people: sentences, what changed, then figures in columns."""
    told = [*found["summary"], *([found["fault"]] if found["fault"] else [])]
    told += [f"  {text}" for part in found["inputs"] for text in part["changes"]]
    told.append(f"{'':<58}{found['before']:>14}{found['after']:>14}  change")
    for name in ("results", "parts", "drivers", "critical"):
        told += [f"{row['name'][:57]:<58}{row['before']:>14}{row['after']:>14}  {row['change']}" for row in found[name]]
    return told


def make_again(arguments: argparse.Namespace) -> int:
    installation.ready()
    from mainstay.forecasts import remaking  # needs Django, loaded by `ready`
    from mainstay.register.history import Actor  # as above

    with installation.told(), Bar() as bar:
        run = chosen(arguments.run_ref, arguments.email)
        remade = remaking.remake(run, installation.progress(bar))
        remaking.note(run, remade, Actor(installation.administrator(arguments.email), "command"))
    told = {"run": run.ref, "equal": remade.is_equal, "differing": list(remade.differing)}
    print(json.dumps(told) if arguments.json else remade.sentence)
    return DONE if remade.is_equal else REFUSED


def chosen(name: str, email: str) -> Any:
    """The run of that reference; where several initiatives have one, with the initiative's code and a colon before it."""
    from mainstay.forecasts import viewing  # needs Django
    from mainstay.forecasts.run.register import RunRegister  # as above
    from mainstay.register.access import visible_to  # as above

    account = installation.administrator(email)
    code, _colon, ref = name.rpartition(":")
    rows = visible_to(account, RunRegister).filter(ref__iexact=ref, is_withdrawn=False).select_related("initiative")
    found = [row for row in (rows.filter(initiative__code__iexact=code) if code else rows) if viewing.may_see(account, row.initiative)]
    if len(found) > 1:
        places = ", ".join(sorted(row.initiative.code for row in found)[:4])
        raise Failure(f"{ref} stands more than once ({places}). Put the initiative's code and a colon before it.")
    if not found:
        raise Failure(f"There is no run {name}.")
    return found[0]
