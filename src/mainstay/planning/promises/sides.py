"""Which side of a dependency may do what: take its steps, and move its own date once it has been told to the other."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.planning.dependency.model import Dependency, Side
from mainstay.planning.promises import link_life
from mainstay.register.access import paths_for
from mainstay.register.spec import REGISTERS, Register

GIVERS_STEPS = frozenset({"offer", "decline", "deliver"})
GETTERS_STEPS = frozenset({"agree", "counter", "accept", "reject"})
KEY = "planning.dependency"


def of_step(move: str) -> Side | None:
    """Whose step it is; None where either side may take it."""
    if move in GIVERS_STEPS:
        return Side.GIVER
    return Side.GETTER if move in GETTERS_STEPS else None


def refusal(record: Any, side: Side | None, account: Account | None, register: type[Register]) -> str:
    """Why `account` may not act for this side. The side is named, not its initiative: the other side may not know of it."""
    if side is None or (account is not None and account.grants is not None):
        return ""  # who comes by a signed link does what that grants, field by field and step by step
    place = record.giver if side == Side.GIVER else record.initiative
    if not any(place.path.startswith(path) for path in paths_for(account, register, "change")):
        return _("Only the %(side)s may do this.") % {"side": str(side.label).lower()}
    link = link_life.live(record) if record.outside == side else None
    if link is None:
        return ""
    return _("%(party)s answers by signed link. Withdraw the link before you answer for them.") % {"party": link.called}


def givers_date(record: Dependency, account: Account | None) -> Iterator[tuple[str, str]]:
    """A date that the other side has been told of is moved by its own side alone; the gate's form of the rule."""
    yield from own_date(record, account, "promised_by", Side.GIVER)


def getters_date(record: Dependency, account: Account | None) -> Iterator[tuple[str, str]]:
    yield from own_date(record, account, "needed_by", Side.GETTER)


def own_date(record: Dependency, account: Account | None, field: str, side: Side) -> Iterator[tuple[str, str]]:
    if account is None or record.state == "draft":
        return  # a job, which no person's right concerns; and what nobody has been told of yet
    if told := refusal(record, side, account, REGISTERS[KEY]):
        yield field, _("This is the %(side)s's date. %(told)s") % {"side": str(side.label).lower(), "told": told}
