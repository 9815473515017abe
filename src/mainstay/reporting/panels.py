"""What reporting adds to pages that are not its own: the packs on an initiative's page, and the pack on its snapshot's page."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import may
from mainstay.register.asat import Moment
from mainstay.register.panels import SIDE, Panel
from mainstay.reporting import listing
from mainstay.reporting.snapshot.register import SnapshotRegister

MOST = 4


def packs(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """The latest snapshots of an initiative; from the past those that there were."""
    if not may(account, "view", SnapshotRegister):
        return None
    rows = [row for row in listing.of_initiative(record, account) if moment is None or row.sequence <= moment.sequence]
    return Panel(
        "packs", _("Packs"), "reporting/parts/packs.html", {"initiative": record, "rows": rows[:MOST], "count": len(rows)}, place=SIDE
    )


def pack(record: Any, account: Account | None, moment: Moment | None) -> Panel:  # noqa: ARG001  # the builder's signature
    return Panel("pack", _("The pack"), "reporting/parts/pack.html", {"snapshot": record})
