"""Many reviews are accepted by a job: whoever asks is led to its page, and from there to the calendar or to why nothing was written."""

from collections.abc import Collection
from hashlib import sha256

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.proposal.content import Placed
from mainstay.assurance.proposal.model import Proposal
from mainstay.jobs import work
from mainstay.jobs.models import Job, State

KIND = "assurance.accept"
FEW = 10
"""Reviews that are accepted at once; more go to a job."""


def start(row: Proposal, taken: Collection[Placed], account: Account) -> Job:
    """The job that accepts these reviews; asked for twice with the same reviews, as by a double click, it is the same one."""
    chosen = sorted(one.review.pk for one in taken)
    digest = sha256(",".join(map(str, chosen)).encode()).hexdigest()[:16]
    return work.start(
        KIND,
        {"proposal": row.pk, "version": row.version, "chosen": chosen, "by": account.pk},
        by=account,
        title=_("Accept %(count)d reviews of %(ref)s") % {"count": len(chosen), "ref": row.ref},
        key=f"accept:{row.pk}:{row.version}:{account.pk}:{digest}",
        url=reverse("assurance.proposed", args=[row.pk]),
    )


def is_under_way(row: Proposal) -> bool:
    """Whether somebody's job is accepting it."""
    return Job.objects.filter(kind=KIND, state__in=[State.QUEUED, State.RUNNING], arguments__proposal=row.pk).exists()
