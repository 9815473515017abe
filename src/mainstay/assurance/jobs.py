"""The long work of assurance: one search for a calendar of reviews, and its acceptance where that is many reviews."""

import threading
import time
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.proposal import accepting, proposing, starting, viewing
from mainstay.assurance.proposal.model import Proposal
from mainstay.assurance.proposal.options import Options
from mainstay.initiatives.models import Initiative
from mainstay.jobs.kinds import job
from mainstay.jobs.progress import Cancelled, Progress
from mainstay.jobs.running import Superseded
from mainstay.register.errors import ActionError, NotFound, Refused
from mainstay.register.history import Actor

MEMORY_MB = 3072
SECONDS = 3600
ASKED_EVERY = 0.5
"""Seconds between two questions whether somebody has asked to stop."""


class Listening:
    """Tells how far the search is, and hears whether it shall stop; asked from the search and from the thread that watches the solver."""

    def __init__(self, progress: Progress, seconds: int) -> None:
        self.progress, self.seconds = progress, seconds
        self.begun, self.last, self.is_stopped = time.monotonic(), 0.0, False
        self.text, self.lock = _("looking for days"), threading.Lock()

    def tell(self, points: int, bound: int) -> None:
        gap = f"{100 * (points - bound) / points:.1f}" if points else "0"
        self.text = _("%(points)d points, no calendar below %(bound)d, gap %(gap)s %%") % {"points": points, "bound": bound, "gap": gap}

    def stopped(self) -> bool:
        now = time.monotonic()
        with self.lock:
            if self.is_stopped or now - self.last < ASKED_EVERY:
                return self.is_stopped
            self.last = now
            try:
                self.progress(min(round((now - self.begun) * 10), self.seconds * 10), self.seconds * 10, self.text)
            except (Cancelled, Superseded):
                self.is_stopped = True
            finally:
                # The solver is watched by a thread of its own, whose connection would outlive it.
                if threading.current_thread() is not threading.main_thread():
                    connection.close()
            return self.is_stopped


@job("assurance.propose", limit_seconds=SECONDS, memory_mb=MEMORY_MB, retries=1, told=(ActionError,))
def propose(progress: Progress, *, initiative: int, by: int, **chosen: Any) -> dict[str, Any]:
    """Search, then keep the best found as a proposal; stopped early, the best so far. Whoever asked must still be allowed to."""
    account = Account.objects.get(pk=by)
    place, options = Initiative.objects.get(pk=initiative), Options(**chosen)
    if not viewing.may_write(account, place):
        raise Refused("The account that asked for this calendar may no longer do so.")
    listening = Listening(progress, options.seconds)
    ready = proposing.work_out(place, options, account, stopped=listening.stopped, tell=listening.tell)
    with progress.once(although_cancelled=True) as applied:
        made = proposing.keep(ready, Actor(account, "job"))
        result = {"url": reverse("assurance.proposed", args=[made.pk]), "proposal": made.pk}
        applied.keep(result)
    return result


@job(starting.KIND, limit_seconds=SECONDS, retries=1, told=(ActionError,))
def accept(progress: Progress, *, proposal: int, version: int, chosen: list[int], by: int) -> dict[str, Any]:
    """Write the chosen reviews, all or none, once; until that begins it can be cancelled. Why nothing was written is told in a sentence."""
    actor = Actor(Account.objects.get(pk=by), "job")
    row = Proposal.objects.select_related("initiative").filter(pk=proposal, is_withdrawn=False).first()
    if row is None:
        raise NotFound
    progress(0, len(chosen), _("writing days and teams of %(count)d reviews, all or none") % {"count": len(chosen)})
    try:
        with progress.once() as applied:
            count = accepting.accept(row, chosen, version, actor)
            result = {"url": reverse("assurance.calendar", args=[row.initiative_id]), "proposal": row.pk, "accepted": count}
            applied.keep(result)
    except ActionError as fault:
        raise Refused(" ".join((_("Nothing was written."), *accepting.sentences(fault)))) from fault
    return result
