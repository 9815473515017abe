"""Activities by the names that people use: `A1030`, `SCR-HB:A1030`, a number or a whole title, in the live plans below an initiative."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from mainstay.initiatives.models import Initiative
from mainstay.planning.models import Activity
from mainstay.register.access import below


@dataclass(frozen=True, slots=True)
class Found:
    """What one name leads to: an activity, or a sentence that says why not."""

    text: str
    activity: Activity | None = None
    fault: str = ""


def live_activities(initiative: Initiative) -> QuerySet[Activity]:
    """The activities of the live plans of `initiative` and all below it."""
    rows = Activity.objects.filter(plan__is_live=True, plan__is_withdrawn=False).filter(below("plan__initiative__path", [initiative.path]))
    return rows.select_related("plan__initiative")


def find(names: Iterable[str], initiative: Initiative) -> list[Found]:
    """Look up names in one query each place; a project's code before a colon narrows the search."""
    wanted = [name.strip() for name in names if name.strip()]
    if not wanted:
        return []
    bare = {name.rpartition(":")[2].strip() for name in wanted} | set(wanted)
    rows = list(live_activities(initiative).filter(named(bare)))
    return [one(name, rows, initiative) for name in wanted]


def named(bare: Collection[str]) -> Q:
    """Activities whose code, name or number is one of these."""
    return Q(code__in=bare) | Q(name__in=bare) | Q(uid__in=[text for text in bare if text.isdigit()])


def one(name: str, rows: list[Activity], initiative: Initiative) -> Found:
    project, _colon, bare = name.rpartition(":")
    candidates = [row for row in rows if not project or row.plan.initiative.code.lower() == project.strip().lower()]
    for key in ("code", "uid", "name"):
        matches = [row for row in candidates if getattr(row, key) == bare.strip()]
        if len(matches) == 1:
            return Found(name, matches[0])
        if len(matches) > 1:
            projects = ", ".join(sorted({row.plan.initiative.code for row in matches})[:4])
            return Found(name, fault=f"{name} stands more than once ({projects}). Put the project's code and a colon before it.")
    return Found(name, fault=f"There is no activity {name} in the live plans of {initiative.code}. Give its code as it stands in the plan.")
