"""On the page of a reviewer: the reviews for which they are booked, as far as the reader may see them, and their calendar file."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.calendar.entries import is_own
from mainstay.assurance.member.register import MemberRegister
from mainstay.register.access import may, visible_to
from mainstay.register.asat import Moment
from mainstay.register.panels import WIDE, Panel

MOST = 60


def bookings(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    if moment is not None or not may(account, "view", MemberRegister):
        return None
    seen = visible_to(account, MemberRegister).filter(reviewer=record.pk, state="booked", is_withdrawn=False, review__is_withdrawn=False)
    rows = seen.exclude(review__state="cancelled").select_related("review__initiative").order_by("-review__starts_on", "pk")
    context = {"rows": rows[:MOST], "url": reverse("assurance.reviewer_file", args=[record.pk]), "is_own": is_own(record, account)}
    return Panel("bookings", _("Booked for"), "assurance/parts/bookings.html", context, _("reviews that you may see"), place=WIDE)
