"""Tolerances that are or will be passed, as they were put to a board, with the options and what was decided."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.render.tree import Column, Paragraph, Run, Section, Table, row
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import PackFacts
from mainstay.reporting.board_pack.limits import ExceptionFact

STATES = {
    "draft": gettext_lazy("being written"),
    "project_board": gettext_lazy("with the project board"),
    "programme_board": gettext_lazy("with the programme board"),
    "decided": gettext_lazy("decided"),
}
MOST = 12


def sections(facts: PackFacts) -> tuple[Section, ...]:
    """Nothing where no tolerance has been reported as passed."""
    if not facts.exceptions:
        return ()
    ordered = sorted(facts.exceptions, key=lambda one: (one.state == "decided", one.needed_by or date.max, one.code, one.ref))
    shown = ordered[:MOST]
    parts = tuple(told(one) for one in shown if one.state != "decided")
    return (Section(title(ordered), (table(shown, ordered), *parts), name=_("Exceptions")),)


def title(rows: list[ExceptionFact]) -> str:
    count = sum(one.state != "decided" for one in rows)
    if not count:
        return _("Every exception has been decided")
    text = ngettext("%(count)s exception is not decided yet", "%(count)s exceptions are not decided yet", count)
    return wording.first_letter_up(text % {"count": wording.numeral(count)})


def table(shown: list[ExceptionFact], rows: list[ExceptionFact]) -> Table:
    columns = (
        Column(_("Ref."), weight=1.0, heads_row=True),
        Column(_("Tolerance of"), weight=0.9),
        Column(_("Deviation"), weight=3.4),
        Column(_("Stands"), weight=1.3),
        Column(_("Needed by"), "date", weight=0.9, missing=_("no date")),
        Column(_("Decision"), weight=2.0, missing=_("none yet")),
    )
    lines = tuple(
        row(
            wording.linked("risk.exception_report", one, f"{one.code} {one.ref}"),
            one.dimension,
            one.deviation,
            str(STATES.get(one.state, one.state)),
            one.needed_by,
            " ".join(part for part in (one.answer, one.outcome) if part) or None,
        )
        for one in shown
    )
    return Table(_("Tolerances passed"), columns, lines, note=wording.left_out(shown, rows))


def told(one: ExceptionFact) -> Paragraph:
    """What a board needs to decide, in one paragraph; what is not written yet is said to be so."""
    named = (
        (_("Cause."), one.cause),
        (_("If nothing is done."), one.consequences),
        (_("Options."), "; ".join(line.strip() for line in one.options.splitlines() if line.strip())),
        (_("Recommended."), one.recommendation),
    )
    runs = [Run(f"{one.code} {one.ref} {one.title}. ", strong=True)]
    for name, text in named:
        runs += [Run(f"{name} ", strong=True), Run(f"{text or _('not written yet')} ")]
    return Paragraph(tuple(runs))
