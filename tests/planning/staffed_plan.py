"""A small plan with people, as Microsoft Project writes it: two pieces of work of one crew at the same time."""

TASK = """<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{name}</Name><Active>1</Active><Manual>0</Manual><Type>0</Type><WBS>{uid}</WBS>
<OutlineLevel>1</OutlineLevel><Priority>500</Priority><Start>2026-06-01T08:00:00</Start><Duration>PT{hours}H0M0S</Duration>
<DurationFormat>7</DurationFormat><Milestone>0</Milestone><Summary>0</Summary><ConstraintType>0</ConstraintType><CalendarUID>-1</CalendarUID>
{links}</Task>"""
LINK = "<PredecessorLink><PredecessorUID>{0}</PredecessorUID><Type>1</Type><LinkLag>0</LinkLag></PredecessorLink>"
DAY = (
    "<WeekDay><DayType>{0}</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime>"
    "<ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime>"
    "</WorkingTimes></WeekDay>"
)
OFF = "<WeekDay><DayType>{0}</DayType><DayWorking>0</DayWorking></WeekDay>"


def staffed_plan(title: str = "Weir", crew: str = "Crew", hours: tuple[int, ...] = (16, 24)) -> bytes:
    """Pieces of work of so many hours, all of the crew, and a last one that waits for all of them and needs nobody."""
    tasks = [TASK.format(uid=k + 1, name=f"{title} part {k + 1}", hours=length, links="") for k, length in enumerate(hours)]
    last = len(hours) + 1
    tasks.append(TASK.format(uid=last, name=f"{title} accepted", hours=8, links="".join(LINK.format(k + 1) for k in range(len(hours)))))
    assigned = "".join(
        f"<Assignment><UID>{k + 1}</UID><TaskUID>{k + 1}</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units>"
        f"<Work>PT{length}H0M0S</Work></Assignment>"
        for k, length in enumerate(hours)
    )
    week = "".join((OFF if day in (1, 7) else DAY).format(day) for day in range(1, 8))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Project xmlns="http://schemas.microsoft.com/project"><SaveVersion>14</SaveVersion>'
        f"<Name>{title}</Name><Title>{title}</Title><ScheduleFromStart>1</ScheduleFromStart><StartDate>2026-06-01T08:00:00</StartDate>"
        "<StatusDate>2026-05-29T17:00:00</StatusDate><CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay>"
        "<MinutesPerWeek>2400</MinutesPerWeek><DaysPerMonth>20</DaysPerMonth>"
        f"<Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>{week}</WeekDays></Calendar>"
        f"</Calendars><Tasks>{''.join(tasks)}</Tasks><Resources><Resource><UID>1</UID><ID>1</ID><Name>{crew}</Name><Type>1</Type>"
        f"<MaxUnits>1</MaxUnits></Resource></Resources><Assignments>{assigned}</Assignments></Project>"
    ).encode()
