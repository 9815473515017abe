"""Who may see a forecast: only readers of the whole, since one figure tells of every project below it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from mainstay.accounts.models import Account
from mainstay.forecasts.run.model import Run
from mainstay.forecasts.run.register import RunRegister
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.planning.plan.register import PlanRegister
from mainstay.register.access import paths_for
from mainstay.register.asat import Moment
from mainstay.register.spec import Register
from mainstay.risk.risk.register import RiskRegister

WHOLE: tuple[type[Register], ...] = (InitiativeRegister, PlanRegister, RiskRegister, RunRegister)


def covers(paths: Iterable[str], initiative: Initiative) -> bool:
    return any(path == "/" or initiative.path.startswith(path) for path in paths)


def may_see(account: Account | None, initiative: Initiative) -> bool:
    """Whether the account may read the plans and the risks of the initiative and all below it."""
    return all(covers(paths_for(account, register, "view"), initiative) for register in WHOLE)


def may_run(account: Account | None, initiative: Initiative) -> bool:
    return may_see(account, initiative) and covers(paths_for(account, RunRegister, "create"), initiative)


def runs(initiative: Initiative, moment: Moment | None = None) -> QuerySet[Run]:
    """The runs of exactly this initiative, the newest first; of a moment of the past, those that there were."""
    found = Run.objects.filter(initiative=initiative, is_withdrawn=False).order_by("-made_at", "-pk")
    return found if moment is None else found.filter(made_at__lte=moment.at)


def latest(initiative: Initiative, account: Account | None) -> Run | None:
    """The run that holds for the initiative, where the account may see it."""
    return runs(initiative).first() if may_see(account, initiative) else None
