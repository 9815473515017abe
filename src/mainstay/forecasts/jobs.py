"""The long work of forecasts: one run of the simulation."""

from typing import Any

from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.forecasts import remaking, running, viewing
from mainstay.forecasts.options import Options
from mainstay.forecasts.run.model import Run
from mainstay.initiatives.models import Initiative
from mainstay.jobs.kinds import job
from mainstay.jobs.progress import Progress
from mainstay.register.errors import ActionError, Refused
from mainstay.register.history import Actor

MEMORY_MB = 3072
SECONDS = 900


@job("forecasts.run", limit_seconds=SECONDS, memory_mb=MEMORY_MB, retries=1, told=(ActionError,))
def run(progress: Progress, *, initiative: int, by: int, **chosen: Any) -> dict[str, Any]:
    """Simulate as `chosen` (see `Options`), then write the run in one transaction; whoever asked must still be allowed to."""
    account = Account.objects.get(pk=by)
    place = Initiative.objects.get(pk=initiative)
    if not viewing.may_run(account, place):
        raise Refused("The account that asked for this forecast may no longer run it.")
    ready = running.work_out(place, Options(**chosen), progress)
    with progress.once() as applied:
        made = running.keep(ready, Actor(account, "job"))
        result = {"url": f"{reverse('forecasts.forecast', args=[place.pk])}?run={made.pk}", "run": made.pk}
        applied.keep(result)
    return result


@job("forecasts.again", limit_seconds=SECONDS, memory_mb=MEMORY_MB, retries=1, told=(ActionError,))
def again(progress: Progress, *, run: int, by: int) -> dict[str, Any]:
    """Make a run again from its frozen input and tell in its history whether the figures are the same."""
    account, found = Account.objects.get(pk=by), Run.objects.select_related("initiative").get(pk=run)
    if not viewing.may_run(account, found.initiative):
        raise Refused("The account that asked for this forecast may no longer run it.")
    remade = remaking.remake(found, progress)
    with progress.once() as applied:
        remaking.note(found, remade, Actor(account, "job"))
        url = f"{reverse('forecasts.section', args=[found.initiative_id, 'basis'])}?run={found.pk}"
        result = {"url": url, "run": found.pk, "is_equal": remade.is_equal, "sentence": remade.sentence}
        applied.keep(result)
    return result
