"""The recurring work of the mechanism: the head of the history is anchored outside of the database."""

from datetime import timedelta
from typing import Any

from mainstay.jobs.kinds import job
from mainstay.jobs.progress import Progress
from mainstay.register import anchors


@job("register.anchor", every=timedelta(minutes=15))
def anchor(progress: Progress) -> dict[str, Any]:
    progress.check_cancelled()
    made = anchors.anchor()
    return {"sequence": made["sequence"] if made else None}
