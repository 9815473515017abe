"""Entries of a calendar file: whole days stay days, hours are written in UTC, and what is not said is not written."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from mainstay.formats.calendar_events import CalendarEvent, to_icalendar

STAMP = datetime(2031, 1, 6, 9, tzinfo=UTC)


def test_hours_of_a_summer_morning_need_no_time_zone() -> None:
    london = ZoneInfo("Europe/London")
    held = CalendarEvent(
        key="interview-1",
        title="Owner",
        first=datetime(2031, 7, 7, 9, tzinfo=london),
        last=datetime(2031, 7, 7, 10, tzinfo=london),
        stamp=STAMP,
        place="Room 2",
        version=3,
        is_sure=False,
    )
    written = to_icalendar("", [held])
    assert b"DTSTART:20310707T080000Z" in written
    assert b"DTEND:20310707T090000Z" in written
    assert b"TZID" not in written and b"X-WR-CALNAME" not in written
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert (event["uid"], event["location"], event["sequence"], event["status"]) == ("interview-1@mainstay", "Room 2", 3, "TENTATIVE")


def test_whole_days_end_the_day_after_and_leave_the_time_free() -> None:
    day = date(2031, 7, 7)
    written = to_icalendar("Reviews", [CalendarEvent(key="review-1", title="Gate 3", first=day, last=day, stamp=day)])
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (day, date(2031, 7, 8))
    assert (event["transp"], "sequence" in event, "location" in event) == ("TRANSPARENT", False, False)
    assert written == to_icalendar("Reviews", [CalendarEvent(key="review-1", title="Gate 3", first=day, last=day, stamp=day)])
