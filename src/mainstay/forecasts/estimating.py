"""How long a large run will take and what memory it needs, told before it starts, by a short trial on this machine."""

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.engine.errors import EngineError
from mainstay.engine.simulation.estimate import estimate
from mainstay.engine.simulation.translation import translate
from mainstay.forecasts.exploring import run_count
from mainstay.forecasts.facts import facts
from mainstay.forecasts.options import Options
from mainstay.forecasts.simulating import MOST_FOR_DRIVERS, whole_runs
from mainstay.forecasts.taking import take
from mainstay.initiatives.models import Initiative
from mainstay.register.errors import Refused
from mainstay.register.store import StoreError
from mainstay.register.words import local
from mainstay.render.typography import number

BASE_BYTES = 250_000_000
"""Of the process itself with its compiled code."""
MINUTE = 60


def sentence(place: Initiative, options: Options) -> str:
    """Seconds by the clock and megabytes of all the runs that one forecast takes. Raises Refused where there is nothing to run."""
    day = local(timezone.now()).date()
    try:
        taken = take(facts(place), after=options.after, at=day)
        translation = translate(taken.model)
        one = estimate(taken.model, options.iterations, sampling=options.sampling, translation=translation)
    except (EngineError, StoreError) as fault:
        raise Refused(str(fault)) from fault
    runs = whole_runs(options)
    explained = min(options.iterations, MOST_FOR_DRIVERS) * run_count(taken, translation, day)
    seconds = one.seconds * (runs + explained / options.iterations)
    return _("%(count)s iterations take about %(time)s and %(mb)s MB of memory on this machine.") % {
        "count": number(options.iterations),
        "time": _("%(n)s seconds") % {"n": number(max(round(seconds), 1))}
        if seconds < 2 * MINUTE
        else _("%(n)s minutes") % {"n": number(round(seconds / MINUTE))},
        "mb": number(round((BASE_BYTES + one.bytes * runs) / 1e6, -1)),
    }
