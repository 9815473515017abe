"""Where packages add to a page that is not theirs: panels and figures on the page of a record, and on the page of one's own work.

A builder is called with the record (None on one's own work), the account that reads and the moment of the past that it reads at (None
for live). It returns what to show, or None for nothing. It must ask `visible_to` like everybody and take a constant number of queries.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mainstay.accounts.models import Account
from mainstay.register.asat import Moment
from mainstay.register.spec import Register

WORK = "web.work"
"""The page of one's own work, for `add` and `add_figures`."""
MAIN, SIDE, WIDE = "main", "side", "wide"


@dataclass(frozen=True, slots=True)
class Panel:
    """A titled part of a page: a template of the package that adds it, and what the template takes."""

    name: str
    """An id, once on the page."""
    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    """Provenance, at the right of the head."""
    place: str = MAIN
    """`main` the broad column, `side` the narrow one, `wide` across the page above both."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline figure with its provenance, as the component `figures` takes it."""

    label: str
    value: str
    source: str
    unit: str = ""
    status: str = ""
    level: int | None = None
    delta: Mapping[str, str] | None = None
    is_stale: bool = False


Build = Callable[[Any, Account | None, Moment | None], Panel | None]
BuildFigures = Callable[[Any, Account | None, Moment | None], list[Figure]]

_panels: dict[str, list[tuple[int, Build]]] = {}
_figures: dict[str, list[tuple[int, BuildFigures]]] = {}


def add(key: str, build: Build, order: int = 50) -> None:
    """Show a panel on the page of every record of the register `key`, or on `WORK`; called in an app's `ready`."""
    if all(held is not build for _order, held in _panels.setdefault(key, [])):
        _panels[key].append((order, build))


def add_figures(key: str, build: BuildFigures, order: int = 50) -> None:
    """Show headline figures above the panels."""
    if all(held is not build for _order, held in _figures.setdefault(key, [])):
        _figures[key].append((order, build))


def panels(key: str, record: Any, account: Account | None, moment: Moment | None) -> list[Panel]:
    builders = [build for _order, build in sorted(_panels.get(key, ()), key=lambda entry: entry[0])]
    return [panel for build in builders if (panel := build(record, account, moment)) is not None]


def figures(key: str, record: Any, account: Account | None, moment: Moment | None) -> list[Figure]:
    builders = [build for _order, build in sorted(_figures.get(key, ()), key=lambda entry: entry[0])]
    return [figure for build in builders for figure in build(record, account, moment)]


def with_states(register: type[Register], rows: Iterable[Any]) -> list[tuple[Any, str]]:
    """Records with their states in words."""
    states = register.states
    return [(row, str(states.label(row.state)) if states else "") for row in rows]
