"""The pack's own words: ratings, measures, gaps and counts as short texts, and where a record's page is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.initiatives import scale as scales
from mainstay.planning import earned_words
from mainstay.render.tree import AMBER, COMPLETE, GREEN, NOT_MEASURED, RED, Run, Status, Text
from mainstay.render.typography import MINUS, NO_BREAK, money, number, percent
from mainstay.reporting.board_pack.facts import Gap, Measure, Move, PackFacts, Place, StatusFact

RATINGS = {"green": GREEN, "amber": AMBER, "red": RED, "done": COMPLETE, "none": NOT_MEASURED}


def rating(name: str) -> Status:
    return RATINGS.get(name, NOT_MEASURED)


def claimed(value: str, scale: str) -> Status:
    """A claim in the words of its scale, which is named where it is not the local one."""
    if scale == scales.LOCAL:
        return rating(value)
    tone = {"amber-green": "amber", "amber-red": "amber", "complete": "done"}.get(value, value)
    return Status(f"{scales.word_of(scale, value)} ({scales.of(scale).short})", rating(tone).shape)


def link_to(register: str, pk: int) -> str:
    """The path of a record's page; empty where this kind of record has none any more."""
    try:
        return reverse(f"{register}.detail", args=[pk])
    except NoReverseMatch:
        return ""


def linked(register: str, row: Any, text: str = "") -> Text:
    """A record's reference, or `text`, leading to its page."""
    return (Run(text or str(row.ref), strong=not text, link=link_to(register, row.pk)),)


def days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", abs(count)) % {"count": number(abs(count))}


def late(count: int) -> str:
    """`44 days late`, `6 days early`, `on the day`."""
    if count == 0:
        return _("on the day")
    return _("%(days)s late") % {"days": days(count)} if count > 0 else _("%(days)s early") % {"days": days(count)}


def signed_days(count: int) -> str:
    text = days(count)
    return f"+{text}" if count > 0 else f"{MINUS}{text}" if count < 0 else text


def signed_money(amount: Decimal) -> str:
    text = pounds(abs(amount))
    return f"+{text}" if amount > 0 else f"{MINUS}{text}" if amount < 0 else text


def pounds(amount: Decimal | float | None) -> str:
    """`£2.4m`, `£0.24m`: below a million two decimals, so that nothing is told as £0.0m."""
    if amount is None:
        return ""
    exact = Decimal(str(amount))
    return money(exact, 2 if exact and abs(exact) < 1_000_000 else 1)


def share(value: float) -> str:
    """A chance in whole per cent; what is neither nothing nor certain is not told as such."""
    if 0 < value < 0.01:
        return f"<{NO_BREAK}1{NO_BREAK}%"
    if 0.99 < value < 1:
        return f">{NO_BREAK}99{NO_BREAK}%"
    return percent(value)


def listed(words: Iterable[str]) -> str:
    """`A, B and C`."""
    held = list(words)
    return held[0] if len(held) == 1 else _("%(most)s and %(last)s") % {"most": ", ".join(held[:-1]), "last": held[-1]} if held else ""


def first_letter_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def numeral(count: int) -> str:
    """Small numbers in words, as a title has them."""
    words = (
        _("no"),
        _("one"),
        _("two"),
        _("three"),
        _("four"),
        _("five"),
        _("six"),
        _("seven"),
        _("eight"),
        _("nine"),
        _("ten"),
        _("eleven"),
        _("twelve"),
    )
    return words[count] if count < len(words) else number(count)


MEASURES: Mapping[str, Callable[[Measure], str]] = {
    "milestones": lambda m: (
        ngettext(
            "%(count)s milestone beyond its tolerance, %(subject)s %(days)s",
            "%(count)s milestones beyond tolerance, worst %(subject)s %(days)s",
            m.count,
        )
        if m.count
        else _("milestones within tolerance")
    ),
    "overdue": lambda m: ngettext("%(count)s milestone overdue: %(subject)s", "%(count)s milestones overdue, longest %(subject)s", m.count),
    "finish": lambda _m: _("plan finishes %(days)s"),
    "float": lambda m: (
        _("no time left before the approved finish") if (m.days or 0) < 0 else _("%(share)s of the time before the approved finish used")
    ),
    "cpi": lambda _m: _("CPI %(index)s %(weight)s"),
    "spi_t": lambda m: (
        ngettext(
            "SPI(t) %(index)s %(weight)s, %(count)s activity due to earn earns nothing",
            "SPI(t) %(index)s %(weight)s, %(count)s activities due to earn earn nothing",
            m.count,
        )
        if m.count
        else _("SPI(t) %(index)s %(weight)s")
    ),
    "chance": lambda _m: _("%(share)s chance of the baseline finish"),
    "plan chance": lambda _m: _("%(share)s chance of the plan's own finish"),
    "gets": lambda m: (
        ngettext(
            "%(count)s dependency it needs is late: %(subject)s %(days)s",
            "%(count)s dependencies it needs are late, worst %(subject)s %(days)s",
            m.count,
        )
        if m.count
        else _("what it needs comes in time")
    ),
    "gives": lambda m: (
        ngettext(
            "gives %(count)s dependency late: %(subject)s %(days)s",
            "gives %(count)s dependencies late, worst %(subject)s %(days)s",
            m.count,
        )
        if m.count
        else _("what it gives comes in time")
    ),
    "exposure": lambda _m: _("expected cost of threats %(amount)s, %(share)s of budget"),
    "issues": lambda m: (
        ngettext("%(count)s issue overdue: %(subject)s", "%(count)s issues overdue, first %(subject)s", m.count)
        if m.count
        else _("issues within their days")
    ),
    "parts": lambda m: ngettext("%(subject)s is %(rating)s", "%(subject)s are %(rating)s", m.count),
}


def measure(told: Measure) -> str:
    """One indicator in a few words with its number."""
    words = MEASURES.get(told.name)
    if words is None:
        return told.name
    values = {
        "count": number(told.count),
        "subject": told.subject,
        "days": late(told.days or 0),
        "amount": pounds(told.amount),
        "share": share(told.share or 0.0),
        "rating": rating(told.rating).word,
        "index": earned_words.index(told.share or 0.0),
        "weight": earned_words.SHORT_WEIGHTS.get(told.subject, ""),
    }
    return str(words(told) % values)


ORDER = ("green", "amber", "red")


def is_better(claimed: str, measured: str) -> bool:
    """Whether a claim is better than what is measured; one that is worse is a request for help, and contradicts nothing."""
    return claimed in ORDER and measured in ORDER and ORDER.index(measured) > ORDER.index(claimed)


def why(status: StatusFact, most: int = 3) -> str:
    """The reasons of a status, the worst first: those of its own colour, then what else is not green."""
    if status.rating == "done":
        return _("Closed.")
    if status.rating == "none":
        return _("No dated milestone, plan, dependency, priced threat or issue to measure.")
    bad = [told for told in status.measures if told.rating in ("red", "amber")]
    if not bad:
        return _("%(count)s of %(count)s measures within their limits.") % {"count": len(status.measures)}
    texts = [measure(told) for told in bad[:most]]
    rest = len(bad) - len(texts)
    text = first_letter_up("; ".join(texts))
    return f"{text}; {ngettext('%(count)s more', '%(count)s more', rest) % {'count': rest}}." if rest else f"{text}."


def status_of(facts: PackFacts, code: str) -> StatusFact:
    return next((status for status in facts.statuses if status.code == code), StatusFact(code=code, rating="none"))


def ranked(facts: PackFacts) -> list[tuple[Place, StatusFact]]:
    """The parts, the worst measured first."""
    weight = {"red": 0, "amber": 1, "none": 2, "green": 3, "done": 4}
    held = {status.code: status for status in facts.statuses}
    pairs = [(place, held.get(place.code) or StatusFact(code=place.code, rating="none")) for place in facts.projects or (facts.initiative,)]
    return sorted(pairs, key=lambda pair: (weight[pair[1].rating], -worst_days(pair[1]), pair[0].code))


def worst_days(status: StatusFact) -> int:
    return max((told.days or 0 for told in status.measures if told.rating in ("red", "amber")), default=0)


ITEMS = {
    "measured status": gettext_lazy("Measured status"),
    "forecast": gettext_lazy("Forecast"),
    "reached": gettext_lazy("Reached"),
    "cancelled": gettext_lazy("Cancelled"),
    "opened again": gettext_lazy("Opened again"),
    "baseline": gettext_lazy("Approved baseline"),
    "hand-over": gettext_lazy("Hand-over"),
    "needed by": gettext_lazy("Needed by"),
    "agreement": gettext_lazy("Agreement"),
    "expected cost": gettext_lazy("Expected cost"),
    "probability": gettext_lazy("Probability"),
    "occurred": gettext_lazy("Risk occurred"),
    "closed": gettext_lazy("Closed"),
    "new threat": gettext_lazy("New threat"),
    "new opportunity": gettext_lazy("New opportunity"),
    "new": gettext_lazy("New"),
    "version": gettext_lazy("New version of the plan"),
    "finish of the plan": gettext_lazy("Finish of the plan"),
    "resolved": gettext_lazy("Resolved"),
    "decided": gettext_lazy("Decided"),
    "budget": gettext_lazy("Budget"),
    "contingency": gettext_lazy("Contingency"),
    "approved finish": gettext_lazy("Approved finish"),
    "state": gettext_lazy("State"),
    "gone": gettext_lazy("No longer part of it"),
}


def item(move: Move) -> str:
    return str(ITEMS.get(move.item, first_letter_up(move.item)))


def value(move: Move, text: str) -> str:
    """A value before or after, in the words of the pack."""
    return rating(text).word if move.item == "measured status" and text else first_letter_up(text)


def reason(move: Move, facts: PackFacts) -> str:
    """Why it moved, as somebody recorded it; a measured status is explained by what was measured. Empty where nothing is recorded."""
    if move.item == "measured status":
        return why(status_of(facts, move.record.code), 1)
    if not move.reason:
        return ""
    text = move.reason if len(move.reason) <= 180 else f"{move.reason[:179]}…"
    return f"“{text}” {move.by}".strip()


def is_unexplained(move: Move) -> bool:
    return not move.reason and move.item != "measured status"


GAPS: Mapping[str, Callable[[Gap], str]] = {
    "no plan": lambda _g: _("No plan has been loaded"),
    "old plan": lambda _g: _("The plan's date is %(days)s back"),
    "nothing updated": lambda _g: _("No record has been updated for %(days)s"),
    "milestones without a baseline": lambda g: ngettext(
        "%(count)s milestone has no baseline", "%(count)s milestones have no baseline", g.count
    ),
    "milestones without a forecast": lambda g: ngettext(
        "%(count)s milestone has no forecast", "%(count)s milestones have no forecast", g.count
    ),
    "dependencies without both dates": lambda g: ngettext(
        "%(count)s dependency lacks a date", "%(count)s dependencies lack a date", g.count
    ),
    "dependencies not agreed": lambda g: ngettext("%(count)s dependency is not agreed", "%(count)s dependencies are not agreed", g.count),
    "risks without quantities": lambda g: ngettext("%(count)s risk has no quantities", "%(count)s risks have no quantities", g.count),
    "risks past their review": lambda g: ngettext("%(count)s risk is past its review", "%(count)s risks are past their review", g.count),
    "records without an owner": lambda g: ngettext("%(count)s record has no owner", "%(count)s records have no owner", g.count),
}


def gap(told: Gap) -> str:
    words = GAPS.get(told.name)
    text = words(told) if words else told.name
    return str(text % {"count": number(told.count), "days": days(told.days or 0)})


def left_out(shown: Sequence[Any], of: Sequence[Any]) -> str:
    """What a note says of rows that are not shown; empty where all are."""
    rest = len(of) - len(shown)
    return (
        ngettext("%(count)s further row is left out.", "%(count)s further rows are left out.", rest) % {"count": number(rest)}
        if rest > 0
        else ""
    )
