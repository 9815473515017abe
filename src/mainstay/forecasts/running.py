"""The action that makes a run: freeze what goes in, simulate, keep what comes out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay import __version__
from mainstay.engine.errors import EngineError
from mainstay.engine.simulation import Driver as Found
from mainstay.engine.simulation import DriverKind
from mainstay.forecasts import durations, explaining, frozen, samples, telling
from mainstay.forecasts.facts import facts
from mainstay.forecasts.options import Options
from mainstay.forecasts.outlook import Driver, Outlook, Provenance
from mainstay.forecasts.run.model import Run
from mainstay.forecasts.run.register import RunRegister
from mainstay.forecasts.simulating import Simulated, simulate
from mainstay.forecasts.taking import Taken, take
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.jobs.progress import Progress
from mainstay.planning.comparison import called, in_words
from mainstay.planning.conversion import activity_key
from mainstay.register import document, history, numbering, search, store
from mainstay.register.errors import Refused
from mainstay.register.history import Actor, Event
from mainstay.register.record import Source
from mainstay.register.values import snapshot as values_of
from mainstay.register.words import day, local
from mainstay.risk.cause.register import CauseRegister
from mainstay.risk.risk.register import RiskRegister

MOST_DRIVERS = 40
ITEMS = (DriverKind.RISK, DriverKind.CAUSE, DriverKind.UNCERTAINTY)
TOLD = ("iterations", "seed", "after_responses", "sampling", "stop_days", "input_digest", "result_digest", "samples_digest")
"""What the history keeps of a run beside its name, so that nothing can be put in its place."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What was simulated, on its way to being kept."""

    taken: Taken
    frozen: bytes
    simulated: Simulated
    options: Options
    at: datetime
    """When its input was taken."""


def forecast(initiative: Initiative, actor: Actor, options: Options, progress: Progress) -> Run:
    """Run a forecast of `initiative` with everything below it, and keep it. Raises what `work_out` raises."""
    ready = work_out(initiative, options, progress)
    with transaction.atomic():
        return keep(ready, actor)


def work_out(initiative: Initiative, options: Options, progress: Progress) -> Ready:
    """Simulate what stands in the registers now. Raises Invalid or Refused with a sentence, also where the plans make no network."""
    options.check()
    found, now = facts(initiative), timezone.now()
    progress(0, 1, _("reading plans and risks"))
    try:
        taken = take(found, after=options.after, at=local(now).date())
    except (EngineError, store.StoreError) as fault:
        raise Refused(str(fault)) from fault
    try:
        simulated = simulate(taken, options, local(now).date(), progress)
    except EngineError as fault:
        schedules = taken.joined.schedules.items()
        names = {activity_key(code, row.uid): called(row) for code, schedule in schedules for row in schedule.activities}
        raise Refused(str(in_words(fault, names))) from fault
    return Ready(taken, frozen.frozen(found, after=options.after), simulated, options, now)


def keep(ready: Ready, actor: Actor) -> Run:
    """Write the run with its outlook; in the caller's transaction."""
    place, options, now = ready.taken.facts.initiative, ready.options, ready.at
    made = Run(
        initiative=place,
        title=_("Forecast of %(code)s, %(day)s") % {"code": place.code, "day": day(local(now).date())},
        state="kept",
        source=Source.DERIVED,
        marking=ready.taken.facts.marking,
        iterations=ready.simulated.result.iterations,
        seed=options.seed,
        after_responses=options.after,
        sampling=options.sampling,
        stop_days=options.stop_days,
        made_at=now,
        made_by=actor.called[:120],
        seconds=ready.simulated.seconds,
        engine_version=__version__,
        input_digest=store.put(ready.frozen),
    )
    made.ref = numbering.free_reference(RunRegister, made)
    told = outlook(ready, made, now)
    finish, cost = told.programme.finish, told.programme.cost
    made.result_digest = store.put(document.to_bytes(told))
    if finish:
        made.finish_plan, made.finish_p50, made.finish_p80 = finish.plan, finish.at(50).day, finish.at(80).day
    made.cost_p80 = Decimal(f"{cost.at(80).amount:.2f}") if cost else None
    made.samples_digest = store.put(samples.packed(ready.simulated.result))
    made.save(force_insert=True)
    search.index(RunRegister, [made])
    kept = {**values_of(RunRegister, made), **{name: getattr(made, name) for name in TOLD}}
    history.append([Event(RunRegister.key, "create", made.pk, made.ref, place.path, {}, kept)], actor, at=now)
    return made


def outlook(ready: Ready, run: Run, now: datetime) -> Outlook:
    """All that the run says."""
    taken, simulated = ready.taken, ready.simulated
    result, model, explored = simulated.result, taken.model, simulated.explored
    names = explaining.names_of(taken)
    own = min(len(model.durations), simulated.uncertain)
    return Outlook(
        programme=telling.whole_part(taken, result),
        projects=telling.project_parts(taken, result),
        groups=telling.group_parts(taken, result),
        milestones=telling.milestone_parts(taken, result),
        before_responses=telling.whole_part(taken, simulated.before) if simulated.before else None,
        drivers=drivers(taken, [one for one in explored.drivers if one.kind in ITEMS])[:MOST_DRIVERS],
        project_drivers=drivers(taken, [one for one in explored.drivers if one.kind is DriverKind.PROJECT]),
        critical=explaining.critical(names, explored.sensitivities),
        joint=telling.joint(taken, result, simulated.independent),
        joint_confidence=explaining.joint_confidence(taken, result),
        responses=explaining.responses(taken, explored),
        sharing=explaining.sharing(taken, explored),
        opportunities=explaining.opportunities(taken, explored),
        pert=explaining.pert(taken, names, explored.bias, result),
        merges=explaining.merges(taken, names, explored.bias),
        drawdown=explaining.drawdown(taken, result, explored),
        left_out=taken.exposure.left_out,
        money_basis=taken.funding.basis,
        provenance=Provenance(
            ref=run.ref,
            made_at=now,
            made_by=run.made_by,
            as_at=now,
            seed=run.seed,
            iterations=run.iterations,
            seconds=round(simulated.seconds, 3),
            digest=run.input_digest,
            engine_version=__version__,
            activities=result.activities,
            links=result.links,
            risks=len(model.risks),
            causes=len(model.causes),
            after_responses=run.after_responses,
            sampling=run.sampling,
            stop_days=run.stop_days,
            asked=ready.options.iterations,
            converged=result.converged,
            assumptions=(*durations.assumptions(own, simulated.uncertain - own), *taken.assumptions),
        ),
    )


def drivers(taken: Taken, found: Sequence[Found]) -> tuple[Driver, ...]:
    """The items that change something, those first that change P80 most."""
    has_cost = taken.funding.whole is not None
    told = [driver(taken, one, has_cost) for one in found]
    strongest = sorted(told, key=lambda one: (-abs(one.days), -abs(one.money or 0.0), one.ref))
    return tuple(one for one in strongest if one.days or one.money or one.mean_days or one.deviation_days)


def driver(taken: Taken, found: Found, has_cost: bool) -> Driver:
    return replace(
        named(taken, found),
        days=found.days,
        days_error=found.days_error,
        mean_days=found.mean_days,
        money=found.money if has_cost else None,
        money_error=found.money_error if has_cost else None,
        deviation_days=found.deviation_days,
        deviation_money=found.deviation_money if has_cost else None,
    )


def named(taken: Taken, found: Found) -> Driver:
    """What is left out, by the names that people use."""
    met = taken.exposure
    if found.kind is DriverKind.RISK:
        risk = met.risks[found.id]
        event = next(event for event in taken.model.risks if event.id == found.id)
        return Driver(
            kind=risk.nature,
            ref=risk.ref,
            title=risk.title,
            url=RiskRegister.url("detail", risk),
            probability=event.probability,
            projects=tuple(dict.fromkeys([risk.initiative.code, *(project_of(taken, impact.activity) for impact in event.time)])),
        )
    if found.kind is DriverKind.CAUSE:
        cause = met.shared[found.id]
        brought = [met.risks[event.id] for event in taken.model.risks if event.cause == found.id]
        return Driver(
            kind="cause",
            ref=cause.ref,
            title=cause.title,
            url=CauseRegister.url("detail", cause),
            probability=float(cause.probability) / 100,
            projects=tuple(sorted({risk.initiative.code for risk in brought})),
            risks=tuple(risk.ref for risk in brought),
        )
    if found.kind is DriverKind.PROJECT:
        place = next(row for row in taken.facts.initiatives if row.code == found.id)
        return Driver(
            kind="project", ref=place.code, title=place.title, url=InitiativeRegister.url("detail", place), projects=(place.code,)
        )
    code = found.id.partition(":")[2]
    return Driver(kind="uncertainty", ref=code, title=_("uncertain durations"), projects=(code,))


def project_of(taken: Taken, activity: str) -> str:
    plan = taken.model.plan
    return plan.activities[plan.index[activity]].project
