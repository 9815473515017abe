"""The top risks by what they are expected to cost, threats and opportunities in one list, each with its own sign."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.render.tree import Column, Section, Table, row
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import PackFacts, RiskFact

MOST = 6


def section(facts: PackFacts) -> Section:
    rows = ranked(facts.risks)
    return Section(title(rows), (table(rows),), name=_("Risks"))


def ranked(risks: Sequence[RiskFact]) -> list[RiskFact]:
    """Open ones, the largest expected cost or saving first; those without a price by their delay, then the rest."""
    rows = [risk for risk in risks if risk.state == "open"]
    return sorted(rows, key=lambda risk: (-abs(risk.expected_cost or Decimal(0)), -delay(risk), risk.code, risk.ref))


def delay(risk: RiskFact) -> Decimal:
    return (risk.days_likely or Decimal(0)) * (risk.probability or Decimal(0)) / 100


def total(risks: Sequence[RiskFact], nature: str) -> Decimal:
    return sum((abs(risk.expected_cost or Decimal(0)) for risk in risks if risk.nature == nature), Decimal(0))


def title(rows: Sequence[RiskFact]) -> str:
    if not rows:
        return _("No open risk is recorded")
    threats, savings = total(rows, "threat"), total(rows, "opportunity")
    causes: dict[str, int] = {}
    for risk in rows[:5]:
        if risk.shared_cause:
            causes[risk.shared_cause] = causes.get(risk.shared_cause, 0) + 1
    most = max(causes.values(), default=0)
    if not threats and not savings:
        text = ngettext("%(count)s open risk, without a price", "%(count)s open risks, none of them priced", len(rows))
        return wording.first_letter_up(text % {"count": wording.numeral(len(rows))})
    text = ngettext("%(count)s open risk: threats of %(sum)s expected", "%(count)s open risks: threats of %(sum)s expected", len(rows))
    told = wording.first_letter_up(text % {"count": wording.numeral(len(rows)), "sum": wording.pounds(threats)})
    if savings:
        told += _(", opportunities of %(sum)s") % {"sum": wording.pounds(savings)}
    if most > 1:
        told += _("; one cause links %(count)s of the top five") % {"count": wording.numeral(most)}
    return told


def table(rows: Sequence[RiskFact]) -> Table:
    columns = (
        Column(_("Ref."), weight=1, heads_row=True),
        Column(_("Risk: cause, event, effect"), weight=4),
        Column(_("Owner"), weight=1.2, missing=_("nobody")),
        Column(_("Chance"), "percent", weight=0.8, places=0, missing=_("none")),
        Column(_("Expected"), "money", weight=0.9, places=2, missing=_("no price")),
        Column(_("Delay, likely"), "number", weight=0.8, unit=_("wd"), missing=_("none")),
        Column(_("Response"), weight=2.2, missing=_("none")),
    )
    shown = rows[:MOST]
    lines = tuple(
        row(
            wording.linked("risk.risk", risk, f"{risk.code} {risk.ref}"), sentence(risk), risk.owner or None,
            risk.probability / 100 if risk.probability is not None else None, risk.expected_cost,
            -risk.days_likely if risk.days_likely and risk.nature == "opportunity" else risk.days_likely, response(risk),
        )
        for risk in shown
    )  # fmt: skip
    return Table(_("Top risks"), columns, lines, note=note(shown, rows), empty=_("No risk is open."))


def note(shown: Sequence[RiskFact], rows: Sequence[RiskFact]) -> str:
    """What was left out, with its sums, so that the list is not taken for all."""
    sign = _("An opportunity has a minus: it saves.")
    rest = rows[len(shown) :]
    if not rest:
        return sign
    told = _(
        "Top %(shown)s of %(all)s by expected cost. Left out: %(threats)s threats of %(bad)s and %(chances)s opportunities of %(good)s."
    ) % {
        "shown": len(shown),
        "all": len(rows),
        "threats": sum(risk.nature == "threat" for risk in rest),
        "bad": wording.pounds(total(rest, "threat")),
        "chances": sum(risk.nature == "opportunity" for risk in rest),
        "good": wording.pounds(total(rest, "opportunity")),
    }
    return f"{told} {sign}"


def sentence(risk: RiskFact) -> str:
    """The risk as one sentence where its three parts are there, else its title."""
    if risk.cause and risk.event and risk.effect:
        cause, event, effect = (text.strip().rstrip(".") for text in (risk.cause, risk.event, risk.effect))
        told = _("Because %(cause)s, %(event)s, so that %(effect)s.")
        return f"{risk.title}. {told % {'cause': lowered(cause), 'event': lowered(event), 'effect': lowered(effect)}}"
    return risk.title


def lowered(text: str) -> str:
    """The first letter small inside a sentence, unless the word is written in capitals or stands for a name of several."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


def response(risk: RiskFact) -> str | None:
    if risk.response_plan:
        return f"{risk.response}: {risk.response_plan}" if risk.response else risk.response_plan
    return risk.response or None
