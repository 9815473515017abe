"""What does not fit together inside an .xer file is told in a sentence, and the rest of the plan is read."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from mainstay.formats.plans import read_schedule
from mainstay.formats.plans.writing import to_xer
from mainstay.formats.plans.xer_rows import misfits
from mainstay.formats.schedule import Activity, Calendar, Link, Schedule, Shift

DAY = (Shift(480, 720), Shift(780, 1020))
MONDAY, FRIDAY = datetime(2026, 1, 5, 8), datetime(2026, 1, 9, 17)  # noqa: DTZ001 - a plan's clock has no zone
JUNK = "%T\tJUNK\r\n%F\ta\tb\tc\r\n" + "".join(f"%R\t{k}\tx\x01\ty\r\n" for k in range(40_000))


def plan() -> str:
    activities = tuple(
        Activity(uid=k, activity_id=f"A{k}", name=f"Step {k}", calendar_uid=1, duration_minutes=480, start=MONDAY, finish=FRIDAY)
        for k in range(1, 4)
    )
    calendar = Calendar(1, "Office", (DAY,) * 5 + ((), ()))
    schedule = Schedule(
        name="Bridge", project_id="BR", start=MONDAY, finish=FRIDAY, status_date=MONDAY, default_calendar_uid=1, calendars=(calendar,),
        activities=activities, links=(Link(1, 2), Link(2, 3)),
    )  # fmt: skip
    return to_xer(schedule).decode("cp1252")


CASES: dict[str, tuple[Callable[[str], str], tuple[str, ...]]] = {
    "nothing wrong": (lambda text: text, ()),
    "a link to nowhere": (
        lambda text: text.replace("%R\t1\t2\t1\t", "%R\t1\t2\t999\t"),
        ("A link names an activity that the file does not hold (from 999 to 2); left out.",),
    ),
    "a link to another project": (lambda text: text.replace("%R\t1\t2\t1\t1\t1", "%R\t1\t2\t999\t1\t77"), ()),
    "a short row": (
        lambda text: text.replace("%T\tTASKPRED", "%R\t9\r\n%T\tTASKPRED"),
        ("A row of the table TASK has more or fewer cells than it has columns; what is missing is taken as empty.",),
    ),
    "long rows": (
        lambda text: text.replace("%E", "%R\t7\t1\t2\t1\t1\tPR_FS\t0\tx\ty\r\n" * 2 + "%E"),
        ("2 rows of the table TASKPRED have more or fewer cells than it has columns; what is missing is taken as empty.",),
    ),
    "an idle calendar": (
        lambda text: text.replace("s|", "x|").replace("f|", "y|"),
        ("The calendar Office has no working time; Monday to Friday from 08:00 to 16:00 stands for it.",),
    ),
    "a table of junk": (lambda text: text.replace("%E", JUNK + "%E"), ()),
}


@pytest.mark.parametrize("name", CASES)
def test_each_misfit_has_its_sentence(name: str, tmp_path: Path) -> None:
    change, told = CASES[name]
    path = tmp_path / "plan.xer"
    path.write_bytes(change(plan()).encode("cp1252"))
    assert misfits(path) == told


def test_the_rest_of_the_plan_is_read_and_the_misfits_stand_beside_it(tmp_path: Path) -> None:
    text = CASES["a link to nowhere"][0](CASES["a short row"][0](CASES["a table of junk"][0](plan())))
    path = tmp_path / "plan.xer"
    path.write_bytes(text.encode("cp1252"))
    read = read_schedule(path).schedule
    assert [row.activity_id for row in read.activities if not row.summary][:3] == ["A1", "A2", "A3"]
    assert [(link.predecessor_uid, link.successor_uid) for link in read.links] == [(2, 3)]
    assert len(read.warnings) == 2
