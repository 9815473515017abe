"""What a new plan feeds: forecasts of milestones and dependencies that name its activities. Derived, never typed."""

from datetime import date

from mainstay.planning import lookup
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Dependency, Milestone, Plan
from mainstay.register.derived import derive
from mainstay.register.history import Actor


def refresh(plan: Plan, actor: Actor) -> None:
    """Bring up to date what this version's activities feed."""
    system = Actor(actor.account, "derived", actor.request_id, actor.name)
    reason = f"{plan.title} arrived."
    for milestone in Milestone.objects.filter(initiative=plan.initiative, is_withdrawn=False, state="planned").exclude(activity=""):
        if finish := finish_of(milestone.activity, plan):
            derive(MilestoneRegister, milestone, {"forecast": finish}, system, reason=reason)
    for dependency in Dependency.objects.filter(giver=plan.initiative, is_withdrawn=False).exclude(give_activity=""):
        if finish := finish_of(dependency.give_activity, plan):
            derive(DependencyRegister, dependency, {"forecast": finish}, system, reason=reason)


def finish_of(name: str, plan: Plan) -> date | None:
    found = lookup.find([name], plan.initiative)[0].activity
    return found.finish.date() if found is not None and found.finish else None
