"""What does not fit together in a plan's XML (Microsoft Project's and Primavera's), told beside the plan with the line on which it stands.

The text is looked through for the few elements that matter, in a fraction of a parser's time; the plan itself is read elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mainstay.formats.kinds import FileKind

PREFIX = r"(?:[\w.-]+:)?"
WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Words:
    """How a format calls what is looked for: records, and the elements in them by what they mean."""

    activity: str
    link: str
    calendar: str
    assignment: str
    resource: str
    uid: str
    predecessor: str
    successor: str
    of_activity: str
    of_resource: str
    shift: str
    durations: tuple[str, ...]
    elsewhere: tuple[str, ...]
    """Elements that say of a link that an end lies in another plan."""
    parent: str


MSPDI = Words(
    "Task", "PredecessorLink", "Calendar", "Assignment", "Resource", "UID", "PredecessorUID", "", "TaskUID", "ResourceUID", "FromTime",
    ("Duration", "RemainingDuration"), ("CrossProjectName",), "BaseCalendarUID",
)  # fmt: skip
PMXML = Words(
    "Activity", "Relationship", "Calendar", "ResourceAssignment", "Resource", "ObjectId", "PredecessorActivityObjectId",
    "SuccessorActivityObjectId", "ActivityObjectId", "ResourceObjectId", "Start", ("PlannedDuration", "RemainingDuration"),
    ("PredecessorProjectObjectId", "SuccessorProjectObjectId"), "BaseCalendarObjectId",
)  # fmt: skip
WORDS = {FileKind.MSPDI: MSPDI, FileKind.PMXML: PMXML}


@dataclass(slots=True)
class Record:
    """One element with the first value of each element in it that is looked for; `place` is where it begins."""

    name: str
    place: int
    owner: str = ""
    values: dict[str, str] = field(default_factory=dict)


def xml_misfits(path: Path, kind: FileKind) -> tuple[str, ...]:
    """One sentence for each kind of misfit; none for other formats."""
    words = WORDS.get(kind)
    if words is None:
        return ()
    content = path.read_bytes()
    text = content.decode("utf-16", "replace") if content.startswith(WIDE) else content.decode("utf-8", "replace")
    found: dict[str, list[Record]] = {}
    for record in records(text, words):
        found.setdefault(record.name, []).append(record)
    return tuple(told(text, found, words))


def records(text: str, words: Words) -> Iterator[Record]:
    """Each record that ends; one inside another knows the other's uid."""
    names = f"{words.activity}|{words.link}|{words.calendar}|{words.assignment}|{words.resource}"
    wanted = {words.uid, words.predecessor, words.successor, words.of_activity, words.of_resource, words.shift, "Name", words.parent}
    fields = "|".join(sorted((wanted | {*words.durations, *words.elsewhere, "CrossProject"}) - {""}))
    token = re.compile(
        rf"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<{PREFIX}(?P<opened>{names})(?:\s[^>]*)?(?P<empty>/?)>"
        rf"|</{PREFIX}(?P<closed>{names})\s*>|<{PREFIX}(?P<field>{fields})(?:\s[^>]*)?>(?P<value>[^<]*)<",
        re.DOTALL,
    )
    open_records: list[Record] = []
    for match in token.finditer(text):
        if match["field"] and open_records:
            open_records[-1].values.setdefault(match["field"], match["value"].strip())
        elif match["opened"] and not match["empty"]:
            owner = open_records[-1].values.get(words.uid, "") if open_records else ""
            open_records.append(Record(match["opened"], match.start(), owner))
        elif match["closed"] and open_records and open_records[-1].name == match["closed"]:
            yield open_records.pop()


def told(text: str, found: dict[str, list[Record]], words: Words) -> Iterator[str]:
    activities = found.get(words.activity, [])
    uids = {record.values.get(words.uid, "") for record in activities}
    people = {record.values.get(words.uid, "") for record in found.get(words.resource, [])}

    def line(record: Record) -> int:
        return text.count("\n", 0, record.place) + 1

    def sentence(one: str, many: str, wrong: list[Record], what: str) -> Iterator[str]:
        if wrong:
            said = one if len(wrong) == 1 else many.format(n=f"{len(wrong):,}")
            yield f"{said} (line {line(wrong[0])}{', and so on' if len(wrong) > 1 else ''}); {what}."

    lost = [record for record in found.get(words.link, []) if is_dangling(record, uids, words)]
    yield from sentence(
        "A link names an activity that the file does not hold", "{n} links name activities that the file does not hold", lost, "left out"
    )
    negative = [record for record in activities if any(is_negative(record.values.get(name, "")) for name in words.durations)]
    yield from sentence("An activity has a negative duration", "{n} activities have a negative duration", negative, "taken as none")
    idle = [record for record in found.get(words.calendar, []) if is_idle(record, words)]
    yield from sentence(
        "A calendar has no working time",
        "{n} calendars have no working time",
        idle,
        "the project's, or the first that has any, stands for it",
    )
    astray = [
        record
        for record in found.get(words.assignment, [])
        if record.values.get(words.of_activity, "") not in uids or names_nobody(record.values.get(words.of_resource, ""), people)
    ]
    yield from sentence(
        "An assignment names an activity or a resource that the file does not hold",
        "{n} assignments name activities or resources that the file does not hold",
        astray,
        "left out where the activity is missing",
    )
    first = {record.values.get(words.uid, ""): record for record in reversed(activities)}
    double = [record for record in activities if first[record.values.get(words.uid, "")] is not record]
    yield from sentence("Two activities have one id", "{n} activities have the id of another one", double, "links to it may mean either")


def is_dangling(record: Record, uids: set[str], words: Words) -> bool:
    """An end of it is no activity of the file, and nothing says that it lies in another plan."""
    ends = [record.values.get(words.predecessor, "")]
    ends.append(record.values.get(words.successor, "") if words.successor else record.owner)
    if record.values.get("CrossProject", "0") not in ("0", "false", ""):
        return False
    if words.successor:
        projects = [record.values.get(name, "") for name in words.elsewhere]
        return projects[0] == projects[1] and any(end not in uids for end in ends)
    return not record.values.get(words.elsewhere[0]) and any(end not in uids for end in ends)


def is_negative(duration: str) -> bool:
    """Both formats begin a negative one with a minus, or put it behind the P or T of a duration."""
    return duration.lstrip("PT").startswith("-")


def is_idle(record: Record, words: Words) -> bool:
    """Names no shift, and follows no other calendar that may have some."""
    return words.shift not in record.values and record.values.get(words.parent, "-1") in ("", "-1", "0")


def names_nobody(resource: str, people: set[str]) -> bool:
    """An assignment may be to nobody yet, which Microsoft Project says by a negative number."""
    return bool(resource) and not resource.startswith("-") and resource not in people
