"""What is asked of a search, as it comes from a form, the API or the command line: one place that says what is wrong with it."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.proposal.model import Basis
from mainstay.assurance.proposal.options import FEWEST_SECONDS, MOST_NOTICE, MOST_SECONDS, Options
from mainstay.forecasts import viewing as forecasts
from mainstay.initiatives.models import Initiative
from mainstay.register.errors import Invalid
from mainstay.register.typed import whole_number

NAMES = ("year", "basis", "notice_weeks", "seconds", "seed", "rooms")
USUAL: Mapping[str, Any] = Options().as_arguments()


def asked(place: Initiative, account: Account | None, told: Mapping[str, Any]) -> Options:
    """The options. Raises Invalid with a sentence for each field that cannot be used."""
    texts = {
        "year": _("Choose a year."),
        "notice_weeks": _("Give a number of weeks from 0 to %(most)d as the notice.") % {"most": MOST_NOTICE},
        "seconds": _("Give a number of seconds from %(fewest)d to %(most)d.") % {"fewest": FEWEST_SECONDS, "most": MOST_SECONDS},
        "seed": _("Give a whole number of at most 18 digits as the seed."),
    }
    found = {name: number(told.get(name, "")) for name in texts}
    faulty = {name: [texts[name]] for name, value in found.items() if value is None}
    if faulty:
        raise Invalid(faulty)
    options = Options(
        basis=str(told.get("basis", "")), rooms=str(told.get("rooms", "")).strip(), **{name: value or 0 for name, value in found.items()}
    )
    options.check(timezone.localdate())
    if options.basis != Basis.PLAN and not forecasts.may_see(account, place):
        raise Invalid({"basis": [_("You may not read forecasts of %(place)s. Choose the live plan.") % {"place": place.title}]})
    return options


def number(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return whole_number(str(value).replace(",", "").strip())
