"""The recurring work of reporting."""

from datetime import timedelta
from typing import Any

from mainstay.jobs.kinds import job
from mainstay.jobs.progress import Progress
from mainstay.reporting.cycle import chase


@job("reporting.chase", every=timedelta(hours=1), retries=0)
def take_steps(progress: Progress) -> dict[str, Any]:
    progress.check_cancelled()
    return chase.run()
