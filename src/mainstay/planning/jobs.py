"""The long work of planning: one search for a levelled schedule; and the recurring: drifts of promises that last."""

import threading
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.engine.levelling.plan_levelling import PlanState
from mainstay.engine.worktime import datetime_of
from mainstay.initiatives.models import Initiative
from mainstay.jobs.kinds import job
from mainstay.jobs.progress import Cancelled, Progress
from mainstay.jobs.running import Superseded
from mainstay.planning.levelling import proposing, viewing
from mainstay.planning.levelling.proposing import Options
from mainstay.planning.levelling.register import LevellingRegister
from mainstay.planning.promises import escalation
from mainstay.register.errors import ActionError, Refused
from mainstay.register.history import Actor
from mainstay.register.words import day

MEMORY_MB = 3072
SECONDS = 3600


@job("planning.level", limit_seconds=SECONDS, memory_mb=MEMORY_MB, retries=1, told=(ActionError,))
def level(
    progress: Progress,
    *,
    initiative: int,
    seconds: int,
    seed: int,
    by: int,
    within_float: bool = False,
    priorities: dict[str, int] | None = None,
) -> dict[str, Any]:
    """Search, then keep the best found as a proposal; stopped early, the best so far. Whoever asked must still be allowed to."""
    account = Account.objects.get(pk=by)
    place = Initiative.objects.get(pk=initiative)
    if not viewing.may_level(account, place):
        raise Refused("The account that asked for this levelling may no longer do so.")

    def told(state: PlanState) -> bool:
        words = {"best": day(datetime_of(state.finish).date()), "bound": day(datetime_of(state.bound).date()), "gap": f"{state.gap:.1f}"}
        try:
            progress(round(state.seconds * 10), seconds * 10, _("best finish %(best)s, not before %(bound)s, gap %(gap)s %%") % words)
        except (Cancelled, Superseded):
            return True
        finally:
            # The proof tells from a thread of its own, whose connection would outlive it.
            if threading.current_thread() is not threading.main_thread():
                connection.close()
        return False

    options = Options(seconds=seconds, seed=seed, within_float=within_float, priorities=priorities or {})
    ready = proposing.work_out(place, options, told)
    with progress.once(although_cancelled=True) as applied:
        made = proposing.keep(ready, Actor(account, "job"))
        result = {"url": LevellingRegister.url("detail", made), "proposal": made.pk}
        applied.keep(result)
    return result


@job("planning.escalate_drift", every=timedelta(hours=1), retries=0)
def escalate_drift(progress: Progress) -> dict[str, Any]:
    progress.check_cancelled()
    return {"begun": escalation.notice(), "escalated": escalation.run()}
