"""The latest run of the simulation for an initiative, as a pack takes it in; and the sentence that stands where there is none."""

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.forecasts import viewing
from mainstay.forecasts.outlook import Outlook
from mainstay.initiatives.initiative.model import Initiative
from mainstay.register.document import DocumentError
from mainstay.register.store import StoreError


def latest(initiative: Initiative, account: Account | None) -> tuple[Outlook | None, str]:
    """The run that holds for `initiative`, or why there is none. Only a reader of the whole is told of the whole."""
    if not viewing.may_see(account, initiative):
        return None, _("The forecast of %(code)s tells of projects that the maker of this pack may not see.") % {"code": initiative.code}
    run = viewing.latest(initiative, account)
    if run is None:
        return None, _("No simulation has been run for %(code)s. The pack has no P50 or P80.") % {"code": initiative.code}
    try:
        return run.outlook, ""
    except (StoreError, DocumentError) as fault:
        return None, _("The forecast %(ref)s cannot be read. %(fault)s") % {"ref": run.ref, "fault": fault}
