"""How long a large run will take and what memory it needs, told before it starts."""

from django.utils.translation import gettext as _

from mainstay.forecasts import viewing
from mainstay.forecasts.options import Options
from mainstay.forecasts.simulating import MOST_FOR_DRIVERS
from mainstay.initiatives.models import Initiative
from mainstay.planning import joining
from mainstay.render.typography import number

RESULTS_AT_ONCE = 3
BYTES = 4 + 8 + 8
"""Of one finish as the kernel has it, as an instant, and one cost: for each project and iteration."""
BASE_MB = 250
"""Of the process itself with its compiled code."""


def sentence(place: Initiative, options: Options) -> str:
    """From the latest run of the same initiative, whose time grows with the iterations; re-runs stay at their own number."""
    memory = BASE_MB + RESULTS_AT_ONCE * BYTES * options.iterations * (len(joining.plans_of(place)) + 2) / 1_000_000
    before = viewing.runs(place).first()
    told = {"count": number(options.iterations), "mb": number(round(memory, -1))}
    if before is None:
        return _("%(count)s iterations take about %(mb)s MB of memory. How long, no earlier run tells.") % told
    ratio = options.iterations / min(before.iterations, MOST_FOR_DRIVERS)
    seconds = max(before.seconds * ratio, 1.0)
    return _("%(count)s iterations take at most about %(seconds)s s, as %(ref)s did, and %(mb)s MB of memory.") % {
        **told, "seconds": number(round(seconds)), "ref": before.ref,
    }  # fmt: skip
