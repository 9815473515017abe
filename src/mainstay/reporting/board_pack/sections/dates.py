"""The plan on one page, and the milestones that are late or near."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.render.tree import (
    AMBER,
    COMPLETE,
    GREEN,
    RED,
    Block,
    Column,
    Milestone,
    Paragraph,
    Section,
    Span,
    Status,
    Table,
    Timeline,
    row,
)
from mainstay.render.typography import day
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import MilestoneFact, PackFacts, Place
from mainstay.reporting.board_pack.sections.summary import baseline_of, finish_of

NEAR = timedelta(days=92)
MOST_SPANS, MOST_ROWS, MOST_MARKS = 30, 24, 6


def section(facts: PackFacts) -> Section:
    spans = tuple(span(facts, place) for place in facts.projects or (facts.initiative,))
    dated = tuple(one for one in spans if one.start or one.p50 or one.milestones)[:MOST_SPANS]
    blocks: list[Block] = []
    if dated:
        told = "; ".join(f"{one.name}: {one.detail}" for one in dated)
        head = _("Each project from start to finish, with its baseline")
        blocks.append(Timeline(head, told, dated, as_at=facts.frozen_on, source=source(facts)))
    blocks.append(table(facts))
    return Section(title(facts), tuple(blocks), name=_("Plan"), notes="\n".join(f"{one.name}: {one.detail}" for one in dated))


def title(facts: PackFacts) -> str:
    slips = []
    for place in facts.projects or (facts.initiative,):
        finish, base = finish_of(facts, place), baseline_of(facts, place)
        if finish and base:
            slips.append(((finish - base).days, place.code))
    late = sorted((slip for slip in slips if slip[0] > 0), reverse=True)
    if not slips:
        return _("No plan with dates has been loaded")
    if not late:
        return _("Every project finishes by its baseline")
    text = ngettext(
        "%(count)s of %(total)s project finishes after its baseline, %(code)s by %(days)s",
        "%(count)s of %(total)s projects finish after their baseline, %(code)s by %(days)s",
        len(late),
    )
    values = {
        "count": wording.numeral(len(late)),
        "total": wording.numeral(len(slips)),
        "code": late[0][1],
        "days": wording.days(late[0][0]),
    }
    return wording.first_letter_up(text % values)


def span(facts: PackFacts, place: Place) -> Span:
    plans = [plan for plan in facts.plans if plan.part == place.code]
    start = min((plan.starts_on for plan in plans if plan.starts_on), default=place.starts_on)
    finish, base = finish_of(facts, place), baseline_of(facts, place)
    p80 = None
    if facts.outlook:
        part = next((part for part in (facts.outlook.programme, *facts.outlook.projects) if part.code == place.code), None)
        p80 = part.finish.at(80).day if part and part.finish else None
    rows = [
        row for row in facts.milestones if row.part == place.code and row.state != "cancelled" and (row.expected or row.baseline_current)
    ]
    marks = tuple(Milestone(row.title, row.baseline_current, row.expected, row.state == "reached") for row in rows[:MOST_MARKS])
    return Span(
        name=f"{place.code} {place.title}",
        start=start,
        p50=finish,
        p80=p80,
        baseline=base,
        status=wording.rating(wording.status_of(facts, place.code).rating),
        detail=detail(finish, base, p80),
        is_reported=bool(plans),
        milestones=marks,
    )


def detail(finish: date | None, base: date | None, p80: date | None) -> str:
    """Short: it stands under the project's name beside its bar."""
    if finish is None:
        return _("no plan")
    texts = [wording.late((finish - base).days) if base else _("no baseline"), _("P80 %(day)s") % {"day": day(p80)} if p80 else ""]
    return ", ".join(text for text in texts if text)


def source(facts: PackFacts) -> str:
    if facts.outlook:
        return _("Run %(ref)s; bars end at P50, whiskers at P80") % {"ref": facts.outlook.provenance.ref}
    return _("Plans as loaded; bars end at the plans' own finish")


def table(facts: PackFacts) -> Table | Paragraph:
    rows = sorted((row for row in facts.milestones if is_told(row, facts)), key=lambda row: (-(row.slip_days or 0), row.code, row.ref))
    columns = (
        Column(_("Milestone"), weight=3.2, heads_row=True),
        Column(_("Project"), weight=0.9),
        Column(_("Original"), "date", weight=1, missing=_("none")),
        Column(_("Baseline"), "date", weight=1, missing=_("none")),
        Column(_("Expected"), "date", weight=1, missing=_("not given")),
        Column(_("Days on baseline"), "delta", weight=0.8, less_is="better", missing="—"),
        Column(_("Standing"), "status", weight=1.1),
        Column(_("Owner"), weight=1.3, missing=_("nobody")),
    )
    shown = rows[:MOST_ROWS]
    lines = tuple(
        row(
            wording.linked("planning.milestone", one, f"{one.ref} {one.title}"), one.code, one.baseline_original, one.baseline_current,
            one.expected, one.slip_days, standing(one), one.owner or None,
        )
        for one in shown
    )  # fmt: skip
    note = [_("Beyond tolerance, overdue, reached since the earlier pack, or due within three months.")]
    planned = [row for row in facts.milestones if row.state == "planned"]
    quiet = len(planned) - sum(one.state == "planned" for one in rows)
    if quiet:
        note.append(ngettext("%(count)s other is on track.", "%(count)s others are later and on track.", quiet) % {"count": quiet})
    if rest := wording.left_out(shown, rows):
        note.append(rest)
    empty = _("No milestone is late or due within three months.") if facts.milestones else _("No milestone is recorded.")
    return Table(_("Milestones"), columns, lines, note=" ".join(note), empty=empty)


def is_told(row: MilestoneFact, facts: PackFacts) -> bool:
    if row.state == "cancelled":
        return False
    beyond = row.slip_days is not None and row.slip_days > row.tolerance_days
    return row.state == "reached" or beyond or row.expected is None or row.expected <= facts.frozen_on + NEAR


def standing(row: MilestoneFact) -> Status:
    if row.state == "reached":
        return COMPLETE
    words = {
        "late": (_("Overdue"), RED),
        "at risk": (_("At risk"), AMBER),
        "on track": (_("On track"), GREEN),
        "complete": (COMPLETE.word, COMPLETE),
    }
    word, status = words.get(row.standing, (_("Not dated"), None))
    return Status(word, status.shape if status else "none")
