"""What the pack's own facts lack, and how its statements were made."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.register.words import moment
from mainstay.render.tree import Column, Note, Points, Run, Section, Source, Table, row
from mainstay.render.typography import number
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import Gap, PackFacts

MOST, MOST_REFS = 40, 6


def quality(facts: PackFacts) -> Section:
    shown = facts.gaps[:MOST]
    columns = (
        Column(_("Project"), weight=1, heads_row=True),
        Column(_("What is missing or old"), weight=3),
        Column(_("Where"), weight=4, missing="—"),
    )
    lines = tuple(row(gap.code, wording.gap(gap), where(gap)) for gap in shown)
    note = wording.left_out(shown, facts.gaps)
    return Section(
        quality_title(facts),
        (Table(_("Gaps"), columns, lines, note=note, empty=_("Nothing that the pack needs is missing.")),),
        name=_("Data quality"),
    )


def quality_title(facts: PackFacts) -> str:
    if not facts.gaps:
        return _("The facts behind this pack are complete and recent")
    plans = sum(gap.name == "no plan" for gap in facts.gaps)
    text = ngettext("%(count)s gap in the facts", "%(count)s gaps in the facts", len(facts.gaps)) % {
        "count": wording.numeral(len(facts.gaps))
    }
    if plans:
        text += ngettext(", %(count)s project without a plan", ", %(count)s projects without a plan", plans) % {
            "count": wording.numeral(plans)
        }
    return wording.first_letter_up(text)


def where(gap: Gap) -> tuple[Run, ...] | None:
    runs: list[Run] = []
    for told in gap.evidence[:MOST_REFS]:
        runs += [Run(", ")] if runs else []
        runs.append(Run(f"{told.code} {told.ref}", link=wording.link_to(told.register, told.pk)))
    if rest := len(gap.evidence) - MOST_REFS:
        runs += [Run(_(" and %(count)s more") % {"count": rest})] if rest > 0 else []
    return tuple(runs) or None


def method(facts: PackFacts) -> Section:
    """The rule of the status, who made the pack with whose sight, and how it can be proved."""
    blocks = [Points(tuple(points(facts)))]
    return Section(_("How the status is measured, and for whom this pack was made"), (*blocks, *corrections(facts)), name=_("Method"))


def points(facts: PackFacts) -> Iterator[tuple[Run, ...]]:
    limits = facts.thresholds
    worst = _("The worst indicator of a project is its status; the worst project, or the programme's own indicators, is the programme's.")
    yield lead(_("Status."), f"{worst} {_('It is measured from records, not claimed by anybody.')}")
    yield lead(
        _("Limits."),
        _(
            "Amber from %(amber)s days, Red from %(red)s days late or overdue; a milestone beyond its own tolerance is at least Amber. "
            "Amber below a chance of %(chance)s %% to meet the baseline, Red below %(low)s %%. Amber where threats are expected to cost "
            "%(exposure)s %% of the budget, Red from %(high)s %%. A dependency that comes late is Amber, Red where much hangs on it. "
            "Amber below a CPI of %(cpi)s or an SPI(t) of %(spi)s, Red below %(low_cpi)s or %(low_spi)s. "
            "From: %(source)s."
        )
        % {
            "cpi": limits.amber_cpi, "spi": limits.amber_spi, "low_cpi": limits.red_cpi, "low_spi": limits.red_spi,
            "amber": limits.amber_slip_days, "red": limits.red_slip_days, "chance": limits.amber_chance, "low": limits.red_chance,
            "exposure": limits.amber_exposure, "high": limits.red_exposure, "source": limits.source,
        },
    )  # fmt: skip
    audience = _("It was made for %(audience)s.") % {"audience": facts.audience} if facts.audience else _("No board was named.")
    text = _(
        "%(audience)s %(maker)s froze it on %(moment)s; it holds what %(maker)s may see, and its marking is the highest of what it shows."
    )
    yield lead(_("Made for."), text % {"audience": audience, "maker": facts.maker, "moment": moment(facts.frozen_at)})
    text = _("All facts are of change %(sequence)s of the history, whose digest is %(chain)s.")
    again = _("The pack is made from the frozen facts alone and is the same whenever it is made again.")
    yield lead(_("Proof."), f"{text % {'sequence': number(facts.sequence), 'chain': facts.chain[:16] + '…'}} {again}")
    yield lead(_("Late corrections"), _("become a snapshot of their own beside this one. This pack does not change."))


def lead(word: str, text: str) -> tuple[Run, ...]:
    return (Run(word, strong=True), Run(f" {text}"))


def corrections(facts: PackFacts) -> list[Note]:
    if not facts.corrects:
        return []
    return [Note(facts.correction, lead=_("Corrects %(name)s.") % {"name": facts.corrects}, tone="amber")]


def sources(facts: PackFacts) -> tuple[Source, ...]:
    """Where the figures come from, one line for each kind of record."""
    parts = [place for place in (facts.projects or (facts.initiative,)) if not place.is_closed]
    with_plan = {plan.part for plan in facts.plans}
    found = [
        Source(
            _("Plans"),
            _("%(count)s of %(total)s projects") % {"count": sum(place.code in with_plan for place in parts), "total": len(parts)},
            max((plan.status_date for plan in facts.plans if plan.status_date), default=None),
            max((plan.received_on for plan in facts.plans), default=None),
            wording.listed(f"{plan.code} v{plan.number}" for plan in facts.plans[:8]),
        )
    ]
    for name, rows in ((_("Milestones"), facts.milestones), (_("Dependencies"), facts.dependencies)):
        found.append(
            Source(
                name, _("%(count)s records") % {"count": number(len(rows))}, max((row.as_at for row in rows), default=None), facts.frozen_on
            )
        )
    open_risks = [risk for risk in facts.risks if risk.state == "open"]
    priced = sum(risk.expected_cost is not None for risk in open_risks)
    found.append(
        Source(
            _("Risk register"), _("%(priced)s of %(all)s open risks priced") % {"priced": priced, "all": len(open_risks)},
            max((risk.as_at for risk in facts.risks), default=None), facts.frozen_on,
        )
    )  # fmt: skip
    counts = _("%(issues)s issues, %(decisions)s decisions, %(actions)s actions")
    values = {"issues": len(facts.issues), "decisions": len(facts.decisions), "actions": len(facts.actions)}
    found.append(Source(_("Issues, decisions, actions"), counts % values, facts.frozen_on, facts.frozen_on))
    if facts.outlook:
        run = facts.outlook.provenance
        note = _("seed %(seed)s, %(count)s iterations, engine %(engine)s") % {
            "seed": run.seed,
            "count": number(run.iterations),
            "engine": run.engine_version,
        }
        found.append(
            Source(
                _("Simulation %(ref)s") % {"ref": run.ref},
                _("%(count)s risks") % {"count": run.risks},
                run.as_at.date(),
                run.made_at.date(),
                note,
            )
        )
    else:
        found.append(Source(_("Simulation"), _("none"), note=facts.outlook_missing))
    if facts.previous:
        found.append(
            Source(_("Compared with"), facts.previous.name, facts.previous.frozen_at.date(), note=facts.previous.digest[:16] + "…")
        )
    return tuple(found)
