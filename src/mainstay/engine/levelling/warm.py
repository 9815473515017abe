"""Compiles the loops of levelling once for this machine, so that nobody waits for it later."""

from datetime import datetime

from mainstay.engine.levelling.plain_levelling import level_plain
from mainstay.engine.levelling.plan_levelling import level_plan
from mainstay.engine.levelling.pool import Offer, Pool, Resource, Use
from mainstay.engine.levelling.problem import PlainProblem
from mainstay.engine.levelling.search import Limits
from mainstay.engine.plan import Activity, Link, LinkType, PlanData, Project
from mainstay.engine.worktime import Calendar, minute_of


def warm() -> None:
    """Two tiny problems that reach every loop."""
    limits = Limits(seconds=None, lists=200)
    level_plain(PlainProblem((2, 2, 2, 1), ((1,), (1,), (1,), (0,)), (1,), ((0, 3),)), limits)
    level_plan(tiny_plan(), tiny_pool(), limits)


def tiny_plan() -> PlanData:
    office = Calendar("office", (((480, 720), (780, 1020)),) * 5 + ((),) * 2)
    always = Calendar("always", (((0, 1440),),) * 7)
    return PlanData(
        projects=(Project(id="P", calendar="office", start=minute_of(datetime(2026, 1, 5, 8))),),  # noqa: DTZ001 - a plan's clock has no zone
        calendars=(office, always),
        activities=(
            Activity(id="A", duration=960, project="P"),
            Activity(id="B", duration=960, project="P", calendar="always"),
            Activity(id="C", duration=480, project="P"),
        ),
        links=(Link("A", "C", LinkType.SS, 240),),
    )


def tiny_pool() -> Pool:
    return Pool((Resource("R", "crew", (Offer(100),)),), tuple(Use(name, "R", 60) for name in "ABC"))
