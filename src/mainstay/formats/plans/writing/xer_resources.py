"""Resources, their rates and assignments as tables of Primavera's .xer: amounts are units an hour, work is hours."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from mainstay.formats.plans.writing.primavera_work import work_of
from mainstay.formats.plans.writing.xer_text import Row, hours, table
from mainstay.formats.schedule import Assignment, Rate, Resource, Schedule
from mainstay.formats.terms import ResourceKind

RESOURCE_FIELDS = [
    *("rsrc_id", "parent_rsrc_id", "clndr_id", "rsrc_seq_num", "email_addr", "employee_code", "rsrc_name", "rsrc_short_name"),
    *("def_qty_per_hr", "active_flag", "rsrc_type", "rsrc_notes"),
]
RATE_FIELDS = [
    *("rsrc_rate_id", "rsrc_id", "max_qty_per_hr", "cost_per_qty", "start_date", "cost_per_qty2", "cost_per_qty3", "cost_per_qty4"),
    "cost_per_qty5",
]
ASSIGNMENT_FIELDS = [
    *("taskrsrc_id", "task_id", "proj_id", "rsrc_id", "remain_qty", "target_qty", "remain_qty_per_hr", "target_qty_per_hr"),
    *("act_ot_qty", "act_reg_qty", "target_cost", "act_reg_cost", "act_ot_cost", "remain_cost", "act_start_date", "act_end_date"),
    *("restart_date", "reend_date", "target_start_date", "target_end_date", "rsrc_type"),
]
KINDS = {
    ResourceKind.WORK: "RT_Labor",
    ResourceKind.EQUIPMENT: "RT_Equip",
    ResourceKind.MATERIAL: "RT_Mat",
    ResourceKind.COST: "RT_Mat",
}
FIRST = datetime(1984, 1, 1)  # noqa: DTZ001 - a plan's clock has no zone
TABLES = "ABCDE"


def resource_tables(schedule: Schedule) -> list[str]:
    """The tables that come before those of the activities."""
    rates = [row for resource in schedule.resources for row in rate_rows(resource)]
    return [
        *table("RSRC", RESOURCE_FIELDS, (resource_row(place, row) for place, row in enumerate(schedule.resources))),
        *table("RSRCRATE", RATE_FIELDS, ([number, *row] for number, row in enumerate(rates, 1))),
    ]


def resource_row(place: int, row: Resource) -> Row:
    return [
        row.uid, row.parent_uid, row.calendar_uid, place, row.email, row.code, row.name, row.code or f"R{row.uid}",
        per_hour(row.max_units), row.active, KINDS[row.kind], row.notes,
    ]  # fmt: skip


def per_hour(units: float | None) -> float | None:
    """100 per cent is one unit an hour."""
    return None if units is None else units / 100


def rate_rows(resource: Resource) -> Iterator[Row]:
    """One row for each day from which amount or price is another; each holds until the next."""
    for start in changes(resource):
        found = [price(resource.rates, letter, start) for letter in TABLES]
        yield [resource.uid, per_hour(amount_at(resource, start)), found[0], start, *found[1:]]


def changes(resource: Resource) -> list[datetime]:
    marks = {row.start or FIRST for row in resource.availability} | {row.start or FIRST for row in resource.rates}
    return sorted(marks or ({FIRST} if resource.max_units is not None else set()))


def amount_at(resource: Resource, moment: datetime) -> float | None:
    held = [row.units for row in resource.availability if (row.start or FIRST) <= moment]
    return held[-1] if held else resource.max_units


def price(rates: Sequence[Rate], letter: str, moment: datetime) -> float | None:
    held = [row for row in rates if row.table == letter and (row.start or FIRST) <= moment]
    return float(held[-1].amount) if held else None


def assignment_table(schedule: Schedule, project: int) -> list[str]:
    kinds = {row.uid: KINDS[row.kind] for row in schedule.resources}
    rows = (assignment_row(place, row, kinds, project) for place, row in enumerate(schedule.assignments, 1))
    return table("TASKRSRC", ASSIGNMENT_FIELDS, rows)


def assignment_row(place: int, row: Assignment, kinds: dict[int, str], project: int) -> Row:
    work = work_of(row)
    return [
        row.uid or place, row.activity_uid, project, row.resource_uid, hours(work.left), hours(work.target),
        per_hour(row.units), per_hour(row.units),
        0, hours(work.done), row.cost, row.actual_cost or 0, 0, row.remaining_cost, row.actual_start, row.actual_finish,
        work.remaining_start, work.remaining_finish, work.planned_start, work.planned_finish,
        kinds.get(row.resource_uid or 0, KINDS[ResourceKind.WORK]),
    ]  # fmt: skip
