"""The recurring work of risk: owners are told of reviews that fall due."""

from datetime import timedelta
from typing import Any

from mainstay.jobs.kinds import job
from mainstay.jobs.progress import Progress
from mainstay.risk import reviewing


@job("risk.remind_reviews", every=timedelta(hours=6), retries=0)
def remind_reviews(progress: Progress) -> dict[str, Any]:
    progress.check_cancelled()
    return {"told": reviewing.remind()}
