"""The first page: what the programme's status is, the figures behind it, and each project with its reasons."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.render.tree import NOT_REPORTED, Column, Delta, Figure, KeyFigures, Paragraph, Row, Run, Section, Status, Table, row
from mainstay.render.typography import day
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import PackFacts, Place, StatusFact

MOST = 40
"""Projects shown; the rest are counted."""


def section(facts: PackFacts) -> Section:
    return Section(title(facts), (KeyFigures(figures(facts)), projects(facts), *asked(facts)), name=_("Summary"))


def title(facts: PackFacts) -> str:
    """The status and what drives it most."""
    status = wording.status_of(facts, facts.initiative.code)
    word = wording.rating(status.rating).word
    reds = [one for one in facts.statuses[1:] if one.rating == "red"]
    total = len(facts.projects)
    if status.rating == "none":
        return _("%(code)s cannot be measured yet: its records hold no dates") % {"code": facts.initiative.code}
    if total and reds:
        text = ngettext(
            "%(word)s: %(count)s of %(total)s project is measured Red",
            "%(word)s: %(count)s of %(total)s projects are measured Red",
            len(reds),
        )
        told = text % {"word": word, "count": wording.numeral(len(reds)), "total": wording.numeral(total)}
        worst = wording.ranked(facts)[0]
        days = wording.worst_days(worst[1])
        return f"{told}, {_('%(code)s up to %(days)s late') % {'code': worst[0].code, 'days': wording.days(days)}}" if days else told
    bad = [told for told in status.measures if told.rating in ("red", "amber")]
    if bad:
        return f"{word}: {wording.measure(bad[0])}"
    return _("%(word)s: all that is measured lies within its limits") % {"word": word}


def figures(facts: PackFacts) -> tuple[Figure, ...]:
    status = wording.status_of(facts, facts.initiative.code)
    rated = [one for one in facts.statuses[1:] if one.rating in ("red", "amber")]
    found = [
        Figure(
            _("Status, measured"),
            wording.rating(status.rating),
            source=_("%(bad)s of %(all)s not green") % {"bad": len(rated), "all": len(facts.projects)}
            if facts.projects
            else _("from the records"),
        ),
        finish_figure(facts),
        *cost_figures(facts),
        decisions_figure(facts),
        plans_figure(facts),
    ]
    return tuple(found)


def finish_figure(facts: PackFacts) -> Figure:
    outlook = facts.outlook
    if outlook and outlook.programme.finish:
        finish = outlook.programme.finish
        p80 = finish.at(80).day
        days = (p80 - (finish.baseline or finish.plan)).days
        text = _("%(days)s on the approved finish") if finish.baseline else _("%(days)s on the plan")
        return Figure(_("Finish, P80"), day(p80), delayed(text, days), source=_("run %(ref)s") % {"ref": outlook.provenance.ref})
    last = max((plan.finishes_on for plan in facts.plans if plan.finishes_on), default=None)
    if last is None:
        return Figure(_("Finish"), _("not known"), source=_("no plan"))
    base = baseline_of(facts, facts.initiative)
    delta = None
    if base:
        days = (last - base).days
        delta = Delta(
            _("%(days)s on baseline") % {"days": wording.signed_days(days)}, "worse" if days > 0 else "better" if days < 0 else "same"
        )
    return Figure(_("Finish, latest plan"), day(last), delta, source=_("plans as loaded; no run"))


def delayed(text: str, days: int) -> Delta:
    return Delta(text % {"days": wording.signed_days(days)}, "worse" if days > 0 else "better" if days < 0 else "same")


def cost_figures(facts: PackFacts) -> list[Figure]:
    outlook, place = facts.outlook, facts.initiative
    if outlook and outlook.programme.cost:
        cost = outlook.programme.cost
        over = cost.at(80).amount - cost.funded
        text = _("%(amount)s over the funding") if over > 0 else _("%(amount)s within the funding")
        delta = Delta(text % {"amount": wording.pounds(abs(over))}, "worse" if over > 0 else "better")
        chance = _("%(chance)s chance within %(sum)s") % {"chance": wording.share(cost.funded_chance), "sum": wording.pounds(cost.funded)}
        return [Figure(_("Cost, P80"), wording.pounds(cost.at(80).amount), delta, source=chance)]
    threats = [risk.expected_cost for risk in facts.risks if risk.state == "open" and risk.expected_cost]
    total = sum(threats, start=threats[0] * 0) if threats else None
    source = _("contingency %(sum)s") % {"sum": wording.pounds(place.contingency)} if place.contingency else _("no contingency recorded")
    return [Figure(_("Expected cost of risks, net"), wording.pounds(total) if total is not None else _("not priced"), source=source)]


def decisions_figure(facts: PackFacts) -> Figure:
    asked_now = [row for row in facts.decisions if row.state == "asked"]
    first = min((row.needed_by for row in asked_now if row.needed_by), default=None)
    source = _("first by %(day)s") % {"day": day(first)} if first else _("no date given") if asked_now else _("nothing waits")
    return Figure(_("Decisions asked"), str(len(asked_now)), source=source, is_stale=bool(first and first < facts.frozen_on))


def plans_figure(facts: PackFacts) -> Figure:
    parts = [place for place in (facts.projects or (facts.initiative,)) if not place.is_closed]
    with_plan = {plan.part for plan in facts.plans}
    missing = [place.code for place in parts if place.code not in with_plan]
    text = _("%(count)s of %(total)s") % {"count": len(parts) - len(missing), "total": len(parts)}
    few = ", ".join(missing[:3]) + (" …" if len(missing) > 3 else "")
    return Figure(_("Plans loaded"), text, source=_("without: %(codes)s") % {"codes": few} if missing else _("all"), is_stale=bool(missing))


def projects(facts: PackFacts) -> Table:
    pairs = wording.ranked(facts)
    shown = pairs[:MOST]
    has_run = facts.outlook is not None
    columns = (
        Column(_("Project"), weight=2.2, heads_row=True),
        *((Column(_("Claimed"), "status", weight=1.1, missing=_("not asked")),) if facts.claims else ()),
        Column(_("Measured"), "status", weight=1.1),
        Column(_("Why the measured status"), weight=4.2),
        Column(_("Finish, P50") if has_run else _("Finish, plan"), "date", weight=1.1, missing=_("no plan")),
        Column(_("Days on baseline"), "delta", weight=0.9, less_is="better", missing="—"),
        Column(_("Budget"), "money", weight=0.8, places=1, missing=_("none")),
    )
    note = [_("Measured from the records; the worst indicator counts. The rule and its limits stand on the page of method.")]
    if rest := wording.left_out(shown, pairs):
        note.append(rest)
    return Table(_("Projects"), columns, tuple(line(facts, *pair) for pair in shown), note=" ".join(note), alt=told(pairs))


def line(facts: PackFacts, place: Place, status: StatusFact) -> Row:
    finish = finish_of(facts, place)
    base = baseline_of(facts, place)
    days = (finish - base).days if finish and base else None
    name = (Run(f"{place.code} {place.title}", strong=True, link=wording.link_to("initiatives.initiative", place.pk)),)
    claimed = (claim_of(facts, place.code),) if facts.claims else ()
    return row(name, *claimed, wording.rating(status.rating), wording.why(status), finish, days, place.budget)


def claim_of(facts: PackFacts, code: str) -> Status | None:
    """What the project says of itself; None where it was not asked."""
    claim = next((one for one in facts.claims if one.code == code), None)
    if claim is None:
        return None
    return wording.claimed(claim.rating, claim.scale) if claim.is_reported else NOT_REPORTED


def finish_of(facts: PackFacts, place: Place) -> date | None:
    if facts.outlook:
        part = next((part for part in (facts.outlook.programme, *facts.outlook.projects) if part.code == place.code), None)
        if part and part.finish:
            return part.finish.at(50).day
    return max((plan.finishes_on for plan in facts.plans if plan.part == place.code and plan.finishes_on), default=None)


def baseline_of(facts: PackFacts, place: Place) -> date | None:
    inside = facts.plans if place.pk == facts.initiative.pk else [plan for plan in facts.plans if plan.part == place.code]
    return max((plan.baseline_finish for plan in inside if plan.baseline_finish), default=None) or place.ends_on


def told(pairs: list[tuple[Place, StatusFact]]) -> str:
    return "; ".join(f"{place.code} {wording.rating(status.rating).word}" for place, status in pairs[:MOST])


def asked(facts: PackFacts) -> list[Paragraph]:
    """One line with the decisions, so that who reads only this page knows them."""
    rows = sorted((row for row in facts.decisions if row.state == "asked"), key=lambda row: (row.needed_by or date.max, row.ref))
    if not rows:
        return []
    few = "; ".join(f"({number}) {row.title}" for number, row in enumerate(rows[:5], 1))
    more = _("; and %(count)s more") % {"count": len(rows) - 5} if len(rows) > 5 else ""
    return [Paragraph((Run(_("The board is asked:"), strong=True), Run(f" {few}{more}.")))]
