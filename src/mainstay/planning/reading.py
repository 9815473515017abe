"""A plan file as one plain document: what `plan read --json` prints. No database."""

from typing import Any

from mainstay.formats.plans import ReadResult
from mainstay.formats.schedule_json import to_dict

LISTS = ("activities", "links", "external_links", "resources", "assignments", "calendars", "warnings")


def document(read: ReadResult) -> dict[str, Any]:
    """One object with a list of each kind. Where a file holds several projects, every row names its own; members with their usual
    value (no lag, not manual, …) are left out of rows, while the identifying ones always stand."""
    schedules = [schedule for schedule in read.schedules if not schedule.is_baseline]
    found: dict[str, Any] = {"file": read.path.name, "format": str(read.kind.label), "projects": [], **{name: [] for name in LISTS}}
    for number, schedule in enumerate(schedules):
        encoded = to_dict(schedule)
        rows = {name: encoded.pop(name, []) for name in LISTS}
        rows["activities"] = [
            {"name": activity.name, "start": None, "finish": None} | row
            for activity, row in zip(schedule.activities, rows["activities"], strict=True)
        ]
        found["projects"].append({"number": number} | {key: value for key, value in encoded.items() if not isinstance(value, list | dict)})
        for name in LISTS:
            found[name] += rows[name] if name == "warnings" or len(schedules) == 1 else [{"project": number} | row for row in rows[name]]
    return found
