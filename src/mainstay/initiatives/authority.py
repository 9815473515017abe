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
        rows = list(Appointment.live().filter(person__account=account).values_list("role", "initiative__path", "office__path"))
        found = [Holding(initiative, role) for role, initiative, _office in rows if initiative]
        for role, _initiative, office in rows:
            if office:
                found.append(Holding(office, role))
                served = Initiative.objects.filter(below("office__path", [office])).values_list("path", flat=True)
                found += [Holding(path, role) for path in served]
        return tuple(found)

    def allows(self, role: str, register_key: str, verb: str) -> bool:
        return role in ROLES and ROLES[role].allows(register_key, verb)
