"""Rules of this function for records that name activities."""

from collections.abc import Iterator
from typing import Any

from mainstay.planning import lookup
from mainstay.planning.feeding import Feeding
from mainstay.planning.models import Activity, Plan


def activities_exist(record: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    """The giving and getting activities of a dependency stand in the live plans, once there are any; the giving one dates it."""
    for field, place in (("give_activity", "giver"), ("get_activity", "initiative")):
        name = getattr(record, field)
        if name and changed & {field, place} and (initiative := getattr(record, place)) and has_plan(initiative):
            found = lookup.find([name], initiative)
            if found and found[0].fault:
                yield field, found[0].fault
            elif found and field == "give_activity" and "forecast" not in changed:
                follow(record, found[0].activity)


def feeders_exist(record: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    """Whatever a milestone is fed by stands in the live plans, once there are any; the latest of it dates the milestone."""
    if not record.feeders or not changed & {"activity", "initiative"} or not record.initiative or not has_plan(record.initiative):
        return
    found = lookup.find(record.feeders, record.initiative)
    faults = [each.fault for each in found if each.fault]
    if faults:
        yield "activity", " ".join(faults)
    elif "forecast" not in changed and (finish := Feeding(tuple(found)).finish):
        record.forecast = finish


def follow(record: Any, activity: Activity | None) -> None:
    """The forecast is the finish of the named activity, from the moment it is named; a new version of the plan brings the next."""
    if activity is not None and activity.finish is not None and getattr(record, "state", "") not in {"met", "accepted"}:
        record.forecast = activity.finish.date()


def has_plan(initiative: Any) -> bool:
    return Plan.objects.filter(is_live=True, initiative__path__startswith=initiative.path).exists()
