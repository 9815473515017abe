"""A folder of publications into one portfolio, the oldest first: each file whole or not at all, a person asked about doubtful projects."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from mainstay.formats import portfolio
from mainstay.formats.errors import FormatError, TableError
from mainstay.formats.portfolio import Publication
from mainstay.initiatives.initiative.model import Initiative, InitiativeKind
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.register import actions
from mainstay.register.access import visible_to
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor
from mainstay.reporting.portfolio import taking
from mainstay.reporting.portfolio.taking import Line, Preview

ENDINGS = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
Decide = Callable[[Preview, Line], bool | None]
"""Whether a doubtful project is the known one; None where nobody has said."""


@dataclass(slots=True)
class Loaded:
    """What became of a folder. `left_out` are files that hold no table of projects; `open` are the doubtful that nobody decided."""

    taken: dict[str, dict[str, int]] = field(default_factory=dict)
    here: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    open: list[tuple[str, str, str]] = field(default_factory=list)


def portfolio_called(code: str, title: str, actor: Actor) -> Initiative:
    """The initiative by code; where there is none and a title is given, a new portfolio."""
    found: Initiative | None = visible_to(actor.account, InitiativeRegister).filter(code__iexact=code, is_withdrawn=False).first()
    if found is None and title:
        found = actions.create(InitiativeRegister, {"code": code, "title": title, "kind": InitiativeKind.PORTFOLIO}, actor)
    if found is None:
        raise Invalid({"into": [f"There is no initiative {code[:40]}, or it is not yours to see. Name a title to begin a portfolio."]})
    return found


def publications(paths: list[Path], days: Mapping[str, date], told: Loaded) -> list[Publication]:
    """What the files hold, the oldest first. `days` is file → the day that its figures speak of, where somebody has said it."""
    found = []
    for path in paths:
        try:
            found.append(portfolio.read(path, mapping=portfolio.Mapping(as_at=days.get(path.name))))
        except TableError as fault:
            told.left_out[path.name] = str(fault)
        except FormatError as fault:
            told.faults[path.name] = str(fault)
    return sorted(found, key=lambda each: (each.as_at or date.max, each.file))


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS) if folder.is_dir() else [folder]


def load(found: list[Publication], into: Initiative, actor: Actor, decide: Decide, told: Loaded) -> Iterator[str]:
    """A line for each publication as it is taken in; it ends at the first one that cannot be."""
    for one in found:
        seen = taking.preview(one, into, actor)
        if seen.is_here:
            told.here.append(one.file)
            yield f"{one.file}: has been taken in already."
            continue
        decisions: dict[int, bool] = {}
        for line in seen.doubtful:
            answer = decide(seen, line)
            if answer is None:
                told.open.append((one.file, line.entry.name, line.match.why))
            else:
                decisions[line.at] = answer
        if told.open:
            return
        told.taken[one.file] = taking.take_in(seen, actor, decisions)
        yield f"{one.file}: " + ", ".join(f"{count:,} {name}" for name, count in told.taken[one.file].items()) + "."


def as_json(told: Loaded) -> dict[str, Any]:
    return {
        "taken": told.taken,
        "here": told.here,
        "left_out": told.left_out,
        "faults": told.faults,
        "doubtful": [{"file": file, "project": name, "why": why} for file, name, why in told.open],
    }
