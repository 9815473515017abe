"""What one project owes another: late, at risk, or not agreed."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.render.tree import AMBER, GREEN, RED, Column, Section, Status, Table, row
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import DependencyFact, PackFacts

MOST = 15
ORDER = {"late": 0, "at risk": 1, "not dated": 2, "on track": 3, "delivered": 4, "accepted": 5}
WEIGHTS = {"high": 0, "medium": 1, "low": 2}


def section(facts: PackFacts) -> Section:
    live = [one for one in facts.dependencies if not one.is_settled]
    rows = sorted((one for one in live if one.standing != "on track"), key=order)
    return Section(title(live, rows), (table(live, rows),), name=_("Dependencies"))


def order(one: DependencyFact) -> tuple[object, ...]:
    return (
        ORDER.get(one.standing, 9),
        one.buffer_days if one.buffer_days is not None else 0,
        WEIGHTS.get(one.criticality, 3),
        one.code,
        one.ref,
    )


def title(live: list[DependencyFact], rows: list[DependencyFact]) -> str:
    late = [one for one in rows if one.standing == "late"]
    if not live:
        return _("No dependency between projects is recorded")
    if late:
        text = ngettext(
            "%(count)s of %(total)s dependency comes late, %(ref)s by %(days)s",
            "%(count)s of %(total)s dependencies come late, %(ref)s by %(days)s",
            len(late),
        )
        days = wording.days(late[0].buffer_days or 0)
        values = {
            "count": wording.numeral(len(late)),
            "total": wording.numeral(len(live)),
            "ref": f"{late[0].code} {late[0].ref}",
            "days": days,
        }
        return wording.first_letter_up(text % values)
    if rows:
        text = ngettext("No dependency is late; %(count)s is at risk", "No dependency is late; %(count)s are at risk", len(rows))
        return text % {"count": wording.numeral(len(rows))}
    return _("All dependencies are agreed and come in time")


def table(live: list[DependencyFact], rows: list[DependencyFact]) -> Table:
    columns = (
        Column(_("Ref."), weight=0.8, heads_row=True),
        Column(_("Gives → gets"), weight=1.1),
        Column(_("What"), weight=1.9),
        Column(_("Needed by"), "date", weight=0.8, missing=_("not given")),
        Column(_("Given on"), "date", weight=0.8, missing=_("not given")),
        Column(_("Buffer"), "number", weight=0.6, unit=_("days"), missing="—"),
        Column(_("Standing"), "status", weight=0.9),
        Column(_("Agreement"), weight=0.8),
        Column(_("If late"), weight=3.4, missing=_("not said")),
    )
    shown = rows[:MOST]
    lines = tuple(
        row(
            wording.linked("planning.dependency", one, f"{one.code} {one.ref}"),
            f"{one.giver} → {one.code}", one.title, one.needed_by, one.given,
            one.buffer_days, standing(one), wording.first_letter_up(one.state), one.impact or None,
        )
        for one in shown
    )  # fmt: skip
    on_track = len(live) - len(rows)
    note = [_("Given on: the giver's live plan, else the promise.")]
    if on_track:
        note.append(ngettext("%(count)s on track is left out.", "%(count)s on track are left out.", on_track) % {"count": on_track})
    if rest := wording.left_out(shown, rows):
        note.append(rest)
    empty = _("None is late or at risk.") if live else _("No dependency is recorded.")
    return Table(_("Dependencies at risk"), columns, lines, note=" ".join(note), empty=empty)


def standing(one: DependencyFact) -> Status:
    words = {"late": (_("Late"), RED), "at risk": (_("At risk"), AMBER), "on track": (_("On track"), GREEN)}
    word, status = words.get(one.standing, (_("Not dated"), None))
    return Status(word, status.shape if status else "none")
