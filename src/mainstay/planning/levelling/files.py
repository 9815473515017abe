"""A proposal as files: what moves as CSV, and each levelled plan for the planning tool."""

from dataclasses import replace

from mainstay.formats.plans.writing import to_mspdi
from mainstay.formats.schedule import Activity, Schedule
from mainstay.formats.spreadsheet.text_writing import lines
from mainstay.formats.terms import ConstraintType
from mainstay.planning.levelling.effect import Moved
from mainstay.planning.levelling.model import Levelling
from mainstay.planning.receiving import document

HEADS = (
    "project", "uid", "activity", "name", "start before", "start levelled", "finish before", "finish levelled", "days",
)  # fmt: skip


def moves(row: Levelling) -> bytes:
    rows = (
        (one.project, one.uid, one.code, one.name, one.start_before, one.start_after, one.finish_before, one.finish_after, one.days)
        for one in row.effect.moved
    )
    return "".join(lines(HEADS, rows)).encode()


def levelled_plan(row: Levelling, code: str) -> bytes | None:
    """The plan as it arrived, with what moves starting no earlier than the proposal says; None where the project is not in it."""
    digest = next((used.digest for used in row.effect.plans if used.code == code), None)
    if digest is None:
        return None
    moved = {one.uid: one for one in row.effect.moved if one.project == code and not one.is_milestone}
    return to_mspdi(later(document(digest), moved))


def later(schedule: Schedule, moved: dict[int, Moved]) -> Schedule:
    return replace(schedule, activities=tuple(held_back(row, moved.get(row.uid)) for row in schedule.activities))


def held_back(row: Activity, one: Moved | None) -> Activity:
    if one is None:
        return row
    return replace(
        row,
        start=one.start_after,
        finish=one.finish_after,
        constraint=ConstraintType.START_NO_EARLIER_THAN,
        constraint_date=one.start_after,
    )
