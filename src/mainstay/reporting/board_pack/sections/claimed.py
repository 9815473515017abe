"""What the projects say of themselves, beside what is measured: claims that differ, questions asked, and who has not reported."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.initiatives import scale as scales
from mainstay.render.tree import NOT_REPORTED, Column, Note, Row, Run, Section, Table, row
from mainstay.render.typography import day
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import ClaimFact, PackFacts
from mainstay.reporting.scale.telling import telling

MOST = 40
STATES = {
    "asked": gettext_lazy("not answered yet"),
    "answered": gettext_lazy("answered"),
    "taken": gettext_lazy("answer accepted"),
    "not_taken": gettext_lazy("answer not accepted"),
}


def sections(facts: PackFacts) -> tuple[Section, ...]:
    """Nothing where nobody has been asked."""
    if not facts.claims:
        return ()
    ordered = sorted(facts.claims, key=lambda claim: (claim.is_reported, not differs(facts, claim), claim.code))
    blocks: list[Table | Note] = [table(facts, ordered)]
    if silent := [claim for claim in ordered if not claim.is_reported]:
        blocks.append(Note(" ".join(last_known(facts, claim) for claim in silent), lead=_("NOT REPORTED."), tone="red"))
    if any(claim.questions for claim in ordered):
        blocks.append(questions(ordered))
    return (Section(title(facts), tuple(blocks), name=_("Claims")),)


def differs(facts: PackFacts, claim: ClaimFact) -> bool:
    return scales.of(claim.scale).is_local and wording.is_better(claim.rating, wording.status_of(facts, claim.code).rating)


def title(facts: PackFacts) -> str:
    """Who rates itself better than it is measured, and who says nothing."""
    better = [claim.code for claim in facts.claims if differs(facts, claim)]
    silent = sum(not claim.is_reported for claim in facts.claims)
    told = []
    if better:
        text = ngettext("%(count)s claim is better than its measure", "%(count)s claims are better than their measures", len(better))
        told.append(text % {"count": wording.numeral(len(better))})
    if silent:
        text = ngettext("%(count)s project has not reported", "%(count)s projects have not reported", silent)
        told.append(text % {"count": wording.numeral(silent)})
    return wording.first_letter_up(", ".join(told)) if told else _("All claims agree with what is measured")


def table(facts: PackFacts, claims: list[ClaimFact]) -> Table:
    columns = (
        Column(_("Project"), weight=1.0, heads_row=True),
        Column(_("Claimed"), "status", weight=1.1),
        Column(_("Measured"), "status", weight=1.1),
        Column(_("In its own words"), weight=4.0, missing=_("nothing said")),
        Column(_("Confirmed"), weight=0.9, missing=_("no")),
        Column(_("Last time"), "status", weight=1.1, missing=_("none")),
    )
    shown = claims[:MOST]
    note = _("Claimed by the project for %(period)s. The claim is never overwritten; neither is the measure.") % {
        "period": claims[0].period
    }
    others = dict.fromkeys((claim.last_scale, claim.scale) for claim in claims if claim.last_rating and claim.last_scale != claim.scale)
    note = " ".join([note, *(telling(claims[0].period, scales.of(last), scales.of(now)) for last, now in others)])
    note = f"{note} {wording.left_out(shown, claims)}".strip()
    return Table(_("Claimed and measured"), columns, tuple(line(facts, claim) for claim in shown), note=note)


def line(facts: PackFacts, claim: ClaimFact) -> Row:
    name = (Run(claim.code, strong=True, link=wording.link_to("reporting.project_return", claim.pk)),)
    return row(
        name,
        wording.claimed(claim.rating, claim.scale) if claim.is_reported else NOT_REPORTED,
        wording.rating(wording.status_of(facts, claim.code).rating),
        claim.summary or None,
        _("by the sponsor") if claim.is_confirmed else None,
        wording.claimed(claim.last_rating, claim.last_scale) if claim.last_rating else None,
    )


def last_known(facts: PackFacts, claim: ClaimFact) -> str:
    """`SCR-FW was due on 6 Nov 2026; last known Amber for September 2026, 40 days old.`"""
    due = _("%(code)s was due on %(day)s") % {"code": claim.code, "day": day(claim.due_on)}
    if not claim.last_rating or claim.last_on is None:
        return f"{due}; {_('nothing is known from before')}."
    known = _("last known %(rating)s for %(period)s, %(age)s old") % {
        "rating": wording.claimed(claim.last_rating, claim.last_scale).word,
        "period": claim.last_period,
        "age": wording.days((facts.frozen_on - claim.last_on).days),
    }
    return f"{due}; {known}."


def questions(claims: list[ClaimFact]) -> Table:
    columns = (
        Column(_("Project"), weight=0.9, heads_row=True),
        Column(_("Asked by the office"), weight=3.4),
        Column(_("Answer"), weight=3.4, missing=_("none yet")),
        Column(_("State"), weight=1.2),
    )
    rows = tuple(
        row(
            wording.linked("reporting.challenge", one, f"{claim.code} {one.ref}"),
            one.question,
            one.answer or None,
            str(STATES.get(one.state, one.state)),
        )
        for claim in claims
        for one in claim.questions
    )
    return Table(_("Questions about claims"), columns, rows)
