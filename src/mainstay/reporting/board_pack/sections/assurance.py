"""Assurance in the pack: reviews held and ahead with their released ratings, recommendations past their day, who has no review."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.assurance import lists
from mainstay.assurance.review.register import ReviewRegister
from mainstay.render.tree import RED, Column, Section, Status, Table, row
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.assured import AdviceFact, ReviewFact, UnreviewedFact
from mainstay.reporting.board_pack.facts import PackFacts

AHEAD = timedelta(days=183)
"""Reviews that begin later than this are left to a later pack."""
DONE = ("issued", "closed")
MOST = 12


def sections(facts: PackFacts) -> tuple[Section, ...]:
    """Nothing where nobody reviews anything and nobody should."""
    if not (facts.reviews or facts.advice or facts.unreviewed):
        return ()
    today = facts.frozen_on
    late = sorted((one for one in facts.advice if one.do_by and one.do_by < today), key=lambda one: (one.do_by or today, one.code, one.ref))
    told = [one for one in facts.reviews if one.first_day is None or one.first_day <= today + AHEAD]
    blocks = []
    if told:
        blocks.append(held(sorted(told, key=lambda one: (one.first_day or date.max, one.code, one.ref)), len(facts.reviews) - len(told)))
    if late:
        blocks.append(overdue(late, len(facts.advice), today))
    if facts.unreviewed:
        blocks.append(without(list(facts.unreviewed)))
    return (Section(title(late, list(facts.unreviewed), told), tuple(blocks), name=_("Assurance")),)


def title(late: list[AdviceFact], missing: list[UnreviewedFact], told: list[ReviewFact]) -> str:
    """The most pressing of what is wrong, as a finding."""
    red = sum(one.rating == "red" for one in told)
    for count, text in (
        (red, ngettext("%(count)s review is rated Red", "%(count)s reviews are rated Red", red)),
        (len(late), ngettext(
            "%(count)s recommendation of reviews is past its day", "%(count)s recommendations of reviews are past their day", len(late))),
        (len(missing), ngettext(
            "%(count)s initiative should have a review and has none", "%(count)s initiatives should have a review and have none",
            len(missing))),
    ):  # fmt: skip
        if count:
            return wording.first_letter_up(text % {"count": wording.numeral(count)})
    return _("No recommendation of a review is past its day")


def held(rows: list[ReviewFact], later: int) -> Table:
    columns = (
        Column(_("Review"), weight=2.6, heads_row=True),
        Column(_("Project"), weight=0.9),
        Column(_("From"), "date", weight=0.9, missing=_("no day")),
        Column(_("To"), "date", weight=0.9, missing=_("no day")),
        Column(_("Decision"), "date", weight=0.9, missing="—"),
        Column(_("Slack, days"), "delta", weight=0.8, less_is="worse", missing="—"),
        Column(_("Rating"), "status", weight=1.3),
        Column(_("State"), weight=1.2),
    )
    states, shown = ReviewRegister.states, rows[:MOST]
    lines = tuple(
        row(
            wording.linked("assurance.review", one, f"{one.ref} {one.title}"),
            one.code,
            one.first_day,
            one.last_day,
            one.decision_on,
            one.slack_days,
            wording.claimed(one.rating, one.scale) if one.rating else Status(unrated(one), "none"),
            str(states.label(one.state)) if states else one.state,
        )
        for one in shown
    )
    note = [_("Where a review has no days yet, its window stands; slack is from its end to the decision that it informs.")]
    if later:
        text = ngettext("%(count)s review further ahead is left out.", "%(count)s reviews further ahead are left out.", later)
        note.append(wording.first_letter_up(text % {"count": wording.numeral(later)}))
    if rest := wording.left_out(shown, rows):
        note.append(rest)
    return Table(_("Reviews held and ahead"), columns, lines, note=" ".join(note))


def unrated(one: ReviewFact) -> str:
    return _("Not released") if one.state in DONE else _("Not rated yet")


def overdue(late: list[AdviceFact], open_count: int, today: date) -> Table:
    columns = (
        Column(_("Recommendation"), weight=3.2, heads_row=True),
        Column(_("Project"), weight=0.9),
        Column(_("Of review"), weight=0.9),
        Column(_("Priority"), weight=1.2),
        Column(_("Do by"), "date", weight=0.9),
        Column(_("Late"), weight=0.9),
        Column(_("Owner"), weight=1.3, missing=_("nobody")),
    )
    names, shown = dict(lists.priority_choices()), late[:MOST]
    lines = tuple(
        row(
            wording.linked("assurance.recommendation", one, f"{one.ref} {one.title}"),
            one.code,
            one.review,
            names.get(one.priority, one.priority),
            one.do_by,
            wording.days((today - one.do_by).days) if one.do_by else "",
            one.owner or None,
        )
        for one in shown
    )
    note = [_("%(late)s of %(open)s open recommendations that have been released.") % {"late": len(late), "open": open_count}]
    if rest := wording.left_out(shown, late):
        note.append(rest)
    return Table(_("Recommendations past their day"), columns, lines, note=" ".join(note))


def without(missing: list[UnreviewedFact]) -> Table:
    columns = (
        Column(_("Initiative"), weight=2.6, heads_row=True),
        Column(_("What speaks for a review"), weight=3.4),
        Column(_("Reviews"), "status", weight=1),
    )
    shown = missing[:MOST]
    lines = tuple(
        row(
            wording.linked("initiatives.initiative", one, f"{one.code} {one.title}"),
            wording.first_letter_up(one.why),
            Status(_("None planned"), RED.shape),
        )
        for one in shown
    )
    return Table(_("Should have a review and have none"), columns, lines, note=wording.left_out(shown, missing))
