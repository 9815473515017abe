"""What forecasts add to other pages: the latest figures on an initiative's, and the way from a run's record to its figures."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.forecasts import viewing
from mainstay.forecasts.run.register import RunRegister
from mainstay.register.access import may
from mainstay.register.asat import Moment
from mainstay.register.panels import SIDE, Panel

TEMPLATE = "forecasts/parts/panel.html"


def latest(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """The figures of the latest run; nothing for whoever may not see the whole."""
    if not may(account, "view", RunRegister) or not viewing.may_see(account, record):
        return None
    run = viewing.runs(record, moment).first()
    return Panel("forecast", _("Forecast"), TEMPLATE, {"run": run, "url": reverse("forecasts.forecast", args=[record.pk])}, place=SIDE)


def of_run(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:  # noqa: ARG001  # the builder's signature
    if not viewing.may_see(account, record.initiative):
        return None
    url = f"{reverse('forecasts.forecast', args=[record.initiative_id])}?run={record.pk}"
    return Panel("figures", _("Figures"), TEMPLATE, {"run": record, "url": url})
