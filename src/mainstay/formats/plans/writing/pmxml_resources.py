"""Resources, their rates and assignments in Primavera's XML: amounts are units an hour, work is hours."""

from collections.abc import Iterable
from xml.etree import ElementTree as ET  # only written here, never read

from mainstay.formats.plans.writing.mspdi_text import write
from mainstay.formats.plans.writing.primavera_work import work_of
from mainstay.formats.plans.writing.xer_resources import amount_at, changes, per_hour, price
from mainstay.formats.schedule import Assignment, Resource
from mainstay.formats.terms import ResourceKind

KINDS = {
    ResourceKind.WORK: "Labor",
    ResourceKind.EQUIPMENT: "Nonlabor",
    ResourceKind.MATERIAL: "Material",
    ResourceKind.COST: "Material",
}


def hours(minutes: float | None) -> str:
    return "" if minutes is None else number(minutes / 60)


def number(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def write_resources(root: ET.Element, resources: Iterable[Resource]) -> None:
    for place, resource in enumerate(resources):
        write(
            ET.SubElement(root, "Resource"),
            CalendarObjectId=resource.calendar_uid,
            DefaultUnitsPerTime=number(per_hour(resource.max_units)),
            EmailAddress=resource.email,
            EmployeeId=resource.code,
            Id=resource.code or f"R{resource.uid}",
            IsActive=resource.active,
            MaxUnitsPerTime=number(per_hour(resource.max_units)),
            Name=resource.name,
            ObjectId=resource.uid,
            ParentObjectId=resource.parent_uid,
            ResourceNotes=resource.notes,
            ResourceType=KINDS[resource.kind],
            SequenceNumber=place,
        )


def write_rates(root: ET.Element, resources: Iterable[Resource]) -> None:
    """One element for each day from which amount or price is another; each holds until the next."""
    count = 0
    for resource in resources:
        for start in changes(resource):
            count += 1
            write(
                ET.SubElement(root, "ResourceRate"),
                EffectiveDate=start,
                MaxUnitsPerTime=number(per_hour(amount_at(resource, start))),
                ObjectId=count,
                PricePerUnit=number(price(resource.rates, "A", start)),
                PricePerUnit2=number(price(resource.rates, "B", start)),
                PricePerUnit3=number(price(resource.rates, "C", start)),
                PricePerUnit4=number(price(resource.rates, "D", start)),
                PricePerUnit5=number(price(resource.rates, "E", start)),
                ResourceObjectId=resource.uid,
            )


def write_assignment(element: ET.Element, place: int, row: Assignment, kinds: dict[int, ResourceKind], project: int) -> None:
    work = work_of(row)
    write(
        element,
        ActivityObjectId=row.activity_uid,
        ActualCost=row.actual_cost,
        ActualFinishDate=row.actual_finish,
        ActualRegularUnits=hours(work.done),
        ActualStartDate=row.actual_start,
        ActualUnits=hours(work.done),
        AtCompletionCost=row.cost,
        AtCompletionUnits=hours(row.work_minutes),
        FinishDate=row.finish,
        ObjectId=row.uid or place,
        PlannedFinishDate=work.planned_finish,
        PlannedStartDate=work.planned_start,
        PlannedUnits=hours(work.target),
        PlannedUnitsPerTime=number(per_hour(row.units)),
        ProjectObjectId=project,
        RemainingCost=row.remaining_cost,
        RemainingFinishDate=work.remaining_finish,
        RemainingStartDate=work.remaining_start,
        RemainingUnits=hours(work.left),
        RemainingUnitsPerTime=number(per_hour(row.units)),
        ResourceObjectId=row.resource_uid,
        ResourceType=KINDS[kinds.get(row.resource_uid or 0, ResourceKind.WORK)],
        StartDate=row.start,
    )
