"""Resources and assignments of a plan in Microsoft Project's XML: amounts are shares of one, work is a duration, rates are by the hour."""

from collections.abc import Iterable
from decimal import Decimal
from xml.etree import ElementTree as ET  # only written here, never read

from mainstay.formats.plans.writing.mspdi_text import duration, pence, write
from mainstay.formats.schedule import Assignment, Availability, Rate, Schedule
from mainstay.formats.terms import ResourceKind, TimeUnit

KINDS = {ResourceKind.MATERIAL: 0, ResourceKind.COST: 2}
WORK = 1
"""People and equipment are one kind here."""
NOBODY = -65535
RATE_UNITS = {
    TimeUnit.MINUTES: 1,
    TimeUnit.HOURS: 2,
    TimeUnit.DAYS: 3,
    TimeUnit.WEEKS: 4,
    TimeUnit.MONTHS: 5,
    TimeUnit.YEARS: 7,
}
CONTOURS = ("Flat", "Back Loaded", "Front Loaded", "Double Peak", "Early Peak", "Late Peak", "Bell", "Turtle", "Contoured")
FIRST, LAST = "1984-01-01T00:00:00", "2049-12-31T23:59:00"
"""How open ends of periods stand in this format."""


def write_resources(parent: ET.Element, schedule: Schedule) -> None:
    for place, resource in enumerate(schedule.resources, 1):
        element = ET.SubElement(parent, "Resource")
        write(
            element,
            UID=resource.uid,
            ID=resource.id or place,
            Name=resource.name,
            Type=KINDS.get(resource.kind, WORK),
            IsNull=0,
            Initials=resource.initials,
            MaterialLabel=resource.material_label,
            Code=resource.code,
            Group=resource.group,
            EmailAddress=resource.email,
            MaxUnits=share(resource.max_units),
            Work=duration(resource.work_minutes),
            Cost=pence(resource.cost),
            CalendarUID=resource.calendar_uid,
            Notes=resource.notes,
            IsGeneric=resource.generic,
            IsInactive=not resource.active,
            IsCostResource=resource.kind == ResourceKind.COST,
        )
        write_availability(element, resource.availability)
        write_rates(element, resource.rates, schedule)


def write_availability(element: ET.Element, periods: Iterable[Availability]) -> None:
    parent = ET.SubElement(element, "AvailabilityPeriods")
    for period in periods:
        write(
            ET.SubElement(parent, "AvailabilityPeriod"),
            AvailableFrom=period.start or FIRST,
            AvailableTo=period.finish or LAST,
            AvailableUnits=share(period.units),
        )


def write_rates(element: ET.Element, rates: Iterable[Rate], schedule: Schedule) -> None:
    parent = ET.SubElement(element, "Rates")
    for rate in rates:
        unit = RATE_UNITS.get(rate.unit, RATE_UNITS[TimeUnit.HOURS])
        write(
            ET.SubElement(parent, "Rate"),
            RatesFrom=rate.start or FIRST,
            RatesTo=rate.finish or LAST,
            RateTable=ord(rate.table) - ord("A"),
            StandardRate=by_the_hour(rate.amount, rate.unit, schedule),
            StandardRateFormat=unit,
            OvertimeRate=by_the_hour(rate.overtime, rate.unit, schedule),
            OvertimeRateFormat=None if rate.overtime is None else unit,
            CostPerUse=pence(rate.per_use),
        )


def by_the_hour(amount: Decimal | None, unit: TimeUnit, schedule: Schedule) -> str:
    if amount is None:
        return ""
    hours = {
        TimeUnit.MINUTES: 1 / 60,
        TimeUnit.DAYS: schedule.minutes_per_day / 60,
        TimeUnit.WEEKS: schedule.minutes_per_week / 60,
        TimeUnit.MONTHS: schedule.days_per_month * schedule.minutes_per_day / 60,
        TimeUnit.YEARS: schedule.minutes_per_week * 52 / 60,
    }.get(unit, 1.0)
    return f"{float(amount) / hours:.6f}".rstrip("0").rstrip(".")


def write_assignments(parent: ET.Element, assignments: Iterable[Assignment]) -> None:
    for place, assignment in enumerate(assignments, 1):
        element = ET.SubElement(parent, "Assignment")
        write(
            element,
            UID=assignment.uid or place,
            TaskUID=assignment.activity_uid,
            ResourceUID=NOBODY if assignment.resource_uid is None else assignment.resource_uid,
            PercentWorkComplete=None if assignment.percent_work_complete is None else round(assignment.percent_work_complete),
            ActualCost=pence(assignment.actual_cost),
            ActualFinish=assignment.actual_finish,
            ActualStart=assignment.actual_start,
            ActualWork=duration(assignment.actual_work_minutes),
            Cost=pence(assignment.cost),
            Delay=None if assignment.delay_minutes is None else round(assignment.delay_minutes * 10),
            Finish=assignment.finish,
            RemainingCost=pence(assignment.remaining_cost),
            RemainingWork=duration(assignment.remaining_work_minutes),
            Start=assignment.start,
            Units=share(assignment.units),
            Work=duration(assignment.work_minutes),
            WorkContour=CONTOURS.index(assignment.contour) if assignment.contour in CONTOURS else 0,
        )
        for baseline in assignment.baselines:
            write(
                ET.SubElement(element, "Baseline"),
                Number=baseline.number,
                Start=baseline.start,
                Finish=baseline.finish,
                Work=duration(baseline.work_minutes),
                Cost=None if baseline.cost is None else f"{baseline.cost:f}",
            )


def share(percent: float | None) -> str:
    """100 per cent is 1."""
    return "" if percent is None else f"{percent / 100:.6f}".rstrip("0").rstrip(".")
