"""The recurring work of the post."""

from datetime import timedelta
from typing import Any

from mainstay.jobs.kinds import job
from mainstay.jobs.progress import Progress
from mainstay.post import sending


@job("post.send", every=timedelta(minutes=2), retries=0)
def send(progress: Progress) -> dict[str, Any]:
    return sending.send_waiting(progress)
