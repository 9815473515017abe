"""Who stands on either side of a promise: an initiative, or an organisation outside. Pages, chains and records count by these."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from mainstay.planning.dependency.model import Dependency, Side

OUTSIDE = "outside:"
"""With this the key of a party outside begins."""


@dataclass(frozen=True, slots=True)
class Party:
    """An initiative by its id; an organisation outside by its name, where `pk` is None."""

    code: str
    title: str
    pk: int | None = None

    @property
    def key(self) -> str:
        return f"{OUTSIDE}{self.code.casefold()}" if self.pk is None else f"i{self.pk}"

    @property
    def called(self) -> str:
        return f"{self.code} {self.title}".strip()

    def wanted(self, side: Side) -> dict[str, Any]:
        """The query of the list of dependencies in which this party is on this side."""
        if self.pk is None:
            return {"outside": side.value, "q": self.code}
        return {"giver" if side == Side.GIVER else "initiative": self.pk}


def giver_of(record: Dependency) -> Party:
    return outside(record) if record.outside == Side.GIVER else inside(record.giver)


def getter_of(record: Dependency) -> Party:
    return outside(record) if record.outside == Side.GETTER else inside(record.initiative)


def outside(record: Dependency) -> Party:
    return Party(record.outside_body, "")


def inside(place: Any) -> Party:
    return Party(place.code, place.title, place.pk)


def query(giver: Party, getter: Party) -> str:
    return urlencode({**giver.wanted(Side.GIVER), **getter.wanted(Side.GETTER)})
