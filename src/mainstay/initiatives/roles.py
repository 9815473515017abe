"""Roles and what each may do: the access table, as data. Rows are roles, columns are registers; what is not named is not allowed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

READ = frozenset({"view", "comment", "export"})
KEEP = READ | {"create", "change", "withdraw", "import"}
ALL = KEEP | {"decide"}


@dataclass(frozen=True, slots=True)
class Role:
    """A role: how it is called, and its verbs by register, by function (`risk`) or for all (`*`); the narrowest one counts."""

    label: StrPromise
    verbs: Mapping[str, frozenset[str]]

    def allows(self, register_key: str, verb: str) -> bool:
        function = register_key.partition(".")[0]
        for name in (register_key, function, "*"):
            if name in self.verbs:
                return verb in self.verbs[name]
        return False


ANSWER = READ | {"change"}
_READS_TREE = {"initiatives.appointment": READ, "organisation.office": READ}
_READS_REPORTS = {"assurance.report": READ, "assurance.recipient": READ}
"""A report belongs to its owner, once released too."""
_ANSWERS = {"reporting.project_return": ANSWER, "reporting.challenge": ANSWER}
"""Those of whom returns are asked, and who confirm them; which steps are whose, the register of returns says."""
_KEEPS_RECORDS = {
    "*": READ,
    "risk": KEEP,
    "planning": KEEP,
    "communications": KEEP,
    "forecasts": KEEP,
    "transition": KEEP,
    "assurance": READ,
    "assurance.assessment": KEEP,
    "assurance.recommendation": ANSWER,
    "assurance.document": ANSWER,
    "assurance.interview": ANSWER,
    "reporting": READ,
}
DECIDE = READ | {"decide"}
_DECIDES_MONEY = {"risk.budget": DECIDE, "risk.drawdown": DECIDE}
_DIRECTS = {
    "*": READ,
    "communications": ALL,
    "risk": KEEP,
    "risk.exception_report": ALL,
    "risk.budget": ALL,
    "risk.drawdown": ALL,
    "planning.dependency": ALL,
    "transition": ALL,
    "assurance": ALL,
    **_ANSWERS,
}

ROLES: dict[str, Role] = {
    "office_lead": Role(_("Head of office"), {"*": ALL}),
    "pmo_officer": Role(_("PMO officer"), {"*": KEEP, "reporting": ALL, **_READS_REPORTS, **_READS_TREE}),
    "sro": Role(_("Senior responsible owner"), _DIRECTS),
    "programme_manager": Role(_("Programme manager"), {**_KEEPS_RECORDS, "planning": ALL, "initiatives": KEEP, "reporting": KEEP}),
    "business_change_manager": Role(_("Business change manager"), {**_KEEPS_RECORDS, **_ANSWERS}),
    "project_executive": Role(_("Project executive"), _DIRECTS),
    "project_manager": Role(_("Project manager"), {**_KEEPS_RECORDS, **_ANSWERS, "planning": ALL}),
    "assurance_coordinator": Role(
        _("Assurance coordinator"), {"*": READ, "communications.action": KEEP, "assurance": KEEP, **_READS_REPORTS}
    ),
    "project_assurance": Role(_("Project assurance"), {"*": READ}),
    "benefit_owner": Role(_("Benefit owner"), {"*": READ}),
    "board_member": Role(
        _("Board member"), {"*": READ, "communications.decision": DECIDE, **_DECIDES_MONEY, "risk.exception_report": DECIDE}
    ),
    "reader": Role(_("Reader"), {"*": frozenset({"view"})}),
}
