"""The names that a template may use, and nothing else: each maps to a function written here, never to an attribute found by its name."""

from collections.abc import Callable, Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import cache

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mainstay.render.blocks import Cell, Kind
from mainstay.reporting.board_pack.sections import decisions, implied, moved, risks
from mainstay.reporting.templating.lists import LISTS, PLACE
from mainstay.reporting.templating.naming import ChartName, ColumnName, FieldName, ListName, Looks, Source


def field(name: str, help_text: StrOrPromise, get: Callable[[Source], Cell], kind: Kind = "text") -> FieldName:
    return FieldName(name, help_text, get, Looks(head=help_text, kind=kind))


def asked_title(source: Source) -> Cell:
    asked = [decision for decision in source.facts.decisions if decision.state == "asked"]
    return decisions.title(asked)


CLEARLY = 0.08
"""How much more alike one name must be than the next to be the only one proposed."""

OWN = (
    field("marking", _("Protective marking of the pack."), lambda s: s.facts.marking),
    field("as_at", _("Day on which the facts were frozen."), lambda s: s.facts.frozen_on, "date"),
    field("frozen_at", _("Moment of freezing, in UTC."), lambda s: s.facts.frozen_at),
    field("snapshot", _("Name of the snapshot."), lambda s: s.facts.name),
    field("digest", _("SHA-256 of the frozen facts: proves what the pack was made from."), lambda s: s.digest),
    field("digest_short", _("The first 16 characters of the digest."), lambda s: s.digest[:16]),
    field("audience", _("Whom the pack is for."), lambda s: s.facts.audience or None),
    field("compared_with", _("Name of the earlier snapshot."), lambda s: s.facts.previous.name if s.facts.previous else None),
    field("finding.risks", _("What the risks come to, in a sentence."), lambda s: risks.title(risks.ranked(s.facts.risks))),
    field("finding.moves", _("How much moved since the earlier snapshot, in a sentence."), lambda s: moved.title(s.facts)),
    field("finding.decisions", _("How many decisions are asked, in a sentence."), asked_title),
)

CHARTS = (
    ChartName(
        "finish",
        _("The chance of having finished, by day (S-curve of the simulation)."),
        lambda s: implied.finish_curve(s.facts.outlook.programme.finish) if s.facts.outlook and s.facts.outlook.programme.finish else None,
    ),
    ChartName(
        "cost",
        _("The chance of costing no more (S-curve of the simulation)."),
        lambda s: implied.cost_curve(s.facts.outlook.programme.cost) if s.facts.outlook and s.facts.outlook.programme.cost else None,
    ),
    ChartName(
        "drivers",
        _("What drives the finish or the cost."),
        lambda s: implied.drivers(s.facts.outlook.drivers) if s.facts.outlook else None,
    ),
)


def of_initiative(column: ColumnName) -> FieldName:
    return FieldName(f"initiative.{column.name}", column.told, lambda s: column.get(s, s.facts.initiative), column.looks)


@cache
def fields() -> Mapping[str, FieldName]:
    """Fields of the whole pack by name."""
    return {found.name: found for found in (*OWN, *(of_initiative(column) for column in PLACE))}


@cache
def lists() -> Mapping[str, ListName]:
    """Lists by name; in repeated blocks they may be called by the name of one row."""
    return {found.name: found for found in LISTS}


def list_called(name: str) -> ListName | None:
    return lists().get(name) or next((found for found in LISTS if found.one == name), None)


@cache
def charts() -> Mapping[str, ChartName]:
    return {found.name: found for found in CHARTS}


def likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def near(word: str, known: list[str]) -> list[str]:
    """At most two names that somebody may have meant."""
    found = get_close_matches(word, known, n=2, cutoff=0.6)
    if len(found) > 1 and likeness(word, found[0]) > likeness(word, found[1]) + CLEARLY:
        found = found[:1]
    after = word.partition(".")[2]
    return found or [name for name in known if after and name.partition(".")[2] == after][:2]
