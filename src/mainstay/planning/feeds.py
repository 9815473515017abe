"""What a new plan feeds: forecasts of milestones and dependencies that name its activities. Derived, never typed."""

from mainstay.planning import lookup
from mainstay.planning.dependency import drift
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.feeding import feeding
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Dependency, Milestone, Plan
from mainstay.planning.movement.explaining import Explanation
from mainstay.register.derived import derive
from mainstay.register.history import Actor


def refresh(plan: Plan, actor: Actor, explanation: Explanation) -> None:
    """Bring up to date what this version's activities feed; a date that moves is told with what changed on the way to it."""
    system = Actor(actor.account, "derived", actor.request_id, actor.name)
    above = [int(step) for step in plan.initiative.path.strip("/").split("/")]
    fed = Milestone.objects.filter(initiative__in=above, is_withdrawn=False, state="planned").exclude(activity="")
    for milestone in fed.select_related("initiative"):
        follow_feeders(milestone, plan, system, explanation)
    for dependency in Dependency.objects.filter(giver=plan.initiative, is_withdrawn=False).exclude(give_activity=""):
        follow(dependency, plan, system, explanation)


def follow_feeders(milestone: Milestone, plan: Plan, system: Actor, explanation: Explanation) -> None:
    """The latest of all feeders, in this plan or another; the history names the one that drives it and those that are not there."""
    found = feeding(milestone)
    forecast = found.forecast(milestone.forecast)
    driver = found.driver
    if driver is None or forecast is None or forecast == milestone.forecast:
        return
    reason = f"{plan.title} arrived."
    if len(found.found) > 1:
        reason += f" Driven by {driver.plan.initiative.code}:{driver.code} {driver.name}."
    if found.missing:
        reason += f" Not in the live plans: {', '.join(each.text for each in found.missing)}."
    why = explanation.of(int(driver.uid)) if driver.plan_id == plan.pk else ""
    derive(MilestoneRegister, milestone, {"forecast": forecast}, system, reason=f"{reason}{why}")


def follow(record: Dependency, plan: Plan, system: Actor, explanation: Explanation) -> None:
    activity = lookup.find([record.give_activity], plan.initiative)[0].activity
    finish = activity.finish.date() if activity is not None and activity.finish else None
    if activity is not None and finish is not None and finish != record.forecast:
        why = explanation.of(int(activity.uid)) if activity.plan_id == plan.pk else ""
        values = {"forecast": finish, **drift.settled(record, finish)}
        if derive(DependencyRegister, record, values, system, reason=f"{plan.title} arrived.{why}"):
            record.forecast = finish
            drift.tell(record)
