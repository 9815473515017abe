"""The work behind a proposal: take the live plans, search, and keep what comes out as a record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay import __version__
from mainstay.engine.errors import EngineError
from mainstay.engine.levelling.plan_levelling import HEAVIEST, Levelled, PlanState, level_plan, level_plan_within_float
from mainstay.engine.levelling.pool import Pool
from mainstay.engine.levelling.search import Limits
from mainstay.engine.plan import ActivityKind
from mainstay.engine.worktime import datetime_of
from mainstay.formats.schedule import Activity, Schedule
from mainstay.initiatives.models import Initiative
from mainstay.planning import joining
from mainstay.planning.comparison import called, in_words
from mainstay.planning.conversion import activity_key
from mainstay.planning.conversion.pool import pool_of
from mainstay.planning.joining import Inputs
from mainstay.planning.levelling.effect import Effect, Moved, PlanUsed, ProjectEffect
from mainstay.planning.levelling.loads import loads
from mainstay.planning.levelling.model import Levelling
from mainstay.planning.levelling.register import LevellingRegister
from mainstay.register import document, numbering, store
from mainstay.register.derived import introduce
from mainstay.register.errors import Invalid, Refused
from mainstay.register.history import Actor
from mainstay.register.record import Marking, Source
from mainstay.register.words import day, local

FEWEST_SECONDS, MOST_SECONDS, USUAL_SECONDS = 1, 600, 20
LARGEST_SEED = 10**18 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How long and from which seed is searched."""

    seconds: int = USUAL_SECONDS
    seed: int = 1
    within_float: bool = False
    priorities: Mapping[str, int] = field(default_factory=dict)
    """Project code → how many times a day of its finish counts; empty where only the last finish of all does."""

    def check(self) -> None:
        if not FEWEST_SECONDS <= self.seconds <= MOST_SECONDS:
            text = _("Give a number of seconds from %(fewest)d to %(most)d.") % {"fewest": FEWEST_SECONDS, "most": MOST_SECONDS}
            raise Invalid({"seconds": [text]})
        if not 0 <= self.seed <= LARGEST_SEED:
            raise Invalid({"seed": [_("Give a whole number of at most 18 digits as the seed.")]})
        if any(not 1 <= weight <= HEAVIEST for weight in self.priorities.values()):
            raise Invalid({"priority": [_("Give a whole number from 1 to %(most)d as a priority.") % {"most": HEAVIEST}]})
        if self.priorities and self.within_float:
            raise Invalid({"priority": [_("Within float no finish moves, so leave the priorities empty.")]})


@dataclass(frozen=True, slots=True)
class Ready:
    """What was searched, on its way to being kept."""

    inputs: Inputs
    options: Options
    effect: Effect


def work_out(place: Initiative, options: Options, told: Callable[[PlanState], bool]) -> Ready:
    """Level the live plans at and below an initiative. Raises Invalid or Refused with a sentence."""
    options.check()
    given = joining.inputs(place)
    if not given.plans:
        raise Refused(_("There is no live plan of %(place)s or anything below it. Import one first.") % {"place": place})
    try:
        joined = joining.joined(given)
    except (EngineError, store.StoreError) as fault:
        raise Refused(str(fault)) from fault
    pool = pool_of(joined.schedules, joined.plan)
    try:
        limits = Limits(seconds=float(options.seconds), seed=options.seed)
        if options.within_float:
            made = level_plan_within_float(joined.plan, pool, limits, told)
        else:
            made = level_plan(joined.plan, pool, limits, told, options.priorities)
    except EngineError as fault:
        names = {activity_key(code, row.uid): called(row) for code, schedule in joined.schedules.items() for row in schedule.activities}
        raise Refused(str(in_words(fault, names))) from fault
    found = effect(made, pool, given, joined.schedules)
    weighed = tuple(replace(row, priority=options.priorities.get(row.code, 1) if options.priorities else 0) for row in found.projects)
    return Ready(given, options, replace(found, within_float=options.within_float, projects=weighed))


def effect(made: Levelled, pool: Pool, given: Inputs, schedules: Mapping[str, Schedule]) -> Effect:
    rows = {activity_key(code, row.uid): (code, row) for code, schedule in schedules.items() for row in schedule.activities}
    return Effect(
        projects=tuple(
            ProjectEffect(
                plan.initiative.code,
                plan.initiative.title,
                datetime_of(made.before.project_finish(plan.initiative.code)),
                datetime_of(made.after.project_finish(plan.initiative.code)),
            )
            for plan in given.plans
        ),
        moved=tuple(moved(made, place, *rows[made.before.plan.activities[place].id]) for place in made.moved),
        loads=loads(made, pool),
        before=datetime_of(int(made.before.finish.max())),
        after=datetime_of(int(made.after.finish.max())),
        bound=datetime_of(made.bound),
        gap=round(made.gap, 3),
        movable=len(made.movable),
        schedules=made.lists,
        seconds=round(made.seconds, 2),
        stopped=made.stopped,
        overbooked=made.overbooked,
        engine_version=__version__,
        plans=tuple(PlanUsed(plan.initiative.code, plan.number, plan.document_digest) for plan in given.plans),
    )


def moved(made: Levelled, place: int, code: str, row: Activity) -> Moved:
    return Moved(
        project=code,
        uid=row.uid,
        code=row.activity_id or row.wbs or str(row.uid),
        name=row.name,
        is_milestone=made.before.plan.activities[place].kind == ActivityKind.MILESTONE,
        start_before=datetime_of(int(made.before.start[place])),
        start_after=datetime_of(int(made.after.start[place])),
        finish_before=datetime_of(int(made.before.finish[place])),
        finish_after=datetime_of(int(made.after.finish[place])),
    )


def keep(ready: Ready, actor: Actor) -> Levelling:
    """Write the proposal, in the caller's transaction."""
    place, found, now = ready.inputs.initiative, ready.effect, timezone.now()
    made = Levelling(
        initiative=place,
        title=_("Levelling of %(code)s, %(day)s") % {"code": place.code, "day": day(local(now).date())},
        state="proposed",
        source=Source.DERIVED,
        marking=max((plan.marking for plan in ready.inputs.plans), key=list(Marking.values).index),
        made_at=now,
        made_by=actor.called[:120],
        seconds=found.seconds,
        seed=ready.options.seed,
        input_digest=ready.inputs.digest,
        result_digest=store.put(document.to_bytes(found)),
        finish_before=found.before.date(),
        finish_after=found.after.date(),
        gap=found.gap,
        moved_count=len(found.moved),
    )
    made.ref = numbering.free_reference(LevellingRegister, made)
    made.save(force_insert=True)
    introduce(LevellingRegister, [made], actor, verb="create")
    return made
