"""The records of this package: the table of contents."""

from mainstay.planning.dependency.model import Dependency
from mainstay.planning.levelling.model import Levelling
from mainstay.planning.milestone.model import Milestone
from mainstay.planning.plan.health import PlanHealth
from mainstay.planning.plan.model import Activity, Plan
from mainstay.planning.plan.performance import PlanPerformance
from mainstay.planning.plan.sameness import SaidOfActivities
from mainstay.planning.promises.promise_link import PromiseLink
from mainstay.planning.run import PlanRun

__all__ = [
    "Activity",
    "Dependency",
    "Levelling",
    "Milestone",
    "Plan",
    "PlanHealth",
    "PlanPerformance",
    "PlanRun",
    "PromiseLink",
    "SaidOfActivities",
]
