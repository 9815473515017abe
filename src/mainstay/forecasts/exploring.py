"""What explains a forecast: the network run again without each thing, with each thing otherwise, and as time goes by."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from mainstay.engine.simulation import Driver, DriverKind, SimulationResult
from mainstay.engine.simulation.alternatives import (
    Alternative,
    against,
    before_response,
    certain_project,
    unshared,
    without_opportunities,
)
from mainstay.engine.simulation.drawdown import Remaining, drawdown
from mainstay.engine.simulation.drivers import driver_count, excluded
from mainstay.engine.simulation.inputs import Nature
from mainstay.engine.simulation.merging import MergeBias, merge_bias
from mainstay.engine.simulation.rerun import Rerun
from mainstay.engine.simulation.sensitivity import Sensitivity, sensitivity
from mainstay.engine.simulation.translation import Translation
from mainstay.engine.worktime import datetime_of, minute_of
from mainstay.forecasts.taking import Taken

MOST_RESPONSES, MOST_CAUSES, MOST_PROJECTS = 60, 40, 60
MOST_SENSITIVE = 200
MOST_MONTHS = 36

Told = Callable[[str], Callable[[int], None]]


@dataclass(frozen=True, slots=True)
class Explored:
    """By kind; all on the same random numbers as the run itself."""

    drivers: tuple[Driver, ...]
    """Risks, causes and groups of durations, then the projects."""
    responses: tuple[Driver, ...]
    sharing: tuple[Driver, ...]
    opportunities: Driver | None
    sensitivities: tuple[Sensitivity, ...]
    bias: MergeBias
    remaining: tuple[Remaining, ...]


def explore(
    taken: Taken,
    translation: Translation,
    result: SimulationResult,
    iterations: int,
    seed: int,
    day: date,
    told: Told,
    over: Callable[[int], None],
) -> Explored:
    """Run all of it; `told` gives what to tell of the runs done under a text, `over` is called with how many are behind."""
    model, rerun = taken.model, Rerun(iterations=iterations, seed=seed)
    left_out = excluded(model, rerun, translation=translation, progress=told(_("leaving out one driver after the other")))
    over(len(left_out))
    others = list(alternatives(taken))
    compared = against(model, others, rerun, translation=translation, progress=told(_("with projects, responses and causes otherwise")))
    over(len(others))
    months = firsts_of_months(taken, translation, day)
    remaining = drawdown(
        model, months, expiry(taken, translation, result), rerun, translation=translation, progress=told(_("drawing contingency down"))
    )
    over(len(months))
    critical = sorted((name for name, share in result.criticality.items() if share > 0), key=lambda name: -result.criticality[name])

    def of(kind: DriverKind) -> tuple[Driver, ...]:
        return tuple(one for one in compared if one.kind is kind)

    return Explored(
        drivers=(*left_out, *of(DriverKind.PROJECT)),
        responses=of(DriverKind.RESPONSE),
        sharing=of(DriverKind.SHARING),
        opportunities=next(iter(of(DriverKind.OPPORTUNITIES)), None),
        sensitivities=sensitivity(model, critical[:MOST_SENSITIVE], result.criticality, rerun),
        bias=merge_bias(model, result.criticality, rerun),
        remaining=remaining,
    )


def run_count(taken: Taken, translation: Translation, day: date) -> int:
    """How many runs `explore` tells of."""
    return driver_count(taken.model, translation) + sum(1 for _one in alternatives(taken)) + len(firsts_of_months(taken, translation, day))


def alternatives(taken: Taken) -> Iterator[Alternative]:
    """Each project as planned, each cause taken apart, no opportunity, and each risk as it stood before its response."""
    model = taken.model
    if len(taken.joined.plan.projects) > 1:
        yield from (certain_project(model, project.id) for project in taken.joined.plan.projects[:MOST_PROJECTS])
    yield from (unshared(model, cause.id) for cause in model.causes[:MOST_CAUSES])
    if any(risk.nature is Nature.OPPORTUNITY for risk in model.risks):
        yield without_opportunities(model)
    changed = [before for after, before in zip(model.risks, taken.before.risks, strict=True) if after != before]
    # What the response costs stays in: it is told beside what it saves, and the difference of both as net.
    yield from (before_response(model, before) for before in changed[:MOST_RESPONSES])


def firsts_of_months(taken: Taken, translation: Translation, day: date) -> list[int]:
    """The day itself, then the first of every month until the planned finish is past; every second or third where they are many."""
    planned = datetime_of(int(translation.dates.finish[: len(taken.model.plan.activities)].max())).date()
    months = [day]
    while months[-1] <= planned:
        at = months[-1]
        months.append(date(at.year + at.month // 12, at.month % 12 + 1, 1))
    step = -(-len(months) // MOST_MONTHS)
    kept = months[::step]
    return [minute_of(datetime.combine(at, time())) for at in (kept if kept[-1] == months[-1] else [*kept, months[-1]])]


def expiry(taken: Taken, translation: Translation, result: SimulationResult) -> dict[str, int]:
    """Risk → the instant from which it is over: the end of its window, else that of what it acts on in the plan."""
    found = {}
    plan = taken.model.plan
    for event in taken.model.risks:
        until = taken.exposure.risks[event.id].window_to
        if until is not None:
            found[event.id] = minute_of(datetime.combine(until + timedelta(days=1), time()))
        elif event.time:
            found[event.id] = max(int(translation.dates.finish[plan.index[impact.activity]]) for impact in event.time)
        else:
            projects = [impact.project for impact in event.cost if impact.project in taken.joined.plan.arrays.project_numbers]
            found[event.id] = max((result.planned_finish_of(name) for name in projects), default=result.planned_finish_of())
    return found
