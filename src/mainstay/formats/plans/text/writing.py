"""A plan as CSV, one row an activity. No text in it can run as a formula."""

from collections import defaultdict

from mainstay.formats.plans.text.columns import COLUMNS, HEADINGS
from mainstay.formats.plans.text.joined import link_text, resource_text
from mainstay.formats.schedule import Schedule
from mainstay.formats.spreadsheet.text_writing import lines


def to_csv(schedule: Schedule) -> bytes:
    """UTF-8; the same plan gives the same bytes."""
    calendars = {row.uid: row.name for row in schedule.calendars}
    names = {row.uid: row.name or row.code for row in schedule.resources}
    links, staff = defaultdict(list), defaultdict(list)
    for link in schedule.links:
        links[link.successor_uid].append(link_text(link))
    for row in schedule.assignments:
        if row.resource_uid in names:
            staff[row.activity_uid].append(resource_text(" ".join(names[row.resource_uid].split()), row.units))
    rows = (
        (
            *(column.say(getattr(activity, column.member)) for column in COLUMNS),
            calendars.get(activity.calendar_uid or 0),
            "; ".join(links[activity.uid]),
            "\n".join(staff[activity.uid]),
        )
        for activity in schedule.activities
    )
    return "".join(lines(HEADINGS, rows)).encode()
