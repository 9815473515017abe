"""The latest run of the simulation for an initiative, as a pack takes it in; and the sentence that stands where there is none."""

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.forecasts.outlook import Outlook
from mainstay.initiatives.initiative.model import Initiative


def latest(initiative: Initiative, account: Account | None) -> tuple[Outlook | None, str]:  # noqa: ARG001  # asked as soon as runs are kept
    """The run that holds for `initiative`, or why there is none."""
    return None, _("No simulation has been run for %(code)s. The pack has no P50 or P80.") % {"code": initiative.code}
