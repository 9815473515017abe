"""Who may ask for levelling: readers of all plans below an initiative who may keep proposals there."""

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.planning.levelling.register import LevellingRegister
from mainstay.planning.plan.register import PlanRegister
from mainstay.register.access import paths_for


def may_see_whole(account: Account | None, place: Initiative) -> bool:
    """A proposal tells of every plan below, so only readers of all of them see it."""
    return covers(account, place, "view")


def may_level(account: Account | None, place: Initiative) -> bool:
    return may_see_whole(account, place) and covers(account, place, "create")


def covers(account: Account | None, place: Initiative, verb: str) -> bool:
    wanted = ((PlanRegister, "view"), (LevellingRegister, verb))
    return all(any(place.path.startswith(path) for path in paths_for(account, register, needed)) for register, needed in wanted)
