"""What moved since the earlier snapshot, and the reason that was recorded. One row a difference; no text is made up."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.render.tree import Block, Cell, Column, Delta, Note, Paragraph, Row, Run, Section, Table, row
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import Move, PackFacts

MOST = 30
"""Differences shown; the rest are counted. All stand in the comparison on screen."""


def section(facts: PackFacts) -> Section:
    return Section(title(facts), tuple(blocks(facts)), name=_("What moved"))


def told(moves: Sequence[Move]) -> list[Move]:
    """Those that the board is told of."""
    return [move for move in moves if not move.is_small]


def title(facts: PackFacts) -> str:
    if facts.previous is None:
        return _("This is the first pack: nothing to compare it with")
    if facts.previous_unread:
        return _("What moved since %(name)s cannot be told") % {"name": facts.previous.name}
    moves = told(facts.moves)
    if not moves:
        return _("Nothing moved beyond the thresholds since %(name)s") % {"name": facts.previous.name}
    worse = sum(move.sense == "worse" for move in moves)
    text = ngettext("%(count)s thing moved since %(name)s", "%(count)s things moved since %(name)s", len(moves))
    first = wording.first_letter_up(text % {"count": wording.numeral(len(moves)), "name": facts.previous.name})
    return _("%(first)s, %(worse)s of them for the worse") % {"first": first, "worse": wording.numeral(worse) if worse else _("none")}


def blocks(facts: PackFacts) -> list[Block]:
    if facts.previous is None:
        return [Paragraph(_("Later packs show here what has moved since this one, with the reasons recorded."))]
    if facts.previous_unread:
        return [Note(facts.previous_unread, lead=_("The earlier snapshot cannot be read."), tone="red")]
    moves = told(facts.moves)
    if not moves:
        return [Paragraph(small(len(facts.moves)))]
    return [table(moves[:MOST], facts, " ".join(notes(moves, facts)))]


def small(count: int) -> str:
    text = ngettext("%(count)s difference lies below them.", "%(count)s differences lie below them.", count) % {"count": count}
    return f"{_('Thresholds: 5 working days; 1 % or £0.1m; any change of status, agreement or state.')} {text}"


def notes(moves: list[Move], facts: PackFacts) -> list[str]:
    found = []
    if rest := wording.left_out(moves[:MOST], moves):
        found.append(rest)
    without = sum(wording.is_unexplained(move) for move in moves)
    if without:
        text = ngettext("%(count)s has no reason recorded.", "%(count)s have no reason recorded.", without)
        found.append(wording.first_letter_up(text % {"count": wording.numeral(without)}))
    if below := len(facts.moves) - len(moves):
        found.append(small(below))
    return found


def table(moves: Sequence[Move], facts: PackFacts, note: str = "") -> Table:
    before = facts.previous.name if facts.previous else _("Before")
    columns = (
        Column(_("Where"), weight=1.3, heads_row=True),
        Column(_("Item"), weight=2.4),
        Column(before, weight=1.2, missing="—"),
        Column(facts.name, weight=1.2, missing="—"),
        Column(_("Change"), weight=1, missing="—"),
        Column(_("Reason recorded"), weight=2.6, missing=_("No reason recorded")),
    )
    return Table(_("What moved"), columns, tuple(line(move, facts) for move in moves), note=note)


def line(move: Move, facts: PackFacts) -> Row:
    where = move.record.code if move.record.ref == move.record.code else f"{move.record.code} {move.record.ref}"
    name = (Run(where, strong=True, link=wording.link_to(move.record.register, move.record.pk)),)
    subject = wording.item(move) if move.record.register == "initiatives.initiative" else f"{wording.item(move)}: {move.title}"
    before, after = wording.value(move, move.before), wording.value(move, move.after)
    return row(name, subject, before or None, after or None, change(move), wording.reason(move, facts) or None)


def change(move: Move) -> Cell:
    if move.days is not None:
        return Delta(wording.signed_days(move.days), move.sense)
    if move.amount is not None:
        return Delta(wording.signed_money(move.amount), move.sense)
    words = {"better": _("better"), "worse": _("worse")}
    return Delta(words[move.sense], move.sense) if move.sense in words else None
