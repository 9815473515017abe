"""What stands beside a template's record: its file, the names it uses, and the snapshots to try it with."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import may
from mainstay.register.asat import Moment
from mainstay.register.panels import Panel
from mainstay.reporting.template import storing
from mainstay.reporting.template.register import TemplateRegister


def file(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    if moment is not None:
        return None
    context = {
        "template": record,
        "snapshots": storing.to_try(record, account) if record.digest else [],
        "may_change": may(account, "change", TemplateRegister, record),
        "may_export": may(account, "export", TemplateRegister, record),
    }
    return Panel("file", _("The file"), "reporting/parts/template_file.html", context)
