"""The pack as a report tree: the order of its pages, and what stands on every one of them."""

from django.utils.translation import gettext as _

from mainstay.render.tree import Report
from mainstay.reporting.board_pack.facts import PackFacts
from mainstay.reporting.board_pack.sections import (
    assurance,
    claimed,
    dates,
    decisions,
    dependencies,
    exceptions,
    followup,
    implied,
    moved,
    quality,
    readiness,
    risks,
    summary,
)


def report(facts: PackFacts, digest: str) -> Report:
    """Result first, decisions second, evidence after, provenance last."""
    place = facts.initiative
    return Report(
        title=f"{place.code} {place.title}",
        subtitle=subtitle(facts),
        marking=facts.marking,
        as_at=facts.frozen_on,
        frozen_at=facts.frozen_at,
        snapshot=f"{place.code} {facts.name}",
        digest=digest,
        compared_with=f"{place.code} {facts.previous.name}" if facts.previous else "",
        author=place.office or _("Programme office"),
        provenance=quality.sources(facts),
        sections=(
            summary.section(facts),
            decisions.section(facts),
            *exceptions.sections(facts),
            *claimed.sections(facts),
            moved.section(facts),
            dates.section(facts),
            dependencies.section(facts),
            *readiness.sections(facts),
            *assurance.sections(facts),
            risks.section(facts),
            implied.section(facts),
            followup.section(facts),
            quality.quality(facts),
            quality.method(facts),
        ),
    )


def subtitle(facts: PackFacts) -> str:
    told = _("Board pack, %(name)s") % {"name": facts.name}
    return _("%(pack)s, for %(audience)s") % {"pack": told, "audience": facts.audience} if facts.audience else told
