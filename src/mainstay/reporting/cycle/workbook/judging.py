"""Whether a workbook may be loaded, and what its cells change: template, project and period first, then each cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register import words
from mainstay.register.typed import whole_number
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle.asking import Asked as Questions
from mainstay.reporting.cycle.asking import asked_of, return_of
from mainstay.reporting.cycle.workbook import labels
from mainstay.reporting.cycle.workbook.boxes import Box, boxes, is_same
from mainstay.reporting.cycle.workbook.hidden import text
from mainstay.reporting.cycle.workbook.returned import Asked, Given, NotAReturn, Place, Returned
from mainstay.reporting.cycle.workbook.values import NotUsable, quoted, text_of
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that keeps a workbook from being loaded, and where it stands."""

    sentence: str
    place: Place | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


@dataclass(slots=True)
class Judged:
    """What the cells of a workbook change: the answers given, what stood there, and what cannot be used."""

    asked: Questions
    given: dict[str, str] = field(default_factory=dict)
    was: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)


def return_named(told: Returned, account: Account | None, expected: Return | Commission | None) -> Return:
    """The return that the workbook is of, where it is the one expected, and `account` may give its answers. Raises NotAReturn."""
    about = told.about
    if expected is not None:
        refuse_other(about, expected)
    number = whole_number(about.get("return id", ""))
    held = None if number is None else return_of(number, account, "change")
    if held is None:
        raise NotAReturn(
            _("The return of %(initiative)s for %(period)s is not there, or it is not yours to fill in.")
            % {"initiative": about.get("initiative", "")[:40], "period": about.get("period", "")[:40]}
        )
    refuse_altered(about, held)
    if held.state not in OPEN_FOR_ANSWERS:
        day = words.day(words.local(held.sent_at).date()) if held.sent_at else words.NOTHING
        raise NotAReturn(
            _("This return was sent on %(day)s and takes no more answers. Ask the office to send it back, then load the workbook again.")
            % {"day": day}
        )
    return held


def refuse_other(about: Mapping[str, str], expected: Return | Commission) -> None:
    """A workbook of another project, period or commission than the page's, told before anything else is looked at."""
    asked = expected.commission if isinstance(expected, Return) else expected
    name = f"{about.get('initiative', '')} {about.get('initiative title', '')}".strip()[:120]
    given = {"initiative": name, "period": about.get("period", "")[:40], "ours": asked.period}
    if isinstance(expected, Return) and about.get("initiative") != expected.initiative.code:
        given["here"] = str(expected.initiative)
        raise NotAReturn(
            _(
                "Wrong project: this is the workbook of %(initiative)s, and here is the return of %(here)s. "
                "Choose the workbook of this project, or load this one on its own return's page."
            )
            % given
        )
    if (about.get("from"), about.get("to")) != (asked.period_from.isoformat(), asked.period_to.isoformat()):
        raise NotAReturn(
            _(
                "Wrong period: this workbook is of %(period)s, and %(ours)s is asked here. "
                "Download the workbook of %(ours)s and give the answers there."
            )
            % given
        )
    if about.get("return id" if isinstance(expected, Return) else "commission id") != str(expected.pk):
        raise NotAReturn(
            _("Wrong return: this workbook answers “%(title)s” (%(commission)s), and here is “%(ours)s”. Load it on its own return's page.")
            % {"title": about.get("title", "")[:80], "commission": about.get("commission", "")[:20], "ours": asked.title}
        )


def refuse_altered(about: Mapping[str, str], held: Return) -> None:
    """A workbook whose labels do not fit the record that they name: of another installation, of an older definition, or altered."""
    ours: dict[str, Any] = labels.about(held)
    if about.get("digest") != ours["digest"]:
        raise NotAReturn(
            _(
                "This workbook asks version %(theirs)s of the questions, and the return asks version %(ours)s. "
                "Download the workbook again and copy your answers into it."
            )
            % {"theirs": about.get("definition version", "")[:10] or "?", "ours": ours["definition version"]}
        )
    if any(about.get(name) != str(ours[name]) for name in ("return", "commission", "commission id", "initiative", "from", "to")):
        raise NotAReturn(
            _("The hidden labels of this workbook do not fit the return that they name. Download it again and copy your answers into it.")
        )


def judged(told: Returned, record: Return, account: Account | None) -> Judged:
    """What the cells change. What stands as it stood when the workbook was made is no change; nor is what stands so on record by now."""
    found = Judged(asked_of(record, account, told.given))
    known = {box.key: box for box in boxes(found.asked)}
    for key, cells in told.given.items():
        was, box = told.asked[key].was, known.get(key)
        found.places[key] = cells[0].place
        if box is None:
            unknown(found, key, cells[0], told.asked[key])
            continue
        try:
            given = agreed(box, cells, found)
        except NotUsable as fault:
            found.faults.append(Fault(str(fault), found.places[key]))
            continue
        if not is_same(box, given, was) and not is_same(box, given, box.value):
            found.given[key], found.was[key] = given, was
    return found


def agreed(box: Box, cells: list[Given], found: Judged) -> str:
    """What the cell says; where it stands twice because a row or a sheet was copied, both must say the same."""
    first = ""
    for number, cell in enumerate(cells):
        found.places[box.key] = cell.place
        answer = text_of(box, cell)
        if number and not is_same(box, answer, first):
            told = _("%(label)s stands here and in %(place)s with another answer. Delete the copy.")
            raise NotUsable(told % {"label": box.label, "place": cells[0].place})
        first = answer
    return first


def unknown(found: Judged, key: str, cell: Given, asked: Asked) -> None:
    """A cell of a record that is closed, or that the loader does not see: no fault as long as nobody has changed it."""
    value = cell.value.isoformat() if isinstance(cell.value, date) else text(cell.value).strip()
    as_number = Box(key, "number", asked.label, "")
    if cell.odd or not (value == asked.words or is_same(as_number, value, asked.was)):
        told = _("%(label)s is now %(value)s, and that cannot be saved: it is closed, or it is not yours to change.")
        found.faults.append(Fault(told % {"label": asked.label, "value": quoted(cell.value)}, found.places[key]))
