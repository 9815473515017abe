"""What issuing and releasing a report brings with it: a Red is escalated first, and the review is told the rating once all may know it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from mainstay.assurance.recipient.model import Recipient
from mainstay.assurance.report.model import Report
from mainstay.assurance.review.model import Review
from mainstay.register import search
from mainstay.register.spec import register_of


def refusal(record: Any) -> str:
    """Why it may not be issued yet."""
    if record.is_red and not (record.accounting_officer and record.escalated_on and record.reassess_on):
        return _("A Red is escalated to the accounting officer: enter who was told and when, and when the action plan is assessed again.")
    other = Report.objects.filter(review=record.review_id, state="issued", is_withdrawn=False).exclude(pk=record.pk).first()
    if other is not None:
        return _("The review has an issued report already: %(ref)s. Withdraw that one first.") % {"ref": other.ref}
    return ""


def tell_review(record: Any, before: Mapping[str, Any]) -> None:
    """The review shows the rating from the release on, and no longer than that."""
    released = Report.objects.filter(review=record.review_id, state="issued", is_released=True, is_withdrawn=False).order_by("-pk").first()
    wanted = {"rating_scale": released.rating_scale, "rating": released.rating} if released else {"rating_scale": "", "rating": ""}
    # The event of the report tells it; the review only shows what that says.
    Review.objects.filter(pk=record.review_id).update(**wanted)
    register = register_of(Recipient)
    if before and register is not None and before.get("is_released") != record.is_released:
        # The list is found from where its report is.
        search.index(register, Recipient.objects.filter(report=record.pk).select_related("report__released_to"))


def stays(review: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    """A review that has a report stays where it is: its report is read by the people there."""
    if "initiative" in changed and review.pk and review.reports.exists():
        yield "initiative", _("The review has a report, which belongs to the owner of this initiative. Propose another review instead.")
