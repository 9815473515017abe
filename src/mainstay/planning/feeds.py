"""What a new plan feeds: forecasts of milestones and dependencies that name its activities. Derived, never typed."""

from mainstay.planning import lookup
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Dependency, Milestone, Plan
from mainstay.planning.movement.explaining import Explanation
from mainstay.register.derived import derive
from mainstay.register.history import Actor
from mainstay.register.spec import Register


def refresh(plan: Plan, actor: Actor, explanation: Explanation) -> None:
    """Bring up to date what this version's activities feed; a date that moves is told with what changed on the way to it."""
    system = Actor(actor.account, "derived", actor.request_id, actor.name)
    for milestone in Milestone.objects.filter(initiative=plan.initiative, is_withdrawn=False, state="planned").exclude(activity=""):
        follow(MilestoneRegister, milestone, milestone.activity, plan, system, explanation)
    for dependency in Dependency.objects.filter(giver=plan.initiative, is_withdrawn=False).exclude(give_activity=""):
        follow(DependencyRegister, dependency, dependency.give_activity, plan, system, explanation)


def follow(
    register: type[Register], record: Milestone | Dependency, name: str, plan: Plan, system: Actor, explanation: Explanation
) -> None:
    activity = lookup.find([name], plan.initiative)[0].activity
    finish = activity.finish.date() if activity is not None and activity.finish else None
    if activity is not None and finish is not None and finish != record.forecast:
        why = explanation.of(int(activity.uid)) if activity.plan_id == plan.pk else ""
        derive(register, record, {"forecast": finish}, system, reason=f"{plan.title} arrived.{why}")
