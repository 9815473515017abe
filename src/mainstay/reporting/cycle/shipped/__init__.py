"""The definitions of returns that come with Mainstay, as data, and taking one into a register."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.register import actions
from mainstay.register.access import below, paths_for, visible_to
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor
from mainstay.register.typed import whole_number
from mainstay.reporting.cycle import content
from mainstay.reporting.cycle.content import Content
from mainstay.reporting.definition.model import Definition
from mainstay.reporting.definition.register import DefinitionRegister

FOLDER = Path(__file__).parent
UPPER = ("portfolio", "programme")


@dataclass(frozen=True, slots=True)
class Shipped:
    """One definition as it comes."""

    name: str
    title: StrPromise
    purpose: StrPromise
    cadence: str
    days: tuple[int, int, int, int, int]

    @property
    def text(self) -> str:
        return (FOLDER / f"{self.name}.yaml").read_text(encoding="utf-8")

    @property
    def content(self) -> Content:
        return content.read(self.text)

    def values(self) -> dict[str, Any]:
        names = ("opens_wd", "due_wd", "checked_wd", "confirmed_wd", "freezes_wd")
        told = {"title": str(self.title), "purpose": str(self.purpose), "cadence": self.cadence, "asks": "project", "content": self.text}
        return {**told, **dict(zip(names, self.days, strict=True))}


SHIPPED = (
    Shipped(
        "highlight",
        gettext_lazy("Monthly highlight report"),
        gettext_lazy("What the programme board needs to know each month: the rating and its reason, and what moved."),
        "monthly",
        (-5, 3, 4, 5, 8),
    ),
    Shipped(
        "quarterly",
        gettext_lazy("Quarterly return"),
        gettext_lazy("What departments and governments ask of their major projects each quarter."),
        "quarterly",
        (-5, 10, 13, 15, 20),
    ),
    Shipped(
        "benefits",
        gettext_lazy("Benefits return"),
        gettext_lazy("Which benefits were had in six months, what is now expected, and whether each still has its owner."),
        "half-yearly",
        (-5, 15, 18, 20, 25),
    ),
    Shipped(
        "plans",
        gettext_lazy("Monthly collection of plans"),
        gettext_lazy("The programme's plans, each month: sent, or said to hold still; looked at on receipt and put together."),
        "monthly",
        (-5, 2, 3, 4, 6),
    ),
)


def all_shipped() -> tuple[Shipped, ...]:
    return SHIPPED


def places(actor: Actor) -> list[Initiative]:
    """The portfolios and programmes for which `actor` may define returns."""
    rows = visible_to(actor.account, InitiativeRegister).filter(below("path", paths_for(actor.account, DefinitionRegister, "create")))
    return list(rows.filter(kind__in=UPPER, is_withdrawn=False).order_by("path")[:200])


def take(name: str, initiative: str, actor: Actor) -> Definition:
    """The definition `name` as a draft of the initiative."""
    found = next((one for one in SHIPPED if one.name == name), None)
    if found is None:
        raise Invalid({"name": [_("There is no ready-made return of this name.")]})
    if whole_number(initiative) is None:
        raise Invalid({"initiative": [_("Choose the programme that asks.")]})
    made: Definition = actions.create(DefinitionRegister, {**found.values(), "initiative": initiative}, actor)
    return made
