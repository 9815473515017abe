"""Models for the tests of the simulation: random ones of every feature, and small ones of independent or parallel activities."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mainstay.engine.plan import Activity, ActivityKind, ConstraintType, LagKind, Link, LinkType, Options, PlanData, Project
from mainstay.engine.simulation import (
    ActivityRate,
    Alternative,
    Branch,
    ConditionalBranch,
    CorrelationGroup,
    CostImpact,
    CostItem,
    DurationClass,
    DurationFactor,
    DurationUncertainty,
    Inflation,
    Loading,
    Nature,
    ProjectRate,
    ResourcePrice,
    RiskEvent,
    SharedCause,
    SimulationModel,
    TaskExistence,
    TimeImpact,
    Weather,
    WeatherMonth,
    Window,
)
from mainstay.engine.simulation.distributions import (
    BetaPert,
    Cumulative,
    Discrete,
    Distribution,
    Exponential,
    Lognormal,
    Normal,
    Triangular,
    Uniform,
)
from mainstay.engine.worktime import Calendar, minute_of

OFFICE = Calendar("office", (((480, 720), (780, 1020)),) * 5 + ((),) * 2)
WEEK = Calendar("week", (((360, 960),),) * 7)
NIGHT = Calendar("night", (((1320, 1800),),) * 4 + ((),) * 3)
CLOCK = Calendar("clock", (((0, 1440),),) * 7)
START = minute_of(datetime(2026, 1, 5, 8))  # noqa: DTZ001 - a plan's clock has no zone
DAY = 480


def by_the_clock(durations: Sequence[tuple[str, int]], links: Sequence[tuple[str, str]]) -> PlanData:
    """One project in which every minute is worked, so that instants are sums of durations."""
    return PlanData(
        projects=(Project(id="P", calendar="clock", start=START),),
        calendars=(CLOCK,),
        activities=tuple(Activity(id=name, duration=length, project="P") for name, length in durations),
        links=tuple(Link(a, b) for a, b in links),
    )


def drawn(
    durations: dict[str, Distribution], links: Sequence[tuple[str, str]] = (), loadings: dict[str, tuple[Loading, ...]] | None = None
) -> SimulationModel:
    """A model of uncertain durations alone, in minutes by the clock."""
    plan = by_the_clock([(name, round(max(found.mean, 0.0))) for name, found in durations.items()], links)
    kept = loadings or {}
    return SimulationModel(
        plan=plan, durations=tuple(DurationUncertainty(name, found, kept.get(name, ())) for name, found in durations.items())
    )


def any_distribution(rnd: random.Random, size: float) -> Distribution:
    low, high = size * rnd.uniform(0.5, 1.0), size * rnd.uniform(1.0, 2.0)
    return rnd.choice(
        [
            Triangular(low, size, high),
            BetaPert(low, size, high),
            Uniform(low, high),
            Normal(size, 0.2 * size),
            Lognormal(size, 0.3 * size),
            Exponential(size),
            Discrete((low, size, high), (0.25, 0.5, 0.25)),
            Cumulative((low, size, high), (0.0, 0.7, 1.0)),
        ]
    )


def random_plan(seed: int) -> PlanData:
    """Two or three projects of every kind of link, lag, constraint, summary and progress, on three calendars."""
    rnd = random.Random(seed)
    names = [f"P{k}" for k in range(rnd.randint(1, 3))]
    projects = []
    for name in names:
        options = rnd.choice([Options.microsoft_project(), Options.primavera()])
        projects.append(Project(id=name, calendar="office", start=START, status_date=START + 1440 * 9, options=options))
    activities: list[Activity] = []
    for name in names:
        summary = f"{name}.S"
        activities.append(Activity(id=summary, project=name, kind=ActivityKind.SUMMARY))
        count = rnd.randint(6, 16)
        activities.extend(_activity(rnd, f"{name}.{k}", name, summary if rnd.random() < 0.3 else None) for k in range(count))
    return PlanData(tuple(projects), (OFFICE, WEEK, NIGHT), tuple(activities), tuple(_links(rnd, activities)))


def _activity(rnd: random.Random, key: str, project: str, parent: str | None) -> Activity:
    made = Activity(
        id=key,
        project=project,
        parent=parent,
        duration=60 * rnd.randint(4, 80),
        calendar=rnd.choice([None, None, None, "week", "night"]),
    )
    chance = rnd.random()
    if chance < 0.08:
        return replace(made, duration=0, kind=ActivityKind.MILESTONE, calendar=None, starts_work=rnd.random() < 0.5)
    if chance < 0.16:
        return replace(made, actual_start=START + 600, remaining=made.duration // 2, percent_complete=50)
    if chance < 0.22:
        return replace(made, actual_start=START, actual_finish=START + 1440 * 4, percent_complete=100)
    if chance < 0.34:
        kinds = [ConstraintType.START_NO_EARLIER_THAN, ConstraintType.FINISH_NO_EARLIER_THAN, ConstraintType.MUST_START_ON]
        return replace(made, constraint=rnd.choice(kinds), constraint_date=START + 1440 * rnd.randint(10, 40))
    if chance < 0.38:
        return replace(made, duration=1440 * rnd.randint(1, 9), elapsed=True, calendar=None)
    return made


def _links(rnd: random.Random, activities: Sequence[Activity]) -> list[Link]:
    work = [activity for activity in activities if activity.kind != ActivityKind.SUMMARY]
    found = {}
    for k, successor in enumerate(work):
        for _ in range(rnd.randint(0, 3) if k else 0):
            predecessor = rnd.choice(work[max(0, k - 12) : k])
            if predecessor.id != successor.id:
                kind = rnd.choice([LinkType.FS] * 4 + [LinkType.SS, LinkType.FF, LinkType.SF])
                lag = rnd.choice([0, 0, 0, 60 * rnd.randint(1, 30), -60 * rnd.randint(1, 4)])
                # A milestone at the very start of a day is taken as lying at the end of the day before; see network_tables.
                lag = abs(lag) if ActivityKind.MILESTONE in (predecessor.kind, successor.kind) else lag
                found[predecessor.id, successor.id] = Link(
                    predecessor.id, successor.id, kind, lag, rnd.choice([LagKind.WORKING, LagKind.WORKING, LagKind.ELAPSED])
                )
    return list(found.values())


def random_model(seed: int) -> SimulationModel:
    """Everything at once: own and classed durations, correlations, risks with causes, money of every kind."""
    rnd = random.Random(seed + 1000)
    plan = random_plan(seed)
    free = [row for row in plan.activities if row.kind == ActivityKind.TASK and row.actual_finish is None]
    own = rnd.sample(free, min(4, len(free)))
    causes = (SharedCause("storm", 0.3), SharedCause("strike", 0.1))
    risks = []
    for k in range(6):
        cause = rnd.choice([None, "storm", "strike"])
        risks.append(
            RiskEvent(
                f"R{k}",
                rnd.uniform(0.4, 0.6),
                rnd.choice([Nature.THREAT, Nature.THREAT, Nature.OPPORTUNITY]),
                tuple(TimeImpact(row.id, any_distribution(rnd, 600)) for row in rnd.sample(free, min(2, len(free)))),
                (CostImpact(rnd.choice(plan.projects).id, any_distribution(rnd, 5000)),),
                cause,
                0.9,
            )
        )
    return SimulationModel(
        plan=plan,
        durations=tuple(
            DurationUncertainty(row.id, any_distribution(rnd, max(row.duration, 60)), (Loading("mood", rnd.uniform(-0.6, 0.6)),))
            for row in own
        ),
        classes=(DurationClass("rest", BetaPert(0.8, 1, 1.6), None, (Loading("mood", 0.4), Loading("ground", 0.3))),),
        risks=tuple(risks),
        causes=causes,
        items=(CostItem("plant", plan.projects[0].id, Triangular(1000, 2000, 6000)),),
        activity_rates=(ActivityRate(own[0].id, 0.5),),
        project_rates=tuple(ProjectRate(project.id, 100.0, START) for project in plan.projects),
        milestones=(own[-1].id,),
    )


def whole_model(seed: int) -> SimulationModel:
    """The same with what few activities have: branches, windows and factors, weather, prices that grow, full correlation."""
    model = random_model(seed)
    rnd = random.Random(seed + 2000)
    own = {item.activity for item in model.durations}
    begun = [row for row in model.plan.activities if row.actual_start is not None]
    free = [row.id for row in model.plan.activities if row.kind == ActivityKind.TASK and row not in begun]
    others = [name for name in free if name not in own]
    if len(others) < 5:  # too little that is still to come: another one
        return whole_model(seed + 100)
    first, second, third = rnd.sample(others, 3)
    grouped = tuple(rnd.sample([name for name in others if name not in (first, second)], 2))
    size = {row.id: max(row.duration, 60) for row in model.plan.activities}
    late = [link for link in model.plan.links if link.successor in free and link.successor not in (first, second, third)]
    conditions = [ConditionalBranch("plan B", link.predecessor, START + 1440 * 12, (link.successor,)) for link in late[:1]]
    windows = [Window(START + 1440 * 5, START + 1440 * 25), Window(START + 1440 * 10), Window(None, START + 1440 * 20), None, None, None]
    risks = []
    for risk, window in zip(model.risks, windows, strict=True):
        factors = tuple(DurationFactor(name, Triangular(0.9, 1.1, 1.6)) for name in rnd.sample(others, 2))
        time = () if rnd.random() < 0.2 else risk.time
        costs = (CostImpact(model.plan.projects[0].id, BetaPert(10, 20, 60)),) if rnd.random() < 0.5 else ()
        risks.append(replace(risk, window=window, factors=factors if time and rnd.random() < 0.7 else (), time=time, response_cost=costs))
    project = model.plan.projects[-1].id
    return replace(
        model,
        risks=tuple(risks),
        durations=(*model.durations, *(DurationUncertainty(name, any_distribution(rnd, size[name])) for name in grouped)),
        items=(
            *model.items,
            CostItem("lease", project, Lognormal(5000, 900), loadings=(Loading("mood", 0.7),)),
            CostItem("stage payment", model.plan.projects[0].id, BetaPert(900, 1000, 1500), activity=first),
            CostItem("steel", project, Triangular(100, 400, 900)),
        ),
        activity_rates=(*model.activity_rates, ActivityRate(second, 2.0, resource="crane"), ActivityRate(second, 0.25)),
        project_rates=tuple(replace(rate, resource="crane") if k == 0 else rate for k, rate in enumerate(model.project_rates)),
        prices=(ResourcePrice("crane", BetaPert(0.9, 1.0, 1.4), (Loading("mood", -0.4),)),),
        inflation=Inflation(0.05, START + 1440 * 8),
        existences=(TaskExistence("rework", 0.4, (first,)),),
        branches=(Branch("ground", (Alternative(0.3, (second,)), Alternative(0.5, (third,)), Alternative(0.2))),),
        conditions=tuple(conditions),
        weather=(Weather("site", tuple(rnd.sample(free, 5)), tuple(WeatherMonth(k, 0.6, Triangular(1, 4, 9)) for k in (1, 2, 3)), 8),),
        correlations=(CorrelationGroup("crews", grouped, ("steel",), ((1.0, 0.8, -0.3), (0.8, 1.0, 0.1), (-0.3, 0.1, 1.0))),),
    )
