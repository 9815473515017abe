"""From the address of a page to its initiative, and the way down to it: the same for every function with a page for each initiative."""

from typing import cast

from django.http import HttpRequest

from mainstay.accounts.models import Account
from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.register.access import may, visible_to
from mainstay.register.errors import NotFound
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register
from mainstay.register.trail import Crumb, crumbs


def initiative_for(request: HttpRequest, pk: int, *registers: type[Register]) -> Initiative:
    """The initiative, where its reader may see it and may look into these registers at all; else it does not exist for them."""
    account = actor_of(request).account
    found = visible_to(account, InitiativeRegister).filter(pk=pk, is_withdrawn=False).first()
    if found is None or not all(may(account, "view", register) for register in registers):
        raise NotFound
    return cast("Initiative", found)


def way_to(account: Account | None, place: Initiative) -> list[Crumb]:
    """The initiatives down to this one, and itself."""
    steps = [step for step in crumbs(InitiativeRegister, account, place) if step.url != InitiativeRegister.url("list")]
    return [*steps, Crumb(place.title, InitiativeRegister.url("detail", place))]
