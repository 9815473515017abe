"""A dependency whose activities would close a circle is refused, with the circle named. Asked after each write, one writer at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.planning import lookup
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Activity, Dependency, Plan
from mainstay.planning.plan.register import PlanRegister
from mainstay.planning.promises.waiting import Waiting
from mainstay.planning.receiving import schedule_of
from mainstay.register.access import visible_to

LINKING = ("draft", "offered", "countered", "agreed", "delivered", "disputed")
"""States in which a dependency is, or may come to be, something that the getter waits for."""
FIELDS = frozenset({"giver", "initiative", "give_activity", "get_activity", "state", "is_withdrawn"})
MOST_NAMED = 16


@dataclass(frozen=True, slots=True)
class Place:
    """One activity: by its plan and number, or, where no plan has it, by its project and name."""

    plan: int
    key: str
    label: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and (self.plan, self.key) == (other.plan, other.key)

    def __hash__(self) -> int:
        return hash((self.plan, self.key))


@dataclass(frozen=True, slots=True)
class Step:
    """A place on the way, and the dependency that led there; None where a plan's own logic did."""

    place: Place
    by: Dependency | None = None


def place_of(name: str, initiative: Initiative) -> Place:
    activity = lookup.find([name], initiative)[0].activity
    if activity is None:
        return Place(-initiative.pk, name.strip().casefold(), f"{name.strip()} ({initiative.code})")
    return placed(activity)


def placed(activity: Activity) -> Place:
    name = f"{activity.code} {activity.name}" if activity.code else str(activity.name)
    return Place(activity.plan_id, str(activity.uid), f"{name} ({activity.plan.initiative.code})")


def closes_no_circle(record: Any, account: Account | None) -> Iterator[tuple[str, str]]:
    """The gate's form of the rule: field and sentence."""
    if record.state in LINKING and not record.is_withdrawn and (way := circle(record)):
        yield "get_activity", sentence(way, record, account)


def circle(record: Dependency) -> list[Step]:
    """The way from the getting activity back to the giving one; [] where there is none, or one of them is not named."""
    if not record.give_activity.strip() or not record.get_activity.strip():
        return []
    goal, start = place_of(record.give_activity, record.giver), place_of(record.get_activity, record.initiative)
    queue: list[list[Step]] = [[Step(start)]]
    seen = {start}
    for way in queue:
        if way[-1].place == goal:
            return way
        for inner, given in onward(way[-1].place, goal, record.pk):
            reached = [*way, *inner]
            if given is None:
                return reached
            target = place_of(given.get_activity, given.initiative)
            if target not in seen:
                seen.add(target)
                queue.append([*reached, Step(target, given)])
    return []


def onward(place: Place, goal: Place, but: int) -> Iterator[tuple[list[Step], Dependency | None]]:
    """The ways inside its plan from an activity to where something is handed over, each with the dependency; to the goal, with None."""
    if place.plan < 0:
        yield from (([], row) for row in given_by([-place.plan], but) if row.give_activity.strip().casefold() == place.key)
        return
    plan = Plan.objects.select_related("initiative").get(pk=place.plan)
    given = given_in(plan, but)
    if not given and goal.plan != plan.pk:
        return
    waiting = Waiting(schedule_of(plan))
    ways = {str(uid): [Step(named(waiting, plan, step)) for step in way[1:]] for uid, way in waiting.ways_from(int(place.key)).items()}
    if goal.plan == plan.pk and goal.key in ways:
        yield ways[goal.key], None
    yield from ((ways[uid], row) for uid, row in given if uid in ways)


def named(waiting: Waiting, plan: Plan, uid: int) -> Place:
    row = waiting.rows[uid]
    return Place(plan.pk, str(uid), f"{row.activity_id} {row.name}".strip() + f" ({plan.initiative.code})")


def given_by(givers: list[int], but: int) -> list[Dependency]:
    """The other dependencies of these givers that name both activities."""
    rows = Dependency.objects.filter(giver__in=givers, state__in=LINKING, is_withdrawn=False).exclude(pk=but)
    return list(rows.exclude(give_activity="").exclude(get_activity="").select_related("giver", "initiative").order_by("pk"))


def given_in(plan: Plan, but: int) -> list[tuple[str, Dependency]]:
    """What is handed over at activities of this plan, by their numbers."""
    rows = given_by([int(step) for step in plan.initiative.path.split("/") if step], but)
    found = []
    for giver in {row.giver_id: row.giver for row in rows}.values():
        own = [row for row in rows if row.giver_id == giver.pk]
        meant = {each.text: each.activity for each in lookup.find({row.give_activity for row in own}, giver)}
        for row in own:
            activity = meant.get(row.give_activity.strip())
            if activity is not None and activity.plan_id == plan.pk:
                found.append((str(activity.uid), row))
    return found


def sentence(way: list[Step], record: Dependency, account: Account | None) -> str:
    """The circle in words, as far as its reader may see what lies on it."""
    plans = {step.place.plan for step in way if step.place.plan > 0}
    places = {-step.place.plan for step in way if step.place.plan < 0}
    seen = set(visible_to(account, PlanRegister).filter(pk__in=plans).values_list("pk", flat=True))
    others = {step.by.pk for step in way if step.by is not None}
    known = set(visible_to(account, DependencyRegister).filter(pk__in=others).values_list("pk", flat=True))
    own = {record.giver_id, record.initiative_id} & places
    hidden = _("an activity that you may not see")
    labels: list[str] = []
    for step in way:
        label = step.place.label if step.place.plan in seen or -step.place.plan in own else hidden
        if step.by is not None and step.by.pk in known:
            label = f"[{step.by.ref}] {label}"
        if label != hidden or not labels or labels[-1] != hidden:
            labels.append(label)
    if len(labels) > MOST_NAMED:
        labels = [*labels[: MOST_NAMED // 2], "…", *labels[-MOST_NAMED // 2 :]]
    text = _("This closes a circle: %(way)s → %(first)s. Name other activities, or change one of the dependencies on the way.")
    return text % {"way": " → ".join(labels), "first": labels[0]}
