"""What does not fit together in a plan's XML is told in a sentence with its line, and the rest of the plan is read."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mainstay.formats.kinds import FileKind
from mainstay.formats.plans import SchedulePool
from mainstay.formats.plans.writing import to_mspdi, to_pmxml
from mainstay.formats.plans.xml_rows import xml_misfits
from mainstay.formats.schedule import Activity, Assignment, Calendar, Link, Resource, Schedule
from tests.formats.plans.test_misfits import DAY, FRIDAY, MONDAY

JUNK = "<Junk><UID>999</UID><Duration>-PT8H0M0S</Duration><Row>x</Row></Junk>" * 40_000
KINDS = {"mspdi": FileKind.MSPDI, "pmxml": FileKind.PMXML}


@pytest.fixture(scope="module")
def pool() -> Iterator[SchedulePool]:
    with SchedulePool() as found:
        yield found


def plan(kind: str) -> str:
    activities = tuple(
        Activity(
            uid=k, activity_id=f"A{k}", name=f"Step {k}", calendar_uid=1, duration_minutes=480, start=MONDAY, finish=FRIDAY, outline_level=1
        )
        for k in range(1, 4)
    )
    schedule = Schedule(
        name="Bridge", project_id="BR", start=MONDAY, finish=FRIDAY, status_date=MONDAY, default_calendar_uid=1,
        calendars=(Calendar(1, "Office", (DAY,) * 5 + ((), ())), Calendar(2, "Other", (DAY,) * 7)), activities=activities,
        links=(Link(1, 2), Link(2, 3)), resources=(Resource(uid=1, name="Crew", max_units=100.0, calendar_uid=1),),
        assignments=(Assignment(uid=1, activity_uid=1, resource_uid=1, units=100.0, work_minutes=480.0, start=MONDAY, finish=FRIDAY),),
    )  # fmt: skip
    return (to_mspdi if kind == "mspdi" else to_pmxml)(schedule).decode()


def put(pattern: str, text: str) -> Callable[[str], str]:
    """Replaces the first place that fits, which must be there."""

    def change(whole: str) -> str:
        changed, count = re.subn(pattern, text, whole, count=1, flags=re.DOTALL)
        assert count == 1
        return changed

    return change


def without_shifts(text: str) -> str:
    """The second calendar works no more."""
    head, tail = text.rsplit("</Calendar>", 1)
    before, last = head.rsplit("<Calendar>", 1)
    return f"{before}<Calendar>{re.sub('<Work(ingTimes|Time)>.*?</Work(ingTimes|Time)>', '', last, flags=re.DOTALL)}</Calendar>{tail}"


LOST = "A link names an activity that the file does not hold"
LESS = "An activity has a negative duration"
IDLE = "A calendar has no working time"
ASTRAY = "An assignment names an activity or a resource that the file does not hold"
DOUBLE = "Two activities have one id"
CASES: dict[str, tuple[str, Callable[[str], str], str]] = {
    "mspdi whole": ("mspdi", lambda text: text, ""),
    "pmxml whole": ("pmxml", lambda text: text, ""),
    "mspdi link": ("mspdi", put("<PredecessorUID>1<", "<PredecessorUID>999<"), LOST),
    "pmxml link": ("pmxml", put("<PredecessorActivityObjectId>1<", "<PredecessorActivityObjectId>999<"), LOST),
    "mspdi other plan": (
        "mspdi", put("<PredecessorUID>1<.*?<CrossProject>0<", "<PredecessorUID>999</PredecessorUID><Type>1</Type><CrossProject>1<"), "",
    ),
    "mspdi negative": ("mspdi", put("<Duration>PT8H", "<Duration>-PT8H"), LESS),
    "pmxml negative": ("pmxml", put("<PlannedDuration>8<", "<PlannedDuration>-8<"), LESS),
    "mspdi idle": ("mspdi", without_shifts, IDLE),
    "pmxml idle": ("pmxml", without_shifts, IDLE),
    "mspdi assignment": ("mspdi", put("<TaskUID>1<", "<TaskUID>77<"), ASTRAY),
    "pmxml assignment": ("pmxml", put("<ActivityObjectId>1<", "<ActivityObjectId>77<"), ASTRAY),
    "mspdi id twice": ("mspdi", put("<Task>(\\s*)<UID>3<", "<Task>\\1<UID>2<"), DOUBLE),
    "mspdi comment": ("mspdi", put("</Tasks>", "<!-- <Task><UID>3</UID><Duration>-PT8H</Duration></Task> --></Tasks>"), ""),
    "mspdi junk": ("mspdi", put("</Project>", f"<Junks>{JUNK}</Junks></Project>"), ""),
    "pmxml junk": ("pmxml", put("</Project>", f"<Junks>{JUNK}</Junks></Project>"), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_misfit_has_its_sentence_and_line(name: str, tmp_path: Path) -> None:
    kind, change, told = CASES[name]
    path = tmp_path / "plan.xml"
    text = change(plan(kind))
    path.write_text(text, encoding="utf-8")
    found = xml_misfits(path, KINDS[kind])
    assert [sentence.split(" (line ")[0] for sentence in found] == ([told] if told else [])
    for sentence in found:
        number = int(sentence.split(" (line ")[1].split(")")[0])
        assert re.match(
            r"\s*<(Task|PredecessorLink|Relationship|Activity|Calendar|Assignment|ResourceAssignment)>", text.splitlines()[number - 1]
        )


@pytest.mark.parametrize("name", [name for name in CASES if "whole" not in name])
def test_the_rest_of_the_plan_is_read(name: str, tmp_path: Path, pool: SchedulePool) -> None:
    kind, change, told = CASES[name]
    path = tmp_path / "plan.xml"
    path.write_text(change(plan(kind)), encoding="utf-8")
    read = pool.read(path).schedule
    steps = [row for row in read.activities if row.name.startswith("Step")]
    assert len(steps) == 3
    assert any(sentence.startswith(told) for sentence in read.warnings) == bool(told) or not told


def test_many_of_a_kind_are_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "plan.xml"
    path.write_text(re.sub("<PredecessorUID>\\d", "<PredecessorUID>99", plan("mspdi")), encoding="utf-16")
    (told,) = xml_misfits(path, FileKind.MSPDI)
    assert told.startswith("2 links name activities that the file does not hold (line ")
    assert told.endswith(", and so on); left out.")
