"""Taking a publication in: which project is which initiative, what a person must decide, and writing all of it or nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.formats.portfolio import Entry, Publication
from mainstay.formats.portfolio.succession import Known, Match, Sureness, known_of, matches
from mainstay.initiatives.initiative.model import Initiative, InitiativeKind
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.register import actions, many
from mainstay.register.access import below, visible_to
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor
from mainstay.register.many import Wanted
from mainstay.register.record import Source
from mainstay.reporting.portfolio import rows
from mainstay.reporting.published.model import Published
from mainstay.reporting.published.register import PublishedRegister

LONGEST_STEM = 11
"""Letters of the portfolio's code that begin those of its projects; a code has 16."""


@dataclass(frozen=True, slots=True)
class Line:
    """One project of the file, and the initiative that it continues or may continue."""

    at: int
    entry: Entry
    match: Match
    initiative: Initiative | None
    latest: Published | None

    @property
    def is_doubtful(self) -> bool:
        return self.match.sureness is Sureness.DOUBTFUL


@dataclass(frozen=True, slots=True)
class Preview:
    into: Initiative
    publication: str
    found: Publication
    lines: tuple[Line, ...]
    is_here: bool
    """Whether a publication of this name has been taken in already."""

    def of(self, sureness: Sureness) -> list[Line]:
        return [line for line in self.lines if line.match.sureness is sureness]

    @property
    def doubtful(self) -> list[Line]:
        return self.of(Sureness.DOUBTFUL)

    def problems(self, decisions: Mapping[int, bool]) -> list[str]:
        """What keeps it from being taken in."""
        found = []
        if self.is_here:
            found.append(_("%(name)s has been taken into %(code)s already.") % {"name": self.publication, "code": self.into.code})
        if self.found.as_at is None:
            found.append(_("Say the day that the figures of %(name)s speak of.") % {"name": self.found.file})
        open_ = [line for line in self.doubtful if line.at not in decisions]
        if open_:
            found.append(
                _("%(count)d projects may be known ones: confirm each, or say that it is new. The first is %(name)s.")
                % {"count": len(open_), "name": open_[0].entry.name}
            )
        return found


def positions(into: Initiative, account: Account | None) -> Any:
    """The published positions at and below a place, as far as the account may see them."""
    found = visible_to(account, PublishedRegister).filter(below("initiative__path", [into.path]), is_withdrawn=False)
    return found.select_related("initiative")


def preview(found: Publication, into: Initiative, actor: Actor, publication: str = "") -> Preview:
    """Nothing is written."""
    name = (publication or PurePath(found.file).stem)[:80]
    latest: dict[int, Published] = {}
    for row in positions(into, actor.account).order_by("figures_on", "pk").defer("narrative"):
        latest[row.initiative_id] = row
    projects = visible_to(actor.account, InitiativeRegister).filter(
        below("path", [into.path]), kind=InitiativeKind.PROJECT, is_withdrawn=False
    )
    initiatives = list(projects.order_by("pk"))
    known = [known_as(each, latest.get(each.pk)) for each in initiatives]
    lines = tuple(
        Line(
            match.at,
            found.entries[match.at],
            match,
            None if match.known is None else initiatives[match.known],
            None if match.known is None else latest.get(initiatives[match.known].pk),
        )
        for match in matches(known, known_of(found))
    )
    return Preview(into, name, found, lines, any(row.publication == name for row in latest.values()) or is_here(into, name))


def is_here(into: Initiative, name: str) -> bool:
    rows_ = Published.objects.filter(below("initiative__path", [into.path]), publication=name, is_withdrawn=False)
    return rows_.exists()


def known_as(initiative: Initiative, latest: Published | None) -> Known:
    return Known(latest.title, latest.department, latest.identifier) if latest else Known(initiative.title)


@transaction.atomic
def take_in(told: Preview, actor: Actor, decisions: Mapping[int, bool]) -> dict[str, int]:
    """Everything or nothing: new projects, one position each, and the newest names, dates and costs of their initiatives."""
    if problems := told.problems(decisions):
        raise Invalid({"files": problems})
    reason = _("Published in %(name)s.") % {"name": told.publication}
    kept = {line.at: line.initiative for line in told.lines if line.initiative and decisions.get(line.at, not line.is_doubtful)}
    values = {line.at: rows.position(line.entry, told.found, told.publication) for line in told.lines}
    new = [line for line in told.lines if line.at not in kept]
    made = create(told.into, [values[line.at] for line in new], actor, reason)
    places = {**{at: each.pk for at, each in kept.items()}, **{line.at: each.pk for line, each in zip(new, made, strict=True)}}
    actions.create_many(
        PublishedRegister, [{**values[line.at], "initiative": places[line.at]} for line in told.lines], actor, reason=reason
    )
    newest = [line for line in told.lines if line.at in kept and is_newest(line, told.found.as_at)]
    changed = many.change_many(
        InitiativeRegister, [wanted(line, values[line.at]) for line in newest], actor, reason=reason, source=Source.IMPORTED
    )
    return {"projects": len(made), "positions": len(told.lines), "changed": len(changed)}


def is_newest(line: Line, figures_on: date | None) -> bool:
    return line.latest is None or figures_on is None or line.latest.figures_on <= figures_on


def wanted(line: Line, values: dict[str, Any]) -> Wanted:
    assert line.initiative is not None  # noqa: S101  # only lines that continue an initiative come here
    return Wanted(line.initiative.pk, line.initiative.version, rows.initiative(values))


def create(into: Initiative, positions_: list[dict[str, Any]], actor: Actor, reason: str) -> list[Initiative]:
    codes = free_codes(into)
    wanted_ = [
        {**rows.initiative(values), "code": next(codes), "kind": InitiativeKind.PROJECT, "parent": into.pk, "marking": into.marking}
        for values in positions_
    ]
    return actions.create_many(InitiativeRegister, wanted_, actor, reason=reason) if wanted_ else []


def free_codes(into: Initiative) -> Iterator[str]:
    """`GMPP-0001` and on, after the highest that there is."""
    stem = f"{into.code[:LONGEST_STEM]}-"
    held = Initiative.objects.filter(code__startswith=stem).values_list("code", flat=True)
    highest = max((int(tail) for code in held if (tail := code[len(stem) :]).isascii() and tail.isdigit()), default=0)
    return (f"{stem}{number:04d}" for number in range(highest + 1, 10_000))
