"""The snapshots that an account may choose under “seen as at”."""

from collections.abc import Sequence

from mainstay.accounts.models import Account
from mainstay.register import asat
from mainstay.register.access import visible_to
from mainstay.reporting.snapshot.register import SnapshotRegister


class FrozenSnapshots:
    """Offers what has been frozen, the newest first, named by initiative and name so that no two are alike."""

    def for_account(self, account: Account | None) -> Sequence[asat.Snapshot]:
        rows = visible_to(account, SnapshotRegister).filter(is_withdrawn=False).order_by("-sequence", "-pk")
        told = rows.values_list("initiative__code", "title", "sequence", "frozen_at")
        return [asat.Snapshot(f"{code} {title}", sequence, at) for code, title, sequence, at in told]
