"""A template walked without facts: every unknown name with its place and what may have been meant, and what is used."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from mainstay.render.blocks import Column, Row, Table
from mainstay.reporting.templating import catalogue
from mainstay.reporting.templating.filling import Fault, Scope, Value, resolved
from mainstay.reporting.templating.naming import ListName
from mainstay.reporting.templating.tokens import Choice

MOST_FAULTS = 200
SAMPLE = Column("sample")


class TooMany(Exception):
    """So many faults that looking for more helps nobody."""


@dataclass
class Checking:
    """The same questions as when a pack is made, answered with a sample, and every fault kept."""

    faults: list[Fault] = field(default_factory=list)
    used: dict[str, None] = field(default_factory=dict)

    def field(self, name: str, scope: Scope, place: str) -> Value:
        if resolved(name, scope) is None:
            self.fault(place, unknown_field(name, scope))
        self.use(name)
        return Value("", SAMPLE)

    def scopes(self, name: str, choice: Choice, scope: Scope, place: str, weight: int) -> Sequence[Scope]:
        found = self.list_of(name, choice, place)
        if found is None:
            return [scope]
        self.use(_("each %(name)s") % {"name": found.one})
        if scope.row_of(found.one):
            self.fault(place, _("A block for each %(name)s stands inside another one for each %(name)s.") % {"name": found.one})
        return [scope.on(found, None)]

    def table(self, name: str, choice: Choice, scope: Scope, place: str) -> Table:
        found = self.list_of(name, choice, place)
        for column in choice.columns:
            self.refuse_column(column, found, place)
        self.use(_("table %(name)s") % {"name": name})
        return Table("", (SAMPLE,), (Row(("",)),))

    def chart(self, name: str, place: str) -> None:
        if name not in catalogue.charts():
            known = list(catalogue.charts())
            self.fault(place, unknown(f"{{{{chart {name}}}}}", [f"chart {one}" for one in catalogue.near(name, known) or known]))
        self.use(_("chart %(name)s") % {"name": name})

    def fault(self, place: str, text: str) -> None:
        if Fault(place, text) not in self.faults:
            self.faults.append(Fault(place, text))
        if len(self.faults) >= MOST_FAULTS:
            raise TooMany

    def use(self, name: str) -> None:
        self.used.setdefault(name)

    def list_of(self, name: str, choice: Choice, place: str) -> ListName | None:
        found = catalogue.list_called(name)
        if found is None:
            known = list(catalogue.lists())
            self.fault(place, unknown(name, catalogue.near(name, [*known, *(one.one for one in catalogue.lists().values())]) or known))
            return None
        for column in (*(each.removeprefix("-") for each in choice.sort), *(one.column for one in choice.where)):
            self.refuse_column(column, found, place)
        return found

    def refuse_column(self, name: str, found: ListName | None, place: str) -> None:
        if found is None or found.column(name):
            return
        known = [column.name for column in found.columns]
        told = _("%(list)s have no column %(name)s.") % {"list": found.name, "name": name}
        self.fault(place, f"{told} {meant(catalogue.near(name, known) or known)}")


def unknown_field(name: str, scope: Scope) -> str:
    known = [*catalogue.fields(), *(f"{one}.count" for one in catalogue.lists())]
    for found, _row in scope.rows:
        known += [f"{found.one}.{column.name}" for column in found.columns]
    one = name.partition(".")[0]
    outside = next((found for found in catalogue.lists().values() if found.one == one), None)
    if outside is not None and scope.row_of(one) is None and outside.column(name.partition(".")[2]):
        return _("{{%(name)s}} is known only between {{each %(one)s}} and {{end}}.") % {"name": name, "one": one}
    return unknown(f"{{{{{name}}}}}", catalogue.near(name, known))


def unknown(name: str, near: Sequence[str]) -> str:
    return " ".join(filter(None, (_("%(name)s is not known.") % {"name": name}, meant(near))))


def meant(names: Sequence[str]) -> str:
    if not names:
        return ""
    if len(names) > 2:
        return _("There are: %(names)s.") % {"names": ", ".join(names)}
    return _("Did you mean %(names)s?") % {"names": _(" or ").join(names)}
