"""Business areas that change over: when, how many of their musts are confirmed, and which are not ready while their day is near."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.render.tree import AMBER, COMPLETE, GREEN, RED, Column, Section, Status, Table, row
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import PackFacts
from mainstay.reporting.board_pack.limits import TransitionFact
from mainstay.transition.plan.register import TransitionPlanRegister

NEAR = timedelta(days=30)
"""A cut-over that is nearer than this with an open must is put to the board."""
BEFORE = ("draft", "agreed", "ready")
MOST = 16


def sections(facts: PackFacts) -> tuple[Section, ...]:
    """Nothing where no business area has a transition plan."""
    if not facts.transitions:
        return ()
    ordered = sorted(facts.transitions, key=lambda one: (one.cut_over_on or date.max, one.code, one.ref))
    return (Section(title(ordered, facts.frozen_on), (table(ordered, facts.frozen_on),), name=_("Readiness")),)


def is_pressing(one: TransitionFact, today: date) -> bool:
    is_near = one.cut_over_on is not None and one.cut_over_on <= today + NEAR
    return one.state in BEFORE and is_near and (one.open > 0 or not one.musts)


def title(rows: list[TransitionFact], today: date) -> str:
    pressing = sum(is_pressing(one, today) for one in rows)
    if not pressing:
        return _("No business area changes over within 30 days with a must open")
    text = ngettext(
        "%(count)s business area changes over within 30 days and is not ready",
        "%(count)s business areas change over within 30 days and are not ready",
        pressing,
    )
    return wording.first_letter_up(text % {"count": wording.numeral(pressing)})


def table(rows: list[TransitionFact], today: date) -> Table:
    columns = (
        Column(_("Business area"), weight=2.6, heads_row=True),
        Column(_("Project"), weight=0.9),
        Column(_("Cut-over"), "date", weight=1, missing=_("no day")),
        Column(_("Days on agreed"), "delta", weight=0.8, less_is="better", missing="—"),
        Column(_("Musts confirmed"), weight=1.3),
        Column(_("Waived"), weight=0.7),
        Column(_("Standing"), "status", weight=1.3),
        Column(_("Owner"), weight=1.3, missing=_("nobody")),
    )
    shown = rows[:MOST]
    lines = tuple(
        row(
            wording.linked("transition.plan", one, f"{one.ref} {one.area or one.title}"),
            one.code,
            one.cut_over_on,
            one.slip_days,
            _("%(n)d of %(all)d") % {"n": one.confirmed, "all": one.musts} if one.musts else _("none written down"),
            str(one.waived),
            standing(one, today),
            one.owner or None,
        )
        for one in shown
    )
    note = [_("A waived must is not met; somebody has taken it on themselves.")]
    if without := sum(not one.has_fallback and one.state in BEFORE for one in rows):
        text = ngettext("%(count)s has no fallback written down.", "%(count)s have no fallback written down.", without)
        note.append(wording.first_letter_up(text % {"count": wording.numeral(without)}))
    if rest := wording.left_out(shown, rows):
        note.append(rest)
    return Table(_("Readiness of business areas"), columns, lines, note=" ".join(note))


def standing(one: TransitionFact, today: date) -> Status:
    states = TransitionPlanRegister.states
    word = str(states.label(one.state)) if states else one.state
    if one.state == "closed":
        return Status(word, COMPLETE.shape)
    if one.state not in BEFORE:
        return Status(word, "none")
    if is_pressing(one, today):
        return Status(_("Not ready"), RED.shape)
    return Status(word, AMBER.shape if one.open or not one.musts else GREEN.shape)
