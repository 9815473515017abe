"""The recurring work of this package itself."""

from datetime import timedelta
from typing import Any

from mainstay.jobs import upkeep
from mainstay.jobs.kinds import job
from mainstay.jobs.progress import Progress


@job("jobs.clear_old", every=timedelta(days=1))
def clear_old(progress: Progress) -> dict[str, Any]:
    progress.check_cancelled()
    return {"cleared": upkeep.clear_old()}
