"""Who holds what: live appointments, turned into the paths that they reach."""

from mainstay.accounts.models import Account
from mainstay.initiatives.appointment.model import Appointment
from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.roles import ROLES
from mainstay.register.access import Holding, below


class Appointments:
    """The authority of a Mainstay installation."""

    def holdings(self, account: Account, register_key: str) -> tuple[Holding, ...]:
        """Read once for each request: the account object lives no longer than that."""
        cached: tuple[Holding, ...] | None = getattr(account, "_holdings", None)
        if cached is None:
            cached = self.read(account)
            account._holdings = cached  # type: ignore[attr-defined]  # a note on the request's own object
        return cached

    def read(self, account: Account) -> tuple[Holding, ...]:
        rows = Appointment.live().filter(person__account=account).select_related("initiative", "office")
        found = [Holding(row.initiative.path, row.role) for row in rows if row.initiative]
        for row in rows:
            if row.office:
                found.append(Holding(row.office.path, row.role))
                served = Initiative.objects.filter(below("office__path", [row.office.path])).values_list("path", flat=True)
                found += [Holding(path, row.role) for path in served]
        return tuple(found)

    def allows(self, role: str, register_key: str, verb: str) -> bool:
        return role in ROLES and ROLES[role].allows(register_key, verb)
