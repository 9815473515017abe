"""The long work of forecasts: one run of the simulation."""

from typing import Any

from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.forecasts import running, viewing
from mainstay.forecasts.options import Options
from mainstay.initiatives.models import Initiative
from mainstay.jobs.kinds import job
from mainstay.jobs.progress import Progress
from mainstay.register.errors import ActionError, Refused
from mainstay.register.history import Actor

MEMORY_MB = 3072
SECONDS = 900


@job("forecasts.run", limit_seconds=SECONDS, memory_mb=MEMORY_MB, retries=1, told=(ActionError,))
def run(progress: Progress, *, initiative: int, iterations: int, seed: int, after: bool, by: int) -> dict[str, Any]:
    """Simulate, then write the run in one transaction; whoever asked must still be allowed to."""
    account = Account.objects.get(pk=by)
    place = Initiative.objects.get(pk=initiative)
    if not viewing.may_run(account, place):
        raise Refused("The account that asked for this forecast may no longer run it.")
    ready = running.work_out(place, Options(iterations=iterations, seed=seed, after=after), progress)
    with progress.once() as applied:
        made = running.keep(ready, Actor(account, "job"))
        result = {"url": f"{reverse('forecasts.forecast', args=[place.pk])}?run={made.pk}", "run": made.pk}
        applied.keep(result)
    return result
