"""Decisions that the board is asked for, and those taken since the earlier pack."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.render.tree import Block, Column, DecisionAsked, Note, Option, Paragraph, Section, Table, row
from mainstay.render.typography import day
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import DecisionFact, PackFacts


def section(facts: PackFacts) -> Section:
    asked = sorted((row for row in facts.decisions if row.state == "asked"), key=lambda row: (row.needed_by or date.max, row.code, row.ref))
    blocks: list[Block | Section] = [told(number, decision) for number, decision in enumerate(asked, 1)]
    if not asked:
        blocks.append(Paragraph(_("Nothing waits for the board.")))
    late = [decision for decision in asked if decision.needed_by and decision.needed_by < facts.frozen_on]
    if late:
        text = ngettext(
            "%(count)s of them was needed before today: %(refs)s.", "%(count)s of them were needed before today: %(refs)s.", len(late)
        )
        refs = wording.listed(f"{decision.code} {decision.ref}" for decision in late)
        blocks.append(Note(text % {"count": len(late), "refs": refs}, lead=_("Overdue."), tone="red"))
    if taken := [decision for decision in facts.decisions if decision.state == "decided"]:
        blocks.append(outcomes(taken))
    return Section(title(asked), tuple(blocks), name=_("Decisions"))


def title(asked: list[DecisionFact]) -> str:
    if not asked:
        return _("No decision is asked of the board")
    text = ngettext("%(count)s decision is asked of the board", "%(count)s decisions are asked of the board", len(asked))
    told_count = wording.first_letter_up(text % {"count": wording.numeral(len(asked))})
    first = asked[0].needed_by
    return (
        f"{told_count}, {_('the first by %(day)s') % {'day': day(first)}}"
        if first and len(asked) > 1
        else f"{told_count}, {_('by %(day)s') % {'day': day(first)}}"
        if first
        else told_count
    )


def told(number: int, decision: DecisionFact) -> DecisionAsked:
    options = tuple(Option(line.strip()) for line in decision.options.splitlines() if line.strip())
    return DecisionAsked(
        number=str(number),
        ask=ask(decision),
        because=decision.because or _("no reason recorded"),
        options=options,
        by_whom=decision.forum or _("not said"),
        by_when=decision.needed_by,
        cost=wording.pounds(decision.cost) if decision.cost is not None else _("none stated"),
        if_not=decision.if_not or _("not said"),
        paper=f"{decision.code} {decision.ref}",
    )


def ask(decision: DecisionFact) -> str:
    """The title, which begins with a verb; with the question where that says more than the title does."""
    said = {word.strip(".,?;:").lower() for word in decision.title.split() if len(word) > 3}
    repeated = sum(any(word in other.lower() for other in decision.question.split()) for word in said)
    if not decision.question or (said and repeated >= len(said) / 2):
        return decision.title
    return f"{decision.title}. {decision.question}"


def outcomes(taken: list[DecisionFact]) -> Table:
    columns = (
        Column(_("Ref."), weight=0.9, heads_row=True),
        Column(_("Decided"), weight=2.6),
        Column(_("Outcome"), weight=3.2, missing=_("not recorded")),
        Column(_("On"), "date", weight=0.9, missing=_("no date")),
        Column(_("By whom"), weight=1.2, missing=_("not said")),
    )
    rows = tuple(
        row(
            wording.linked("communications.decision", one, f"{one.code} {one.ref}"),
            one.title,
            one.outcome or None,
            one.decided_on,
            one.forum or None,
        )
        for one in sorted(taken, key=lambda one: (one.decided_on or date.min, one.ref), reverse=True)
    )
    return Table(
        _("Decided since"), columns, rows, note=_("Decided since the earlier pack; what was known then is kept with each decision.")
    )
